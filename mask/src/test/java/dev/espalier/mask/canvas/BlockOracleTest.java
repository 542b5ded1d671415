// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Best completions, sums, marginals and the law of samples of small blocks against {@link WeightedFillings}, for ambiguous
 * grammars too, with free and optional slots left and right of the block.
 */
class BlockOracleTest implements CountedTrials {

    private static final int MAX_TRACES = 300;

    private long blocks;
    private long completable;
    private long completions;
    private long unproven;
    private long laws;
    private long expansions;
    private long expansionsByStates;

    @RandomTrials(2_000)
    void blocksOfRandomGrammarsAreThoseOfAllFillings(long seed, Random random) {
        compare(CanvasCase.random(seed, random), random, 4);
    }

    @RandomTrials(1_500)
    void blocksOfRecursiveAndAmbiguousGrammarsAreThoseOfAllFillings(long seed, Random random) {
        compare(CanvasCase.recursive(seed, random), random, 5);
    }

    @RandomTrials(300)
    void blocksOfJsonAreThoseOfAllFillings(long seed, Random random) {
        compare(CanvasCase.json(seed, random, 10), random, 5);
    }

    @Override
    public void afterTrials() {
        assertTrue(blocks >= 11, "only " + blocks + " blocks");
        assertTrue(completable >= blocks / 10, "only " + completable + " completable blocks");
        assertTrue(completions >= completable && laws > 0 && unproven < blocks, completions + " completions, " + laws);
        assertTrue(
                expansions <= expansionsByStates, expansions + " expansions, " + expansionsByStates + " without tops");
    }

    private void compare(CanvasCase one, Random random, int slots) {
        one.parser().ifPresent(parser -> compare(one, parser, random, slots));
    }

    private void compare(CanvasCase one, CanvasParser parser, Random random, int slots) {
        Fillings oracle = new Fillings(one.grammar(), one.vocabulary());
        Vocabulary vocabulary = one.vocabulary();
        int size = random.nextInt(slots + 1);
        int[] some = {};
        for (int round = 0; round < 4; round++) {
            int from = random.nextInt(3) > 0 ? 0 : random.nextInt(size + 1);
            int to = random.nextInt(3) > 0 ? size : from + random.nextInt(size - from + 1);
            int[] tokens = new int[size];
            for (int slot = 0; slot < size; slot++) {
                boolean isOptional = (slot < from || slot >= to) && random.nextInt(4) == 0;
                tokens[slot] = isOptional ? Canvas.OPTIONAL : Canvas.FREE;
                if (some.length > 0 && some[slot] >= 0 && random.nextInt(3) == 0) {
                    tokens[slot] = some[slot];
                } else if (random.nextInt(16) == 0) {
                    tokens[slot] = random.nextInt(vocabulary.size());
                }
            }
            Canvas canvas = Canvas.of(vocabulary, tokens);
            WeightedBlock block = new WeightedBlock(canvas, from, to, weights(random, size, vocabulary.size())::get);
            compare(
                    parser,
                    new WeightedFillings(oracle, block),
                    block,
                    one.where() + " " + canvas + " slots " + from + " to " + to);
            some = oracle.of(canvas, random).some();
        }
    }

    /** Flat or peaked; with ties; with tokens that must not be there. */
    private static List<float[]> weights(Random random, int slots, int tokens) {
        double scale = new double[] {0, 1, 1, 5}[random.nextInt(4)];
        boolean rounded = random.nextInt(4) == 0;
        int forbidden = random.nextInt(3) == 0 ? 8 : 0;
        List<float[]> rows = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            float[] row = new float[tokens + random.nextInt(2)];
            for (int token = 0; token < row.length; token++) {
                double weight = scale * random.nextGaussian();
                boolean isForbidden = forbidden > 0 && random.nextInt(forbidden) == 0;
                row[token] = isForbidden ? Float.NEGATIVE_INFINITY : (float) (rounded ? Math.rint(weight) : weight);
            }
            rows.add(row);
        }
        return rows;
    }

    private void compare(CanvasParser parser, WeightedFillings expected, WeightedBlock block, String where) {
        Optional<BestCompletion> best = parser.best(block, Long.MAX_VALUE, WorkBudget.standard());
        Optional<BestCompletion> first = parser.best(block, 1, WorkBudget.standard());
        Optional<BlockPosterior> posterior = parser.posterior(block, 1_000_000, WorkBudget.standard());
        blocks++;
        assertEquals(!expected.weights().isEmpty(), best.isPresent(), where);
        assertEquals(best.isPresent(), first.isPresent(), where);
        assertEquals(best.isPresent(), posterior.isPresent(), where);
        if (best.isPresent()) {
            completable++;
            completions += expected.weights().size();
            checkBest(best.orElseThrow(), first.orElseThrow(), expected, where);
            BestCompletion byStates =
                    parser.best(block, Long.MAX_VALUE, 0, WorkBudget.standard()).orElseThrow();
            assertEquals(expected.best(), byStates.weight(), 1e-9, where + " with bounds that see no tops");
            expansions += best.orElseThrow().expansions();
            expansionsByStates += byStates.expansions();
            checkSums(posterior.orElseThrow(), expected, block, where);
            checkLaw(posterior.orElseThrow(), expected, where);
        }
    }

    private void checkBest(BestCompletion best, BestCompletion first, WeightedFillings expected, String where) {
        assertTrue(best.isOptimal(), where);
        for (BestCompletion some : List.of(best, first)) {
            Double weight = expected.weights().get(WeightedFillings.list(some.tokens()));
            assertNotNull(weight, where + " has no " + some);
            assertEquals(weight, some.weight(), 1e-9, where);
        }
        assertEquals(expected.best(), best.weight(), 1e-9, where);
        assertTrue(first.bound() >= expected.best() - 1e-9, where);
        assertTrue(first.isOptimal() ? first.gap() == 0 : first.gap() > 0, where);
        assertTrue(!first.isOptimal() || first.weight() > expected.best() - 1e-9, where);
        unproven += first.isOptimal() ? 0 : 1;
    }

    private static void checkSums(
            BlockPosterior posterior, WeightedFillings expected, WeightedBlock block, String where) {
        double total = expected.total();
        assertEquals(1, Math.exp(posterior.logTotal()) / total, 1e-9, where);
        for (int slot = block.from(); slot < block.to(); slot++) {
            double[] marginals = posterior.marginals(slot);
            double[] all = expected.marginals(slot, block.canvas().vocabularySize());
            assertArrayEquals(all, marginals, 1e-9, where + " slot " + slot);
            assertEquals(1, Arrays.stream(marginals).sum(), 1e-9, where);
            for (int token = 0; token < all.length; token++) {
                assertEquals(all[token] > 0, marginals[token] > 0, where + " slot " + slot + " token " + token);
            }
        }
    }

    /** The exact law of samples, by all sequences of random decisions: one for each completion. */
    private void checkLaw(BlockPosterior posterior, WeightedFillings expected, String where) {
        if (expected.weights().size() > MAX_TRACES) {
            return;
        }
        laws++;
        Map<List<Integer>, Double> law = new HashMap<>();
        Trace trace = new Trace();
        do {
            trace.restart();
            List<Integer> drawn = WeightedFillings.list(posterior.sample(trace));
            assertEquals(null, law.put(drawn, trace.probability), where + " twice " + drawn);
        } while (trace.next());
        double total = expected.total();
        assertEquals(expected.weights().keySet(), law.keySet(), where);
        expected.weights()
                .forEach((tokens, weight) ->
                        assertEquals(Math.exp(weight) / total, law.getOrDefault(tokens, -1.0), 1e-9));
    }

    /** Walks every sequence of decisions, one after the other. */
    private static final class Trace implements BlockPosterior.Draw {

        private final List<Integer> decisions = new ArrayList<>();
        private final List<Integer> followers = new ArrayList<>();
        private int at;
        private double probability = 1;

        void restart() {
            at = 0;
            probability = 1;
        }

        @Override
        public int index(double[] numbers, int count) {
            if (at == decisions.size()) {
                decisions.add(positive(numbers, count, 0));
                followers.add(-1);
            }
            int index = decisions.get(at);
            followers.set(at++, positive(numbers, count, index + 1));
            probability *= numbers[index] / Arrays.stream(numbers, 0, count).sum();
            return index;
        }

        private static int positive(double[] numbers, int count, int from) {
            for (int i = from; i < count; i++) {
                if (numbers[i] > 0) {
                    return i;
                }
            }
            return -1;
        }

        boolean next() {
            for (int i = decisions.size() - 1; i >= 0; i--) {
                if (followers.get(i) >= 0) {
                    decisions.set(i, followers.get(i));
                    return true;
                }
                decisions.remove(i);
                followers.remove(i);
            }
            return false;
        }
    }
}
