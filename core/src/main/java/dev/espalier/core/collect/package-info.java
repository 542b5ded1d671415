/** Small collections for inner loops: indexes of tuples of integers, lists and maps of unboxed integers, and a persistent sorted map. */
@NullMarked
package dev.espalier.core.collect;

import org.jspecify.annotations.NullMarked;
