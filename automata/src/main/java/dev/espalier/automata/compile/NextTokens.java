// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.automata.nfa.Nfa;
import dev.espalier.core.WorkBudget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tokens that may come next where a rule stands, whoever called it. Sets of tokens are numbered. */
final class NextTokens {

    /** Tokens of a set that are joined to another in a small step of work, besides two steps. */
    private static final int TOKENS_A_STEP = 512;

    private final int[] sets;
    private final List<BitSet> known = new ArrayList<>();

    private NextTokens(BitSet[] next) {
        Map<BitSet, Integer> numbers = new HashMap<>();
        this.sets = new int[next.length];
        for (int state = 0; state < next.length; state++) {
            sets[state] = numbers.computeIfAbsent(next[state], set -> {
                known.add(set);
                return known.size() - 1;
            });
        }
    }

    /**
     * The tokens by state of a graph.
     *
     * @param first by callee, the tokens that its texts begin with
     */
    static NextTokens of(TokenGraph tokens, BitSet[] first, WorkBudget budget) {
        Nfa nfa = tokens.nfa();
        BitSet[] next = new BitSet[nfa.states()];
        List<List<Integer>> before = new ArrayList<>(); // by state, those whose next tokens are at least its own
        for (int state = 0; state < next.length; state++) {
            next[state] = new BitSet();
            before.add(new ArrayList<>());
        }
        for (int state = 0; state < next.length; state++) {
            for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
                budget.spendSteps(4);
                if (tokens.readsNothing(edge)) {
                    before.get(nfa.target(edge)).add(state);
                } else if (nfa.low(edge) == Nfa.CALL) {
                    next[state].or(first[nfa.high(edge)]);
                    before.get(nfa.target(edge)).add(tokens.accept(nfa.high(edge)));
                } else {
                    next[state].set(tokens.token(edge));
                }
            }
        }
        ArrayDeque<Integer> pending = new ArrayDeque<>();
        for (int state = 0; state < next.length; state++) {
            pending.add(state);
        }
        while (!pending.isEmpty()) {
            int state = pending.remove();
            for (int other : before.get(state)) {
                budget.spendSteps(2 + next[state].size() / TOKENS_A_STEP);
                int size = next[other].cardinality();
                next[other].or(next[state]);
                if (next[other].cardinality() > size) {
                    pending.add(other);
                }
            }
        }
        return new NextTokens(next);
    }

    /** The number of the set of tokens that may come next. */
    int set(int ruleState) {
        return sets[ruleState];
    }

    /** A set by its number. */
    BitSet tokens(int set) {
        return known.get(set);
    }
}
