// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.InvalidLogitsException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Best completions and posteriors of weighted blocks, in words. */
class BlockBehaviourTest {

    private static final Toy JSON = Toy.jsonWithBytes("{}[]\",:01a ", "]]", "\":", Toy.END);
    private static final Toy DICE = Toy.of("root ::= [ab] [ab]", "a", "b", Toy.END);

    /** Weights for tokens by name, all others at some low weight. */
    private static IntFunction<float[]> weights(Toy toy, float low, Object[]... slots) {
        return slot -> {
            float[] row = new float[toy.grammar().vocabulary().size()];
            Arrays.fill(row, low);
            for (int i = 0; i < slots[slot].length; i += 2) {
                row[toy.id((String) slots[slot][i])] = ((Number) slots[slot][i + 1]).floatValue();
            }
            return row;
        };
    }

    private static Object[] likes(Object... tokensAndWeights) {
        return tokensAndWeights;
    }

    private static Optional<BestCompletion> best(Toy toy, WeightedBlock block, long expansions) {
        return toy.parser().best(block, expansions, WorkBudget.standard());
    }

    private static BlockPosterior posterior(Toy toy, WeightedBlock block) {
        return toy.parser().posterior(block, 10_000, WorkBudget.standard()).orElseThrow();
    }

    @Test
    void theBestCompletionFitsTogetherWhereTheLikeliestTokensDoNot() {
        IntFunction<float[]> weights = weights(JSON, -9, likes("{", -1, "[", -1.1), likes("]", -1, "}", -3));
        BestCompletion best = best(JSON, WeightedBlock.whole(JSON.canvas("_", "_"), weights), 100)
                .orElseThrow();
        assertArrayEquals(new int[] {JSON.id("["), JSON.id("]")}, best.tokens());
        assertEquals(-2.1, best.weight(), 1e-6);
        assertTrue(best.isOptimal());
        assertEquals(0, best.gap());
    }

    @Test
    void fixedSlotsOfTheBlockWeighNothing() {
        IntFunction<float[]> weights = weights(JSON, -9, likes(), likes("1", -1), likes("]", -1));
        BestCompletion best = best(JSON, WeightedBlock.whole(JSON.canvas("[", "_", "]"), weights), 100)
                .orElseThrow();
        assertEquals(-1, best.weight());
        assertEquals(JSON.id("["), best.token(0));
        assertEquals(JSON.canvas("[", "1", "]"), best.on(JSON.canvas("[", "_", "]")));
    }

    @Test
    void outsideTheBlockItIsEnoughThatSomethingFits() {
        Canvas canvas = JSON.canvas("_", "_", "_", "]");
        IntFunction<float[]> weights = weights(JSON, -9, likes(), likes("}", -1, "1", -2, "]", -1.5), likes());
        BestCompletion best =
                best(JSON, new WeightedBlock(canvas, 1, 2, weights), 100).orElseThrow();
        assertArrayEquals(new int[] {JSON.id("1")}, best.tokens());
        assertTrue(JSON.parser().parse(best.on(canvas)).isCompletable());
    }

    @Test
    void withOneExpansionThereIsACompletionAndABoundForWhatItMayMiss() {
        Random random = new Random(22);
        int unproven = 0;
        for (int round = 0; round < 200; round++) {
            float[][] rows = new float[10][JSON.grammar().vocabulary().size()];
            for (float[] row : rows) {
                for (int token = 0; token < row.length; token++) {
                    row[token] = (float) random.nextGaussian();
                }
            }
            Canvas canvas = Canvas.blank(JSON.grammar().vocabulary(), 10);
            WeightedBlock block = WeightedBlock.whole(canvas, slot -> rows[slot]);
            BestCompletion some = best(JSON, block, 1).orElseThrow();
            BestCompletion best = best(JSON, block, Long.MAX_VALUE).orElseThrow();
            assertTrue(JSON.parser().parse(some.on(canvas)).isCompletable(), "seed 22 round " + round);
            assertTrue(best.isOptimal() && some.bound() >= best.weight() - 1e-9, "seed 22 round " + round);
            assertEquals(some.isOptimal(), some.gap() == 0);
            unproven += some.gap() > 0 ? 1 : 0;
        }
        assertTrue(unproven > 20, unproven + " with a gap");
    }

    @Test
    void aTextThatCanBeReadInManyWaysCountsOnce() {
        Toy toy = Toy.of("root ::= root root | \"a\" | \"\"", "a", Toy.END);
        Canvas canvas = Canvas.blank(toy.grammar().vocabulary(), 3);
        BlockPosterior posterior = posterior(toy, WeightedBlock.whole(canvas, slot -> new float[2]));
        assertEquals(Math.log(4), posterior.logTotal(), 1e-12); // aaa, aa and one end, a and two, three ends
        assertArrayEquals(new double[] {0.75, 0.25}, posterior.marginals(0), 1e-12);
        assertArrayEquals(new double[] {0.25, 0.75}, posterior.marginals(2), 1e-12);
    }

    @Test
    void marginalsAreThoseOfTheProductOfTheSlotsGivenTheLanguage() {
        IntFunction<float[]> weights =
                weights(JSON, Float.NEGATIVE_INFINITY, likes("{", 0, "[", 0), likes("]", 0, "}", Math.log(3)));
        BlockPosterior posterior = posterior(JSON, WeightedBlock.whole(JSON.canvas("_", "_"), weights));
        assertEquals(0.25, posterior.marginals(0)[JSON.id("[")], 1e-7);
        assertEquals(0.75, posterior.marginals(1)[JSON.id("}")], 1e-7);
        assertEquals(Math.log(4), posterior.logTotal(), 1e-7);
        assertEquals(1, posterior.marginals(0)[JSON.id("{")] + posterior.marginals(0)[JSON.id("[")], 1e-12);
    }

    @Test
    void marginalsArePositiveForTheTokensOfTheMask() {
        Canvas canvas = JSON.canvas("_", "_", "[", "_", "_");
        float[] flat = new float[JSON.grammar().vocabulary().size()];
        BlockPosterior posterior = posterior(JSON, WeightedBlock.whole(canvas, slot -> flat));
        CanvasChart chart = JSON.parser().parse(canvas);
        for (int slot = 0; slot < canvas.size(); slot++) {
            double[] marginals = posterior.marginals(slot);
            for (int token = 0; token < flat.length; token++) {
                assertEquals(chart.mask(slot).allows(token), marginals[token] > 0, slot + " " + token);
            }
            assertEquals(1, Arrays.stream(marginals).sum(), 1e-12);
        }
    }

    @Test
    void samplesAreCompletionsAndTheSameForTheSameSeed() {
        Canvas canvas = JSON.canvas("_", "_", "_", "_", "]", "_");
        float[] flat = new float[JSON.grammar().vocabulary().size()];
        BlockPosterior posterior = posterior(JSON, new WeightedBlock(canvas, 1, 4, slot -> flat));
        RandomGenerator one = seeded(5);
        RandomGenerator other = seeded(5);
        for (int round = 0; round < 100; round++) {
            int[] drawn = posterior.sample(one);
            assertArrayEquals(drawn, posterior.sample(other));
            Canvas filled = canvas.with(1, drawn[0]).with(2, drawn[1]).with(3, drawn[2]);
            assertTrue(JSON.parser().parse(filled).isCompletable(), filled.toString());
        }
    }

    private static RandomGenerator seeded(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    @Test
    void withoutCompletionsOfFiniteWeightThereIsNothing() {
        float[] never = new float[3];
        Arrays.fill(never, Float.NEGATIVE_INFINITY);
        WeightedBlock impossible = WeightedBlock.whole(DICE.canvas("_", "_"), slot -> never);
        assertTrue(best(DICE, impossible, 10).isEmpty());
        assertTrue(
                DICE.parser().posterior(impossible, 10, WorkBudget.standard()).isEmpty());
        WeightedBlock tooShort = WeightedBlock.whole(DICE.canvas("_"), slot -> new float[3]);
        assertTrue(best(DICE, tooShort, 10).isEmpty());
        assertTrue(DICE.parser().posterior(tooShort, 10, WorkBudget.standard()).isEmpty());
    }

    @Test
    void blocksOfThousandsOfSlotsHaveABestCompletionAndAPosterior() {
        int slots = 5_000;
        Toy toy = Toy.of("root ::= [ab]*", "a", "b", "aa", "bb", Toy.END);
        Canvas canvas = Canvas.blank(toy.grammar().vocabulary(), slots);
        WeightedBlock block = WeightedBlock.whole(canvas, slot -> new float[] {0, 0, 1, 1, 0});
        assertEquals(slots, best(toy, block, 10).orElseThrow().weight());
        double onePerSlot = Math.log(2 + 2 * Math.E);
        WeightedBlock full = WeightedBlock.whole(canvas.with(slots - 1, 0), block.weights());
        assertEquals((slots - 1) * onePerSlot, posterior(toy, full).logTotal(), 1e-6);
    }

    @Test
    void anEmptyBlockHasOneCompletionOfWeightZero() {
        WeightedBlock block = new WeightedBlock(DICE.canvas("_", "_"), 1, 1, slot -> new float[3]);
        assertEquals(0, best(DICE, block, 10).orElseThrow().weight());
        assertEquals(0, posterior(DICE, block).logTotal());
        assertEquals(0, posterior(DICE, block).sample(seeded(1)).length);
    }

    @Test
    void blocksOutsideTheCanvasAndSlotsWithoutOneTokenAreRefused() {
        Canvas canvas = DICE.canvas("_", "?");
        assertThrows(InvalidInputException.class, () -> new WeightedBlock(canvas, 1, 0, slot -> new float[3]));
        assertThrows(InvalidInputException.class, () -> new WeightedBlock(canvas, 0, 3, slot -> new float[3]));
        assertThrows(InvalidInputException.class, () -> new WeightedBlock(canvas, 0, 2, slot -> new float[3]));
        WeightedBlock endless = new WeightedBlock(DICE.canvas("_", "*"), 0, 1, slot -> new float[3]);
        assertThrows(UnsupportedFeatureException.class, () -> best(DICE, endless, 10));
        WeightedBlock block = WeightedBlock.whole(DICE.canvas("_", "_"), slot -> new float[3]);
        assertThrows(InvalidInputException.class, () -> posterior(DICE, block).marginals(2));
    }

    @Test
    void weightsThatAreNoneAreRefused() {
        Canvas canvas = DICE.canvas("_", "_");
        for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            WeightedBlock block = WeightedBlock.whole(canvas, slot -> new float[] {0, wrong, 0});
            assertThrows(InvalidLogitsException.class, () -> best(DICE, block, 10));
            assertThrows(InvalidLogitsException.class, () -> posterior(DICE, block));
        }
        WeightedBlock few = WeightedBlock.whole(canvas, slot -> new float[2]);
        assertThrows(InvalidLogitsException.class, () -> best(DICE, few, 10));
    }

    @Test
    void pastALimitThereIsATypedErrorAndThenTheAnswer() {
        Canvas canvas = Canvas.blank(JSON.grammar().vocabulary(), 8);
        float[] flat = new float[JSON.grammar().vocabulary().size()];
        WeightedBlock block = WeightedBlock.whole(canvas, slot -> flat);
        LimitExceededException refused = assertThrows(
                LimitExceededException.class, () -> JSON.parser().posterior(block, 20, WorkBudget.standard()));
        assertEquals("maxLatticeNodes", refused.limit());
        WorkBudget late = new WorkBudget(Limits.DEFAULT.withCompileDeadline(Duration.ofMillis(0)), new Cancellation());
        assertThrows(CompileTimeoutException.class, () -> JSON.parser().best(block, 10, late));
        WorkBudget little = new WorkBudget(Limits.DEFAULT.withMaxCompileBytes(1_000), new Cancellation());
        assertThrows(LimitExceededException.class, () -> JSON.parser().posterior(block, 1_000_000, little));
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        WorkBudget cancelled = new WorkBudget(Limits.DEFAULT, cancellation);
        assertThrows(CancelledException.class, () -> JSON.parser().posterior(block, 10, cancelled));
        assertFalse(posterior(JSON, block).marginals(0).length == 0);
    }
}
