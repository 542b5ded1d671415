/** The way from a grammar to its automaton. */
@NullMarked
package dev.espalier.automata.compile;

import org.jspecify.annotations.NullMarked;
