// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.smc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.sequence.ExactLaw;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResamplingTest {

    private static double[] weights(Random random, int n) {
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            weights[i] = random.nextInt(3) == 0 ? 0 : Math.pow(random.nextDouble(), 1 + random.nextInt(20));
        }
        weights[random.nextInt(n)] = 1;
        return weights;
    }

    private static int[] counts(int[] ancestors) {
        int[] counts = new int[ancestors.length];
        Arrays.stream(ancestors).forEach(ancestor -> counts[ancestor]++);
        return counts;
    }

    @Test
    void onAverageAParticleIsDrawnByItsWeight() {
        Random random = new Random(5);
        for (Resampling scheme : Resampling.values()) {
            for (int round = 0; round < 200; round++) {
                double[] weights = weights(random, 1 + round % (scheme == Resampling.SYSTEMATIC ? 30 : 5));
                int n = weights.length;
                double[] expected = new double[n];
                double total = 0;
                for (EnumeratedChoices.Trace<int[]> trace :
                        ExactLaw.walk(choices -> counts(scheme.ancestors(weights, choices)))) {
                    total += trace.probability();
                    for (int i = 0; i < n; i++) {
                        expected[i] += trace.probability() * trace.result()[i];
                    }
                }
                assertEquals(1, total, 1e-12);
                double sum = Arrays.stream(weights).sum();
                for (int i = 0; i < n; i++) {
                    assertEquals(n * weights[i] / sum, expected[i], 1e-12, scheme + " " + Arrays.toString(weights));
                }
            }
        }
    }

    @Test
    void systematicDrawsAreRoundedDownOrUp() {
        Random random = new Random(6);
        for (int round = 0; round < 1000; round++) {
            double[] weights = weights(random, 1 + random.nextInt(40));
            double sum = Arrays.stream(weights).sum();
            int[] counts = counts(Resampling.SYSTEMATIC.ancestors(weights, Choices.seeded(round)));
            for (int i = 0; i < weights.length; i++) {
                double mean = weights.length * weights[i] / sum;
                assertTrue(Math.abs(counts[i] - mean) < 1 + 1e-9, () -> Arrays.toString(weights));
            }
        }
    }

    @Test
    void aParticleOfWeightZeroIsNeverDrawn() {
        Random random = new Random(7);
        for (Resampling scheme : Resampling.values()) {
            for (int round = 0; round < 1000; round++) {
                double[] weights = weights(random, 1 + random.nextInt(200));
                for (int ancestor : scheme.ancestors(weights, Choices.seeded(round))) {
                    assertTrue(weights[ancestor] > 0);
                }
            }
        }
    }

    @Test
    void equalWeightsKeepEachOnceUnlessDrawsAreIndependent() {
        double[] weights = new double[17];
        Arrays.fill(weights, 0.3);
        for (Resampling scheme : new Resampling[] {Resampling.SYSTEMATIC, Resampling.STRATIFIED}) {
            int[] counts = counts(scheme.ancestors(weights, Choices.seeded(1)));
            assertTrue(Arrays.stream(counts).allMatch(count -> count == 1));
        }
        int[] independent = counts(Resampling.MULTINOMIAL.ancestors(weights, Choices.seeded(1)));
        assertTrue(Arrays.stream(independent).anyMatch(count -> count > 1));
    }
}
