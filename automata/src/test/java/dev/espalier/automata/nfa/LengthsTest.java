// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.nfa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.state.State;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Expression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Least lengths, held to lengths that are lowered until nothing changes. */
@org.jspecify.annotations.NullUnmarked
class LengthsTest implements CountedTrials {

    private int finite;
    private int never;

    /** A frame with results of some distances. */
    private record Far(int... distances) implements State {

        @Override
        public void moves(int symbol, Moves moves) {}

        @Override
        public int[] results() {
            return NO_RESULTS;
        }

        @Override
        public void resume(int result, Moves moves) {}

        @Override
        public int[] goal() {
            return IntStream.range(0, distances.length).toArray();
        }

        @Override
        public int distance(int result) {
            return distances[result];
        }
    }

    @RandomTrials(1000)
    void lengthsAreTheLeastThatNothingLowers(long seed, Random random) {
        RuleGraph graph = graph(random);
        Lengths lengths = new Lengths(graph, WorkBudget.standard());
        Slow slow = new Slow(graph);
        for (int callee = 0; callee < graph.callees().size(); callee++) {
            assertEquals(slow.shortest[callee], lengths.shortest(callee), "seed " + seed + ", callee " + callee);
        }
        for (int state = 0; state < graph.nfa().states(); state++) {
            assertEquals(slow.toEnd[state], lengths.toEnd(state), "seed " + seed + ", state " + state);
            finite += slow.toEnd[state] < Lengths.NEVER ? 1 : 0;
            never += slow.toEnd[state] < Lengths.NEVER ? 0 : 1;
        }
    }

    private static RuleGraph graph(Random random) {
        int size = random.nextInt(1, 10);
        Nfa nfa = new Nfa(WorkBudget.standard());
        List<Callee> callees = new ArrayList<>();
        List<int[]> ends = new ArrayList<>();
        for (int callee = 0; callee < size; callee++) {
            Callee made = callee == 0 ? rule() : callee(random, size);
            callees.add(made);
            ends.add(new int[] {-1, -1});
            if (made instanceof Callee.Rule) {
                int first = nfa.states();
                int states = random.nextInt(2, 7);
                IntStream.range(0, states).forEach(state -> nfa.addState());
                for (int edge = random.nextInt(2 * states); edge >= 0; edge--) {
                    int from = first + random.nextInt(states);
                    int to = first + random.nextInt(states);
                    switch (random.nextInt(4)) {
                        case 0 -> nfa.addEmpty(from, to);
                        case 1 -> nfa.addRange(from, 'a', 'c', to);
                        default -> nfa.addCall(from, random.nextInt(size), to);
                    }
                }
                ends.set(callee, new int[] {first, first + random.nextInt(1, states)});
            }
        }
        return new RuleGraph(nfa, callees, ends);
    }

    private static Callee rule() {
        return new Callee.Rule("rule", new Expression.RuleReference("rule"));
    }

    private static Callee callee(Random random, int size) {
        return switch (random.nextInt(8)) {
            case 0 -> {
                int min = random.nextInt(10) == 0 ? 1 << 20 : random.nextInt(4);
                yield new Callee.Counter(random.nextInt(size), min, Expression.UNBOUNDED);
            }
            case 1, 2 -> permutation(random, size);
            case 3 ->
                new Callee.Frame(
                        random.nextInt(4) == 0 ? null : new Far(random.nextInt(1, 9), random.nextInt(1, 9), 1 << 20));
            default -> rule();
        };
    }

    private static Callee permutation(Random random, int size) {
        List<Callee.Permutation.Item> items = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int min = random.nextInt(3);
            int max = random.nextBoolean() ? Expression.UNBOUNDED : Math.max(1, min + random.nextInt(2));
            items.add(new Callee.Permutation.Item(random.nextInt(size), min, max));
        }
        int minTotal = random.nextInt(5);
        return new Callee.Permutation(
                items,
                random.nextInt(-1, size),
                random.nextInt(3) == 0,
                minTotal,
                random.nextBoolean() ? Expression.UNBOUNDED : Math.max(1, minTotal + random.nextInt(3)));
    }

    /** The same by going over all edges and callees again and again. */
    private static final class Slow {

        final int[] toEnd;
        final int[] shortest;
        private final int[] nonEmpty;

        Slow(RuleGraph graph) {
            Nfa nfa = graph.nfa();
            toEnd = new int[nfa.states()];
            nonEmpty = new int[nfa.states()];
            shortest = new int[graph.callees().size()];
            Arrays.fill(toEnd, Lengths.NEVER);
            Arrays.fill(nonEmpty, Lengths.NEVER);
            Arrays.fill(shortest, Lengths.NEVER);
            graph.ends().stream().filter(end -> end[0] >= 0).forEach(end -> toEnd[end[1]] = 0);
            boolean changed = true;
            while (changed) {
                changed = false;
                for (int state = 0; state < nfa.states(); state++) {
                    for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
                        int target = nfa.target(edge);
                        boolean reads = nfa.low(edge) != Nfa.EMPTY;
                        int own = !reads ? 0 : nfa.low(edge) == Nfa.CALL ? shortest[nfa.high(edge)] : 1;
                        changed |= lower(toEnd, state, sum(own, toEnd[target]));
                        changed |= lower(nonEmpty, state, sum(own, reads ? toEnd[target] : nonEmpty[target]));
                    }
                }
                for (int callee = 0; callee < shortest.length; callee++) {
                    int start = graph.ends().get(callee)[0];
                    long length = start >= 0
                            ? nonEmpty[start]
                            : length(graph.callees().get(callee));
                    changed |= lower(shortest, callee, length);
                }
            }
        }

        private static boolean lower(int[] lengths, int at, long length) {
            boolean isLower = length < lengths[at];
            lengths[at] = isLower ? (int) length : lengths[at];
            return isLower;
        }

        private static long sum(long a, long b) {
            return Math.min(Lengths.NEVER, a + b);
        }

        private long length(Callee callee) {
            if (callee instanceof Callee.Counter counter) {
                long body = shortest[counter.body()];
                return body == Lengths.NEVER ? body : Math.max(1, counter.min()) * body;
            }
            if (callee instanceof Callee.Frame frame) {
                return frame.start() == null
                        ? Lengths.NEVER
                        : Arrays.stream(frame.start().goal())
                                .map(frame.start()::distance)
                                .min()
                                .orElseThrow();
            }
            return permuted((Callee.Permutation) callee, 0, 0, 0);
        }

        /** The least of all ways to say how often each item comes: more often than five times is never needed. */
        private long permuted(Callee.Permutation permutation, int item, int total, long length) {
            if (length >= Lengths.NEVER) {
                return Lengths.NEVER;
            }
            if (item == permutation.items().size()) {
                boolean tooMany = permutation.maxTotal() != Expression.UNBOUNDED && total > permutation.maxTotal();
                if (tooMany || total < Math.max(1, permutation.minTotal())) {
                    return Lengths.NEVER;
                }
                int separator = permutation.separator();
                boolean isFree = separator < 0 || permutation.separatorMayBeEmpty() || total == 1;
                return isFree ? length : length + (total - 1L) * shortest[separator];
            }
            Callee.Permutation.Item each = permutation.items().get(item);
            int most = each.max() == Expression.UNBOUNDED ? 5 : each.max();
            long best = Lengths.NEVER;
            for (int count = each.min(); count <= most; count++) {
                long own = count == 0 ? 0 : (long) count * shortest[each.body()];
                best = Math.min(best, permuted(permutation, item + 1, total + count, length + own));
            }
            return best;
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(finite > 1_000 && never > 1_000, finite + " lengths, " + never + " states that never end");
    }
}
