/** The rules of a grammar as one nondeterministic automaton that calls, and the lengths of its shortest texts. */
@NullMarked
package dev.espalier.automata.nfa;

import org.jspecify.annotations.NullMarked;
