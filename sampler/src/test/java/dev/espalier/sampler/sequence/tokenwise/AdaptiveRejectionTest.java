// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.tokenwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.ProposalKernel;
import dev.espalier.sampler.sequence.TokenPredicate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class AdaptiveRejectionTest {

    private static final OneStep GOLDEN = OneStep.of(new double[] {.4, .3, .2, .1}, 1, 3);
    private static final OneStep COIN = OneStep.of(new double[] {.5, .5}, 0);
    private static final int[] CAPS = {1, 2, 3, Integer.MAX_VALUE};

    private static Function<TokenPredicate, ProposalKernel> twoLoops(int accepts, int cap) {
        return predicate -> AdaptiveRejection.twoLoops(predicate, accepts).withMaxRejects(cap);
    }

    private static Function<TokenPredicate, ProposalKernel> recursive(int cap) {
        return predicate -> AdaptiveRejection.recursive(predicate).withMaxRejects(cap);
    }

    private static Function<TokenPredicate, ProposalKernel> naive(
            int accepts, ToDoubleFunction<NaiveRejection.Trace> w) {
        return predicate -> new NaiveRejection(predicate, accepts, Integer.MAX_VALUE, w);
    }

    @Test
    void theGoldenExampleHasItsTable() {
        assertTable(2, new double[] {1, 3 / 8.0, 4 / 9.0, 6 / 31.0, 4 / 19.0}, new double[] {
            4 / 25.0, 64 / 225.0, 9 / 100.0, 62 / 225.0, 19 / 100.0
        });
        assertTable(3, new double[] {1, 24 / 49.0, 36 / 61.0, 186 / 661.0, 76 / 251.0}, new double[0]);
    }

    private static void assertTable(int accepts, double[] weights, double[] probabilities) {
        List<List<Integer>> refusals = List.of(List.of(), List.of(0), List.of(2), List.of(0, 2), List.of(2, 0));
        Map<List<Integer>, Double> found = new HashMap<>();
        for (EnumeratedChoices.Trace<OneStep.Traced> trace : GOLDEN.traces(twoLoops(accepts, Integer.MAX_VALUE))) {
            int row = refusals.indexOf(trace.result().refused());
            assertEquals(weights[row], Math.exp(trace.result().proposed().logWeight()), 1e-14);
            found.merge(trace.result().refused(), trace.probability(), Double::sum);
        }
        for (int row = 0; row < probabilities.length; row++) {
            assertEquals(probabilities[row], found.getOrDefault(refusals.get(row), 0.0), 1e-14);
        }
    }

    @Test
    void theGoldenExampleHasItsVariances() {
        assertEquals(1111 / 13500.0, GOLDEN.variance(naive(2, NaiveRejection::paper)), 1e-14);
        assertEquals(10141 / 132525.0, GOLDEN.variance(twoLoops(2, Integer.MAX_VALUE)), 1e-14);
        assertEquals(.035001, GOLDEN.variance(twoLoops(3, Integer.MAX_VALUE)), 5e-7);
        assertEquals(6 / 25.0, GOLDEN.variance(twoLoops(2, 1)), 1e-14);
        assertEquals(1 / 20.0, GOLDEN.variance(recursive(Integer.MAX_VALUE)), 1e-14);
    }

    @Test
    void everyEstimatorIsProperlyWeightedUnderEveryMaskAndPredicate() {
        Random random = new Random(11);
        for (int i = 0; i < 60; i++) {
            OneStep step = OneStep.random(random, 1 + random.nextInt(5), i % 2 == 0);
            for (int cap : CAPS) {
                for (int accepts = 2; accepts <= 4; accepts++) {
                    assertEquals(0, step.error(twoLoops(accepts, cap)), 1e-12, step::toString);
                }
                assertEquals(0, step.error(recursive(cap)), 1e-12, step::toString);
                for (double share : new double[] {.3, .5, .7, .9}) {
                    assertEquals(
                            0,
                            step.error(predicate ->
                                    AdaptiveRejection.of(predicate, 2, share).withMaxRejects(cap)),
                            1e-12,
                            step::toString);
                }
            }
        }
    }

    @Test
    void theSmallestCasesAreRightWhateverIsAllowed() {
        for (int subset = 0; subset < 8; subset++) {
            Set<Integer> allowed = new TreeSet<>();
            for (int id = 0; id < 3; id++) {
                if ((subset >> id & 1) != 0) {
                    allowed.add(id);
                }
            }
            for (double[] weights : new double[][] {{1, 1, 1}, {1, 0, 1}, {6, 3, 1}, {1, 1e-6, 1e-12}, {0, 0, 1}}) {
                OneStep step = OneStep.of(weights, allowed.toArray(Integer[]::new));
                for (int cap : CAPS) {
                    assertEquals(0, step.error(twoLoops(2, cap)), 1e-9, step::toString);
                    assertEquals(0, step.error(twoLoops(5, cap)), 1e-9, step::toString);
                    assertEquals(0, step.error(recursive(cap)), 1e-9, step::toString);
                }
            }
        }
    }

    @Test
    void weightsAreThoseOfTheDefinition() {
        Random random = new Random(12);
        for (int i = 0; i < 30; i++) {
            OneStep step = OneStep.random(random, 40, false);
            for (int cap : CAPS) {
                for (int accepts = 2; accepts <= 5; accepts++) {
                    int stop = accepts;
                    ProposalKernel.Proposed fast =
                            step.run(twoLoops(accepts, cap), Choices.seeded(i)).proposed();
                    ProposalKernel.Proposed slow = step.run(
                                    predicate -> new NaiveRejection(predicate, stop, cap, NaiveRejection::averaged),
                                    Choices.seeded(i))
                            .proposed();
                    assertEquals(slow.token(), fast.token());
                    if (slow.token() >= 0) {
                        assertEquals(slow.logWeight(), fast.logWeight(), 1e-12);
                    }
                }
            }
        }
    }

    @Test
    void wrongWeightsAreFoundWrong() {
        Map<ToDoubleFunction<NaiveRejection.Trace>, Double> wrong = Map.of(
                trace -> 1 / trace.sum(0, trace.masses().size()), 23 / 80.0,
                trace -> 1 / trace.sum(1, trace.masses().size()), 11 / 24.0,
                trace -> 1 / trace.sum(0, trace.masses().size() - 1), 13 / 24.0,
                trace -> 1 / (trace.sum(0, trace.masses().size()) - 1), 11 / 24.0);
        wrong.forEach((weight, mean) -> {
            assertEquals(mean, COIN.measure(naive(2, weight))[0], 1e-14);
            assertTrue(COIN.error(naive(2, weight)) > .08);
            assertTrue(GOLDEN.error(naive(2, weight)) > .01);
        });
        assertEquals(0, COIN.error(naive(2, NaiveRejection::paper)), 1e-14);
        assertEquals(0, GOLDEN.error(naive(2, NaiveRejection::paper)), 1e-14);
    }

    @Test
    void morePaperLoopsAreNotRightByCountingThem() {
        assertEquals(13 / 24.0, COIN.measure(naive(3, trace -> trace.first() * 2 / (trace.rejects() + 2)))[0], 1e-14);
        assertEquals(37 / 64.0, COIN.measure(naive(4, trace -> trace.first() * 3 / (trace.rejects() + 3)))[0], 1e-14);
        assertTrue(GOLDEN.error(naive(3, trace -> trace.first() * 2 / (trace.rejects() + 2))) > .01);
    }

    @Test
    void theEstimatorIsChosenByTheGreatestShareBeforeAnythingIsDrawn() {
        OneStep sure = OneStep.of(new double[] {.92, .05, .03}, 0, 2);
        OneStep unsure = OneStep.of(new double[] {.88, .07, .05}, 0, 2);
        assertEquals(sure.variance(recursive(Integer.MAX_VALUE)), sure.variance(AdaptiveRejection::of), 1e-15);
        assertEquals(unsure.variance(twoLoops(3, Integer.MAX_VALUE)), unsure.variance(AdaptiveRejection::of), 1e-15);
        assertTrue(unsure.variance(recursive(Integer.MAX_VALUE)) < .9 * unsure.variance(AdaptiveRejection::of));
        OneStep masked = new OneStep(unsure.law(), Set.of(0, 2), Set.of(0, 2));
        assertEquals(
                masked.variance(recursive(Integer.MAX_VALUE)),
                masked.variance(AdaptiveRejection::of),
                1e-15,
                ".88/.93");
    }

    @Test
    void aSingleAllowedTokenHasNoVarianceRecursively() {
        OneStep step = OneStep.of(new double[] {.4, .3, .2, .1}, 2);
        assertEquals(0, step.variance(recursive(Integer.MAX_VALUE)), 1e-15);
    }

    @Test
    void theAveragedWeightNeverVariesMoreThanThePapers() {
        Random random = new Random(13);
        for (int i = 0; i < 60; i++) {
            OneStep step = OneStep.random(random, 2 + random.nextInt(4), true);
            double ours = step.variance(twoLoops(2, Integer.MAX_VALUE));
            assertTrue(ours <= step.variance(naive(2, NaiveRejection::paper)) + 1e-14, step::toString);
            assertTrue(step.variance(twoLoops(3, Integer.MAX_VALUE)) <= ours + 1e-14, step::toString);
        }
    }

    @Test
    void tinyAllowedMassesAreRight() {
        for (double z : new double[] {2e-5, 5e-6, 1e-8, 1e-10, 1e-12}) {
            for (OneStep step : List.of(
                    OneStep.of(new double[] {.5, .5 - z, z}, 2),
                    OneStep.of(new double[] {.4, .35, .25 - z, z * .7, z * .3}, 3, 4),
                    OneStep.of(new double[] {1 - 1.1 * z, z, z / 10}, 1, 2))) {
                for (int accepts = 2; accepts <= 4; accepts++) {
                    assertEquals(0, step.error(twoLoops(accepts, Integer.MAX_VALUE)), 1e-9, step::toString);
                }
                assertEquals(0, step.error(recursive(Integer.MAX_VALUE)), 1e-9, step::toString);
                assertEquals(0, step.error(AdaptiveRejection::of), 1e-9, step::toString);
            }
        }
    }

    @Test
    void noSampleIsLostWhereLittleIsAllowed() {
        OneStep step = OneStep.of(new double[] {.5, .5 - 1e-12, 1e-12}, 2);
        for (Function<TokenPredicate, ProposalKernel> proposal :
                List.of(twoLoops(2, Integer.MAX_VALUE), recursive(Integer.MAX_VALUE))) {
            for (int seed = 0; seed < 3000; seed++) {
                ProposalKernel.Proposed proposed =
                        step.run(proposal, Choices.seeded(seed)).proposed();
                assertEquals(2, proposed.token());
                assertEquals(1e-12, Math.exp(proposed.logWeight()), 1e-21);
            }
        }
    }

    @Test
    void manyRefusalsDownToLittleMassLoseNoDigits() {
        double[] weights = new double[20_000];
        for (int id = 0; id < weights.length; id++) {
            weights[id] = Math.exp(-40.0 * id / weights.length);
        }
        OneStep step = OneStep.of(weights, 15_000, 19_990, 19_991);
        for (int seed = 0; seed < 3; seed++) {
            OneStep.Traced traced = step.run(twoLoops(2, Integer.MAX_VALUE), Choices.seeded(seed));
            Set<Integer> left = new HashSet<>(step.masked());
            traced.refused().forEach(left::remove);
            double mass = left.stream().mapToDouble(step.law()::of).sorted().sum();
            double total = 1 / mass;
            for (int n = traced.refused().size() - 1; n >= 0; n--) {
                mass += step.law().of(traced.refused().get(n));
                total += 1 / mass;
            }
            assertEquals(-Math.log(total), traced.proposed().logWeight(), 1e-10);
            assertTrue(traced.refused().size() > 10_000);
        }
    }

    @Test
    void aPoolOfManyTokensIsEnumeratedAlike() {
        double[] weights = new double[5000];
        weights[3] = .4;
        weights[70] = .3;
        weights[4000] = .2;
        weights[4999] = .1;
        OneStep step = OneStep.of(weights, 70, 4999);
        assertEquals(0, step.error(twoLoops(3, Integer.MAX_VALUE)), 1e-13);
        assertEquals(10141 / 132525.0, step.variance(twoLoops(2, Integer.MAX_VALUE)), 1e-14);
    }

    @Test
    void thePredicateIsAskedOncePerTokenAndOnlyAboutTheMask() {
        Random random = new Random(14);
        for (int i = 0; i < 200; i++) {
            OneStep step = OneStep.random(random, 30, false);
            Set<Integer> asked = new TreeSet<>();
            TokenPredicate predicate = (text, token) -> {
                assertTrue(text.mask().allows(token));
                assertTrue(asked.add(token), "asked twice");
                return step.allowed().contains(token);
            };
            AdaptiveRejection proposal =
                    i % 2 == 0 ? AdaptiveRejection.twoLoops(predicate, 6) : AdaptiveRejection.recursive(predicate);
            int checks =
                    proposal.propose(step.text(), step.law(), Choices.seeded(i)).checks();
            assertEquals(asked.size(), checks);
        }
    }

    @Test
    void nothingAllowedIsNoTokenAndNoWeight() {
        OneStep none = OneStep.of(new double[] {.4, .3, .2, .1});
        for (Function<TokenPredicate, ProposalKernel> proposal :
                List.of(twoLoops(2, Integer.MAX_VALUE), recursive(Integer.MAX_VALUE))) {
            assertEquals(
                    ProposalKernel.Proposed.none(4),
                    none.run(proposal, Choices.seeded(1)).proposed());
        }
        OneStep unlikely = new OneStep(TokenLaw.ofWeights(new double[] {1, 0}), Set.of(1), Set.of(1));
        assertEquals(
                ProposalKernel.Proposed.none(0),
                unlikely.run(AdaptiveRejection::of, Choices.seeded(1)).proposed());
    }

    @Test
    void aPredicateThatFailsIsATypedError() {
        IllegalStateException broken = new IllegalStateException("broken");
        InvalidInputException wrapped = assertThrows(
                InvalidInputException.class,
                () -> ask((text, token) -> {
                    throw broken;
                }));
        assertSame(broken, wrapped.getCause());
        CancelledException own = new CancelledException("enough");
        assertSame(
                own,
                assertThrows(
                        CancelledException.class,
                        () -> ask((text, token) -> {
                            throw own;
                        })));
    }

    private static void ask(TokenPredicate predicate) {
        AdaptiveRejection.of(predicate).propose(GOLDEN.text(), GOLDEN.law(), Choices.seeded(1));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        TokenPredicate any = (text, token) -> true;
        assertThrows(InvalidInputException.class, () -> AdaptiveRejection.twoLoops(any, 1));
        assertThrows(InvalidInputException.class, () -> AdaptiveRejection.twoLoops(any, 65));
        assertThrows(InvalidInputException.class, () -> AdaptiveRejection.of(any, 2, Double.NaN));
        assertThrows(
                InvalidInputException.class, () -> AdaptiveRejection.of(any).withMaxRejects(0));
    }
}
