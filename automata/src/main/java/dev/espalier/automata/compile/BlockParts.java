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
import java.util.Objects;

/** Where blocks begin and end in a graph of tokens. Blocks of one kind may be written out more than once; one of these stands for all. */
final class BlockParts {

    private final Map<Integer, Integer> starts = new HashMap<>();
    private final Map<Integer, List<Integer>> behind = new HashMap<>();
    private final BitSet lastStates = new BitSet();
    private final BitSet empty = new BitSet();

    private BlockParts() {}

    /** The blocks of a graph. */
    static BlockParts of(TokenGraph tokens, WorkBudget budget) {
        BlockParts parts = new BlockParts();
        BlockTokens made = tokens.blocks();
        if (made == null) {
            return parts;
        }
        Nfa nfa = tokens.nfa();
        for (int state = 0; state < nfa.states(); state++) {
            for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
                int token = nfa.low(edge) < 0 ? 0 : tokens.token(edge);
                if (made.begun(token) >= 0) {
                    parts.starts.putIfAbsent(made.begun(token), nfa.target(edge));
                    parts.behind.put(edge, behind(tokens, nfa.target(edge), made.end(made.begun(token)), budget));
                } else if (made.ended(token) >= 0) {
                    parts.lastStates.set(state);
                }
            }
        }
        parts.starts.forEach((block, start) -> {
            if (parts.reachesEnd(tokens, start)) {
                parts.empty.set(block);
            }
        });
        return parts;
    }

    private boolean reachesEnd(TokenGraph tokens, int start) {
        Nfa nfa = tokens.nfa();
        BitSet seen = new BitSet();
        ArrayDeque<Integer> pending = new ArrayDeque<>(List.of(start));
        while (!pending.isEmpty()) {
            int state = pending.remove();
            if (lastStates.get(state)) {
                return true;
            }
            for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
                if (tokens.readsNothing(edge) && !seen.get(nfa.target(edge))) {
                    seen.set(nfa.target(edge));
                    pending.add(nfa.target(edge));
                }
            }
        }
        return false;
    }

    /** The states behind the first tokens of a kind that are reached from a state. */
    private static List<Integer> behind(TokenGraph tokens, int start, int last, WorkBudget budget) {
        Nfa nfa = tokens.nfa();
        List<Integer> found = new ArrayList<>();
        BitSet seen = new BitSet();
        ArrayDeque<Integer> pending = new ArrayDeque<>(List.of(start));
        seen.set(start);
        while (!pending.isEmpty()) {
            budget.step();
            int state = pending.remove();
            for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
                int target = nfa.target(edge);
                if (nfa.low(edge) >= 0 && tokens.token(edge) == last) {
                    found.add(target);
                } else if (!seen.get(target)) {
                    seen.set(target);
                    pending.add(target);
                }
            }
        }
        return found;
    }

    /** The state behind the beginning of a kind of block. */
    int start(int block) {
        return Objects.requireNonNull(starts.get(block));
    }

    /** The states behind the end of the block that begins with an edge. */
    List<Integer> behind(int edge) {
        return Objects.requireNonNull(behind.get(edge));
    }

    /** Whether there may be nothing in a kind of block. */
    boolean mayBeEmpty(int block) {
        return empty.get(block);
    }

    /** Whether a block may end in a state. */
    boolean mayEnd(int state) {
        return lastStates.get(state);
    }
}
