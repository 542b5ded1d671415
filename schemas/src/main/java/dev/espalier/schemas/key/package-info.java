/** The keys of an object: names as a tree, other keys in classes, how many of each there are, and those that are used up. */
@NullMarked
package dev.espalier.schemas.key;

import org.jspecify.annotations.NullMarked;
