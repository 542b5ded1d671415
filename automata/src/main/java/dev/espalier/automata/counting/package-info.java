/** Bounded repetitions that are counted, not written out: of bodies that call rules, and of regular ones. */
@NullMarked
package dev.espalier.automata.counting;

import org.jspecify.annotations.NullMarked;
