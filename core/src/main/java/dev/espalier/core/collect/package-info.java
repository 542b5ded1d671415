/** Small collections for inner loops: tuples of integers by number, lists and maps of integers that are not boxed, a sorted map that shares with older ones. */
@NullMarked
package dev.espalier.core.collect;

import org.jspecify.annotations.NullMarked;
