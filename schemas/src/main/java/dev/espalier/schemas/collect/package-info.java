/** Collections that automata and diagrams need: tuples of integers by number, a sorted map that shares with older ones. */
@NullMarked
package dev.espalier.schemas.collect;

import org.jspecify.annotations.NullMarked;
