// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.mcmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.decode.GoldenCase;
import dev.espalier.sampler.sequence.HashTree;
import dev.espalier.sampler.sequence.ResamplingPoint;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextChainTest {

    private static final Set<String> CASES = Set.of("gad", "json", "deadend", "dyck6");

    private static List<GoldenCase> golden() {
        List<GoldenCase> cases = GoldenCase.all();
        return cases;
    }

    @Test
    void eachStepIsInDetailedBalance() {
        assertBalance("gad3", HashTree.gad3());
    }

    @Test
    void eachStepIsInDetailedBalanceOnTheGoldenCases() {
        int checked = 0;
        for (GoldenCase golden : golden()) {
            if (CASES.contains(golden.name())) {
                assertBalance(golden.name(), HashTree.of(golden));
                checked++;
            }
        }
        assertEquals(CASES.size(), checked);
    }

    private static void assertBalance(String name, HashTree tree) {
        for (ResamplingPoint point : ResamplingPoint.values()) {
            ExactChain chain = new ExactChain(tree, point, 0);
            assertBalance(name + " " + point, chain);
            double before = chain.divergence(0);
            for (int steps = 1; steps <= 10; steps++) {
                double after = chain.divergence(steps);
                assertTrue(after <= before + 1e-12, name + " " + point + " diverges at step " + steps);
                before = after;
            }
        }
        assertBalance(name + " mixed", new ExactChain(tree, ResamplingPoint.PRIORITY, 0.3));
    }

    private static void assertBalance(String name, ExactChain chain) {
        double[] law = chain.stationary();
        double[][] kernel = chain.kernel();
        for (int x = 0; x < law.length; x++) {
            double row = 0;
            for (int y = 0; y < law.length; y++) {
                row += kernel[x][y];
                assertEquals(law[x] * kernel[x][y], law[y] * kernel[y][x], 1e-12, name);
            }
            assertEquals(1, row, 1e-12, name);
        }
        double sum = 0;
        for (double p : law) {
            sum += p;
        }
        assertEquals(1, sum, 1e-12, name + ": not every text is reached");
    }

    /** Figures from a program that sums up Q(x → y) over all points of resampling, text by text. */
    @Test
    void theDivergenceAfterSomeStepsIsThatOfTheReference() {
        for (GoldenCase golden : golden()) {
            HashTree tree = HashTree.of(golden);
            switch (golden.name()) {
                case "dyck6" -> {
                    assertDivergence(tree, ResamplingPoint.RESTART, .689072, .277341, .121488, .009236, .000032);
                    assertDivergence(tree, ResamplingPoint.UNIFORM, .689072, .555308, .453678, .260141, .111322);
                    assertDivergence(tree, ResamplingPoint.PRIORITY, .689072, .434150, .291227, .102903, .020610);
                }
                case "json" -> {
                    assertDivergence(tree, ResamplingPoint.RESTART, 1.772385, 1.166755, .845987, .390455, .129197);
                    assertDivergence(tree, ResamplingPoint.UNIFORM, 1.772385, 1.527292, 1.331861, .925803, .550657);
                    assertDivergence(tree, ResamplingPoint.PRIORITY, 1.772385, 1.402452, 1.143721, .681373, .328701);
                }
                case "gad" -> {
                    assertDivergence(tree, ResamplingPoint.RESTART, 2.612111, 1.975289, 1.615338, 1.037794, .598258);
                    assertDivergence(tree, ResamplingPoint.UNIFORM, 2.612111, 2.363881, 2.196559, 1.863012, 1.511824);
                    assertDivergence(tree, ResamplingPoint.PRIORITY, 2.612111, 1.897790, 1.500614, .887053, .452392);
                }
                default -> {}
            }
        }
    }

    private static void assertDivergence(HashTree tree, ResamplingPoint point, double... expected) {
        ExactChain chain = new ExactChain(tree, point, 0);
        int[] steps = {0, 1, 2, 5, 10};
        for (int i = 0; i < steps.length; i++) {
            assertEquals(expected[i], chain.divergence(steps[i]), 1e-6, point + " after " + steps[i] + " steps");
        }
    }

    @Test
    void aDeadEndIsLeftForAnyTextAndNeverEntered() {
        HashTree tree = golden().stream()
                .filter(golden -> golden.name().equals("tokdead"))
                .map(HashTree::of)
                .findFirst()
                .orElseThrow();
        for (ResamplingPoint point : ResamplingPoint.values()) {
            ExactChain chain = new ExactChain(tree, point, 0);
            assertBalance("tokdead " + point, chain);
            double deadAtFirst = 1 - chain.total(0);
            assertEquals(.572120, deadAtFirst, 1e-6);
            assertEquals(deadAtFirst * deadAtFirst, 1 - chain.total(1), 1e-12);
            assertEquals(Math.pow(deadAtFirst, 6), 1 - chain.total(5), 1e-12);
        }
    }

    @Test
    void onlyForcedTokensHaveNoChoice() {
        ExactChain chain = new ExactChain(HashTree.gad3(), ResamplingPoint.PRIORITY, 0);
        for (EnumeratedChoices.Trace<MaskedText> trace : chain.texts()) {
            for (MaskedText.Token step : trace.result().steps()) {
                assertEquals(step.before().mask().count() == 1, step.choice() == 0);
            }
        }
    }

    @Test
    void aTextWithoutAChoiceStaysAndIsNotWrittenAnew() {
        Vocabulary vocabulary = Vocabulary.builder()
                .token(0, "a")
                .token(1, "b")
                .special(2, "</s>")
                .endIds(2)
                .build();
        HashTree tree = new HashTree(vocabulary, 3, List.of("ab"));
        SampleSet set = MetropolisHastingsSampler.of(ResamplingPoint.PRIORITY).sample(tree, 2, SamplingRun.seeded(1));
        assertEquals(List.of(0, 1), set.samples().get(1).tokens());
        assertEquals(6, set.calls());
        assertEquals(2, set.runs());
        assertTrue(set.acceptance().isEmpty());
    }
}
