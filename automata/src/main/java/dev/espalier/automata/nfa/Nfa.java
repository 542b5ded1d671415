// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.nfa;

import dev.espalier.core.WorkBudget;
import java.util.Arrays;

/**
 * A nondeterministic automaton under construction: all rules of a grammar as fragments of one graph. An edge is empty,
 * reads a range of symbols, or calls a callee; of a graph that counts it may also begin a bounded repetition, go on to its next
 * iteration, or leave it. Not thread-safe while it grows.
 */
public final class Nfa {

    /** An edge's {@code low} when it reads nothing. */
    public static final int EMPTY = -1;

    /** An edge's {@code low} when it calls; {@code high} is the callee's number. */
    public static final int CALL = -2;

    /** An edge's {@code low} when a repetition begins with its first iteration; {@code high} is the counter's number. */
    public static final int ENTER = -3;

    /** An edge's {@code low} when the next iteration begins. */
    public static final int AGAIN = -4;

    /** An edge's {@code low} when the last iteration has ended. */
    public static final int LEAVE = -5;

    private static final int EDGE_BYTES = 20;

    private final WorkBudget budget;
    private int states;
    private int edges;
    private int[] first = new int[64];
    private int[] following = new int[64];
    private int[] lows = new int[64];
    private int[] highs = new int[64];
    private int[] targets = new int[64];

    public Nfa(WorkBudget budget) {
        this.budget = budget;
    }

    public int states() {
        return states;
    }

    public int addState() {
        budget.addStates(1);
        if (states == first.length) {
            first = Arrays.copyOf(first, 2 * states);
        }
        first[states] = -1;
        return states++;
    }

    public void addEmpty(int from, int to) {
        addEdge(from, EMPTY, EMPTY, to);
    }

    /** An edge that reads any symbol from {@code low} to {@code high}, both included. */
    public void addRange(int from, int low, int high, int to) {
        addEdge(from, low, high, to);
    }

    public void addCall(int from, int callee, int to) {
        addEdge(from, CALL, callee, to);
    }

    /** An edge that begins, goes on with or leaves a repetition: {@link #ENTER}, {@link #AGAIN} or {@link #LEAVE}. */
    public void addCount(int from, int kind, int counter, int to) {
        addEdge(from, kind, counter, to);
    }

    /** A copy of an edge between other states. */
    public void addCopy(int edge, int from, int to) {
        addEdge(from, lows[edge], highs[edge], to);
    }

    /** A copy of an edge of another automaton. */
    public void addCopy(Nfa from, int edge, int source, int to) {
        addEdge(source, from.lows[edge], from.highs[edge], to);
    }

    private void addEdge(int from, int low, int high, int to) {
        budget.allocate(EDGE_BYTES);
        if (edges == lows.length) {
            following = Arrays.copyOf(following, 2 * edges);
            lows = Arrays.copyOf(lows, 2 * edges);
            highs = Arrays.copyOf(highs, 2 * edges);
            targets = Arrays.copyOf(targets, 2 * edges);
        }
        lows[edges] = low;
        highs[edges] = high;
        targets[edges] = to;
        following[edges] = first[from];
        first[from] = edges++;
    }

    /** The first edge of a state, or -1. */
    public int firstEdge(int state) {
        return first[state];
    }

    /** The next edge of the same state, or -1. */
    public int nextEdge(int edge) {
        return following[edge];
    }

    public int low(int edge) {
        return lows[edge];
    }

    public int high(int edge) {
        return highs[edge];
    }

    public int target(int edge) {
        return targets[edge];
    }
}
