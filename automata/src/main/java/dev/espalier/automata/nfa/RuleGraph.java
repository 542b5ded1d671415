// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.nfa;

import java.util.List;

/**
 * All rules of a grammar as one nondeterministic automaton.
 *
 * @param callees what its edges call, by number; the first is the root
 * @param ends the start and the accepting state of each callee that is a rule; two times -1 of all others
 */
public record RuleGraph(Nfa nfa, List<Callee> callees, List<int[]> ends) {}
