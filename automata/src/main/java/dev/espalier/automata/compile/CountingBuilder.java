// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.automata.counting.CountingAutomaton;
import dev.espalier.automata.nfa.Nfa;
import dev.espalier.automata.state.State;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.oracle.FastPath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The builder of a {@link CountingAutomaton} from a graph with counters: its places are the states that read, and its steps lead through
 * everything that reads nothing. Repetitions are nested: each state lies in a chain of them.
 */
@FastPath(oracle = "CountingAutomatonTest")
final class CountingBuilder {

    private static final long NEVER = Long.MAX_VALUE / 4;

    /** What the steps of one place by one class of bytes take, most of which lead to one place or none. */
    private static final int STEP_BYTES = 48;

    private final Nfa nfa;
    private final int start;
    private final int accept;
    private final List<CountingAutomaton.Bounds> bounds;
    private final WorkBudget budget;
    /** Of each state the innermost counter around it, or -1; -2 where it is not reached. */
    private final int[] scope;

    private final int[] parent;
    private final int[] enterTo;
    private final int[] againFrom;
    private final int[] leaveTo;
    /** Of each state the least symbols to the end of the iteration, or of everything. */
    private final long[] toEnd;
    /** Of each counter the least symbols of an iteration. */
    private final long[] lengths;
    /** The number of each state that reads something, or -1. */
    private final int[] places;

    /**
     * Prepares an automaton.
     *
     * @param bounds of the counters, by number
     */
    CountingBuilder(Nfa nfa, int start, int accept, List<CountingAutomaton.Bounds> bounds, WorkBudget budget) {
        this.nfa = nfa;
        this.start = start;
        this.accept = accept;
        this.bounds = bounds;
        this.budget = budget;
        this.scope = new int[nfa.states()];
        this.parent = new int[bounds.size()];
        this.enterTo = new int[bounds.size()];
        this.againFrom = new int[bounds.size()];
        this.leaveTo = new int[bounds.size()];
        this.toEnd = new long[nfa.states()];
        this.lengths = new long[bounds.size()];
        this.places = new int[nfa.states()];
    }

    /** The automaton; without places where there is no text but the empty one. */
    CountingAutomaton build() {
        findScopes();
        measure();
        List<Integer> reading = number();
        byte[] classes = classes(reading);
        int classCount = 1 + (classes[255] & 0xff);
        budget.allocate((long) STEP_BYTES * reading.size() * classCount);
        CountingAutomaton.Step[][][] steps = new CountingAutomaton.Step[reading.size()][classCount][];
        int[][] counters = new int[reading.size()][];
        long[] least = new long[reading.size()];
        for (int place = 0; place < steps.length; place++) {
            int state = reading.get(place);
            counters[place] = chain(scope[state]);
            least[place] = leastReading(state) + afterScopes(scope[state]);
            for (int group = 0; group < classCount; group++) {
                steps[place][group] = steps(state, example(classes, group));
            }
        }
        int[] iteration = new int[lengths.length];
        for (int counter = 0; counter < iteration.length; counter++) {
            iteration[counter] = (int) Math.min(Integer.MAX_VALUE - 1, lengths[counter]);
        }
        Set<CountingAutomaton.Step> first = new LinkedHashSet<>();
        close(start, first);
        CountingAutomaton.Step[] beginning = first.stream()
                .filter(step -> step.target() != CountingAutomaton.END)
                .toArray(CountingAutomaton.Step[]::new);
        return new CountingAutomaton(
                classes, steps, beginning, counters, bounds.toArray(CountingAutomaton.Bounds[]::new), iteration, least);
    }

    private void findScopes() {
        Arrays.fill(scope, -2);
        scope[start] = -1;
        ArrayDeque<Integer> pending = new ArrayDeque<>();
        pending.add(start);
        while (!pending.isEmpty()) {
            budget.step();
            int state = pending.remove();
            for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
                int target = nfa.target(edge);
                int counter = nfa.high(edge);
                int inside = scope[state];
                switch (nfa.low(edge)) {
                    case Nfa.ENTER -> {
                        parent[counter] = inside;
                        enterTo[counter] = target;
                        inside = counter;
                    }
                    case Nfa.AGAIN -> againFrom[counter] = state;
                    case Nfa.LEAVE -> {
                        leaveTo[counter] = target;
                        inside = parent[counter];
                    }
                    default -> {}
                }
                if (scope[target] == -2) {
                    scope[target] = inside;
                    pending.add(target);
                }
            }
        }
    }

    private int depth(int counter) {
        int depth = 0;
        for (int at = counter; at >= 0; at = parent[at]) {
            depth++;
        }
        return depth;
    }

    /** The counters around a place, the outermost first. */
    private int[] chain(int counter) {
        int[] chain = new int[depth(counter)];
        int at = counter;
        for (int i = chain.length - 1; i >= 0; i--) {
            chain[i] = at;
            at = parent[at];
        }
        return chain;
    }

    /** Finds the shortest ways to the ends, inner repetitions first. */
    private void measure() {
        Arrays.fill(toEnd, NEVER);
        List<List<int[]>> incoming = new ArrayList<>();
        for (int state = 0; state < nfa.states(); state++) {
            incoming.add(new ArrayList<>());
        }
        for (int state = 0; state < nfa.states(); state++) {
            for (int edge = nfa.firstEdge(state); edge >= 0 && scope[state] != -2; edge = nfa.nextEdge(edge)) {
                incoming.get(nfa.target(edge)).add(new int[] {state, edge});
            }
        }
        List<Integer> counters = new ArrayList<>();
        for (int counter = 0; counter < bounds.size(); counter++) {
            counters.add(counter);
        }
        counters.sort((a, b) -> Integer.compare(depth(b), depth(a)));
        for (int counter : counters) {
            measureTo(againFrom[counter], incoming);
            lengths[counter] = toEnd[enterTo[counter]];
        }
        measureTo(accept, incoming);
    }

    /** Dijkstra's algorithm backwards from an end, within its repetition. */
    private void measureTo(int end, List<List<int[]>> incoming) {
        PriorityQueue<long[]> queue = new PriorityQueue<>((a, b) -> Long.compare(a[0], b[0]));
        queue.add(new long[] {0, end});
        while (!queue.isEmpty()) {
            budget.step();
            long[] next = queue.remove();
            int state = (int) next[1];
            if (toEnd[state] <= next[0]) {
                continue;
            }
            toEnd[state] = next[0];
            for (int[] from : incoming.get(state)) {
                int low = nfa.low(from[1]);
                int counter = nfa.high(from[1]);
                if (low >= Nfa.EMPTY) {
                    queue.add(new long[] {next[0] + (low == Nfa.EMPTY ? 0 : 1), from[0]});
                } else if (low == Nfa.LEAVE && lengths[counter] < NEVER) {
                    long around = Math.max(1, bounds.get(counter).min()) * lengths[counter];
                    for (int[] entry : incoming.get(enterTo[counter])) {
                        if (nfa.low(entry[1]) == Nfa.ENTER) {
                            queue.add(new long[] {Math.min(NEVER - 1, next[0] + around), entry[0]});
                        }
                    }
                }
            }
        }
    }

    private boolean isLive(int state) {
        for (int at = scope[state]; at >= 0; at = parent[at]) {
            if (toEnd[leaveTo[at]] == NEVER) {
                return false;
            }
        }
        return scope[state] != -2 && toEnd[state] < NEVER;
    }

    /** Numbers the states that read something. */
    private List<Integer> number() {
        Arrays.fill(places, -1);
        List<Integer> reading = new ArrayList<>();
        for (int state = 0; state < nfa.states(); state++) {
            if (isLive(state) && leastReading(state) < NEVER) {
                places[state] = reading.size();
                reading.add(state);
            }
        }
        return reading;
    }

    private long leastReading(int state) {
        long least = NEVER;
        for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
            if (nfa.low(edge) >= 0) {
                least = Math.min(least, 1 + toEnd[nfa.target(edge)]);
            }
        }
        return least;
    }

    private long afterScopes(int counter) {
        long sum = 0;
        for (int at = counter; at >= 0; at = parent[at]) {
            sum += toEnd[leaveTo[at]];
        }
        return sum;
    }

    /** Groups bytes that no edge tells apart. */
    private byte[] classes(List<Integer> reading) {
        boolean[] begins = new boolean[State.SPECIAL + 1];
        for (int state : reading) {
            for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
                if (nfa.low(edge) >= 0) {
                    begins[nfa.low(edge)] = true;
                    begins[nfa.high(edge) + 1] = true;
                }
            }
        }
        byte[] classes = new byte[State.SPECIAL];
        int group = 0;
        for (int value = 1; value < State.SPECIAL; value++) {
            group += begins[value] ? 1 : 0;
            classes[value] = (byte) group;
        }
        return classes;
    }

    private static int example(byte[] classes, int group) {
        int value = 0;
        while ((classes[value] & 0xff) != group) {
            value++;
        }
        return value;
    }

    private CountingAutomaton.Step[] steps(int state, int symbol) {
        Set<CountingAutomaton.Step> steps = new LinkedHashSet<>();
        for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
            if (nfa.low(edge) >= 0
                    && nfa.low(edge) <= symbol
                    && symbol <= nfa.high(edge)
                    && toEnd[nfa.target(edge)] < NEVER) {
                close(nfa.target(edge), steps);
            }
        }
        return steps.toArray(CountingAutomaton.Step[]::new);
    }

    /** A state on the way through what reads nothing. */
    private record Way(int state, int left, boolean isAgain, List<Integer> entered) {

        CountingAutomaton.Step to(int target) {
            return new CountingAutomaton.Step(target, left, isAgain, entered);
        }
    }

    /**
     * Finds all places, and the end, that are reached from a state without reading. An iteration that reads nothing is left
     * out: where one is possible, no least number is asked for, so that it only takes from what may follow.
     */
    private void close(int from, Set<CountingAutomaton.Step> steps) {
        Set<Way> seen = new LinkedHashSet<>();
        ArrayDeque<Way> pending = new ArrayDeque<>();
        pending.add(new Way(from, 0, false, List.of()));
        while (!pending.isEmpty()) {
            Way way = pending.remove();
            if (!isLive(way.state) || !seen.add(way)) {
                continue;
            }
            budget.step();
            if (places[way.state] >= 0) {
                steps.add(way.to(places[way.state]));
            }
            if (way.state == accept) {
                steps.add(way.to(CountingAutomaton.END));
            }
            for (int edge = nfa.firstEdge(way.state); edge >= 0; edge = nfa.nextEdge(edge)) {
                int target = nfa.target(edge);
                boolean isFresh = way.isAgain || !way.entered.isEmpty();
                switch (nfa.low(edge)) {
                    case Nfa.EMPTY -> pending.add(new Way(target, way.left, way.isAgain, way.entered));
                    case Nfa.ENTER -> {
                        List<Integer> deeper = new ArrayList<>(way.entered);
                        deeper.add(nfa.high(edge));
                        pending.add(new Way(target, way.left, way.isAgain, List.copyOf(deeper)));
                    }
                    case Nfa.AGAIN -> {
                        if (!isFresh) {
                            pending.add(new Way(target, way.left, true, way.entered));
                        }
                    }
                    case Nfa.LEAVE -> {
                        if (!isFresh) {
                            pending.add(new Way(target, way.left + 1, false, way.entered));
                        }
                    }
                    default -> {}
                }
            }
        }
    }
}
