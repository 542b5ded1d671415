// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.nfa;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.oracle.FastPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The least number of symbols from every state of an {@link Nfa} to the end of its rule, and of every callee's
 * shortest non-empty text. Knuth's generalisation of Dijkstra's algorithm (Information Processing Letters 6, 1977): one
 * queue over all rules at once. What has no finite length produces nothing.
 */
@FastPath(oracle = "LengthsTest")
public final class Lengths {

    /** No text at all. */
    public static final int NEVER = Integer.MAX_VALUE;

    private final Nfa nfa;
    private final List<Callee> callees;
    private final WorkBudget budget;
    /** Per state: least symbols to the end of the rule. */
    private final int[] toEnd;
    /** Per state: the same, but at least one symbol. */
    private final int[] nonEmptyToEnd;
    /** Per callee: its shortest non-empty text. */
    private final int[] shortest;

    private final int[] incomingStart;
    private final int[] incomingFrom;
    private final int[] incomingEdge;
    private final int[] ruleOfStart;
    private final List<List<long[]>> waiting = new ArrayList<>();
    private final List<List<Integer>> usedBy = new ArrayList<>();
    private final LengthQueue queue = new LengthQueue();

    public Lengths(RuleGraph graph, WorkBudget budget) {
        this.nfa = graph.nfa();
        this.callees = graph.callees();
        this.budget = budget;
        int states = nfa.states();
        toEnd = filled(states);
        nonEmptyToEnd = filled(states);
        shortest = filled(callees.size());
        ruleOfStart = new int[states];
        Arrays.fill(ruleOfStart, -1);
        incomingStart = new int[states + 1];
        int edges = countIncoming();
        incomingFrom = new int[edges];
        incomingEdge = new int[edges];
        fillIncoming();
        prepareCallees(graph.ends());
        run();
    }

    private static int[] filled(int size) {
        int[] array = new int[size];
        Arrays.fill(array, NEVER);
        return array;
    }

    /** Least symbols from a state to the end of its rule, or {@link #NEVER}. */
    public int toEnd(int state) {
        return toEnd[state];
    }

    /** The shortest non-empty text of a callee, or {@link #NEVER}. */
    public int shortest(int callee) {
        return shortest[callee];
    }

    private int countIncoming() {
        int edges = 0;
        for (int state = 0; state < nfa.states(); state++) {
            for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
                incomingStart[nfa.target(edge) + 1]++;
                edges++;
            }
        }
        for (int state = 0; state < nfa.states(); state++) {
            incomingStart[state + 1] += incomingStart[state];
        }
        return edges;
    }

    private void fillIncoming() {
        int[] next = incomingStart.clone();
        for (int state = 0; state < nfa.states(); state++) {
            for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
                int slot = next[nfa.target(edge)]++;
                incomingFrom[slot] = state;
                incomingEdge[slot] = edge;
            }
        }
    }

    private void prepareCallees(List<int[]> ends) {
        for (int callee = 0; callee < callees.size(); callee++) {
            waiting.add(new ArrayList<>());
            usedBy.add(new ArrayList<>());
        }
        for (int callee = 0; callee < callees.size(); callee++) {
            int number = callee;
            if (callees.get(callee) instanceof Callee.Rule) {
                ruleOfStart[ends.get(callee)[0]] = callee;
                queue.add(0, 2 * ends.get(callee)[1]);
            } else if (callees.get(callee) instanceof Callee.Counter counter) {
                usedBy.get(counter.body()).add(number);
            } else if (callees.get(callee) instanceof Callee.Permutation permutation) {
                permutation.items().forEach(item -> usedBy.get(item.body()).add(number));
                if (permutation.separator() >= 0) {
                    usedBy.get(permutation.separator()).add(number);
                }
                offerCallee(callee, ofCallee(callee));
            } else if (callees.get(callee) instanceof Callee.Frame frame && frame.start() != null) {
                long least = NEVER;
                for (int result : frame.start().goal()) {
                    least = Math.min(least, frame.start().distance(result));
                }
                offerCallee(callee, least);
            }
        }
    }

    private void offerCallee(int callee, long length) {
        if (length < NEVER) {
            queue.add((int) length, -1 - callee);
        }
    }

    private void run() {
        while (!queue.isEmpty()) {
            budget.spendSteps(2);
            int node = queue.remove();
            if (node < 0) {
                finishCallee(-1 - node, queue.length());
            } else {
                finishState(node >> 1, (node & 1) == 1, queue.length());
            }
        }
    }

    private void finishCallee(int callee, int length) {
        if (shortest[callee] != NEVER) {
            return;
        }
        shortest[callee] = length;
        for (long[] wait : waiting.get(callee)) {
            offerState((int) wait[0], true, wait[1] + length);
        }
        for (int user : usedBy.get(callee)) {
            if (shortest[user] == NEVER) {
                offerCallee(user, ofCallee(user));
            }
        }
    }

    private long ofCallee(int callee) {
        if (callees.get(callee) instanceof Callee.Counter counter) {
            return shortest[counter.body()] == NEVER
                    ? NEVER
                    : (long) Math.max(1, counter.min()) * shortest[counter.body()];
        }
        return callees.get(callee) instanceof Callee.Permutation permutation
                ? PermutationLength.shortestNonEmpty(permutation, this::shortest)
                : NEVER;
    }

    private void finishState(int state, boolean nonEmpty, int length) {
        int[] known = nonEmpty ? nonEmptyToEnd : toEnd;
        if (known[state] != NEVER) {
            return;
        }
        known[state] = length;
        if (nonEmpty && ruleOfStart[state] >= 0) {
            offerCallee(ruleOfStart[state], length);
        }
        for (int i = incomingStart[state]; i < incomingStart[state + 1]; i++) {
            int from = incomingFrom[i];
            int edge = incomingEdge[i];
            if (nfa.low(edge) == Nfa.EMPTY) {
                offer(from, nonEmpty, length);
            } else if (!nonEmpty && nfa.low(edge) == Nfa.CALL) {
                int callee = nfa.high(edge);
                if (shortest[callee] != NEVER) {
                    offerState(from, true, (long) length + shortest[callee]);
                } else {
                    waiting.get(callee).add(new long[] {from, length});
                }
            } else if (!nonEmpty) {
                offerState(from, true, length + 1L);
            }
        }
    }

    /** A way from a state that reads something counts for both layers. */
    private void offerState(int state, boolean reads, long length) {
        offer(state, false, length);
        if (reads) {
            offer(state, true, length);
        }
    }

    private void offer(int state, boolean nonEmpty, long length) {
        int[] known = nonEmpty ? nonEmptyToEnd : toEnd;
        if (length < NEVER && known[state] == NEVER) {
            queue.add((int) length, 2 * state + (nonEmpty ? 1 : 0));
        }
    }
}
