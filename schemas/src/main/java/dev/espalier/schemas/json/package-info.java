/** JSON values with their places in a text, white space between tokens, and numbers of any size. */
@NullMarked
package dev.espalier.schemas.json;

import org.jspecify.annotations.NullMarked;
