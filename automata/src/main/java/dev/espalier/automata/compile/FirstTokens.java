// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.automata.nfa.Nfa;
import dev.espalier.core.WorkBudget;
import java.util.ArrayDeque;
import java.util.BitSet;

/** The tokens that the texts of each rule begin with. */
final class FirstTokens {

    private FirstTokens() {}

    /** By callee, the numbers of tokens. Callees stand for texts that are not empty: callers go on without them by themselves. */
    static BitSet[] of(TokenGraph tokens, WorkBudget budget) {
        int count = tokens.rules().callees().size();
        BitSet[] first = new BitSet[count];
        BitSet[] calls = new BitSet[count];
        for (int i = 0; i < count; i++) {
            first[i] = new BitSet();
            calls[i] = new BitSet();
            collect(tokens, tokens.start(i), first[i], calls[i], budget);
        }
        for (boolean grows = true; grows; ) {
            grows = false;
            for (int i = 0; i < count; i++) {
                budget.step();
                int before = first[i].cardinality();
                BitSet mine = first[i];
                calls[i].stream().forEach(callee -> mine.or(first[callee]));
                grows |= mine.cardinality() > before;
            }
        }
        return first;
    }

    private static void collect(TokenGraph tokens, int start, BitSet first, BitSet calls, WorkBudget budget) {
        Nfa nfa = tokens.nfa();
        BitSet seen = new BitSet();
        ArrayDeque<Integer> pending = new ArrayDeque<>();
        seen.set(start);
        pending.add(start);
        while (!pending.isEmpty()) {
            budget.step();
            int state = pending.remove();
            for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
                if (nfa.low(edge) == Nfa.CALL) {
                    calls.set(nfa.high(edge));
                } else if (!tokens.readsNothing(edge)) {
                    first.set(tokens.token(edge));
                } else if (!seen.get(nfa.target(edge))) {
                    seen.set(nfa.target(edge));
                    pending.add(nfa.target(edge));
                }
            }
        }
    }
}
