// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import dev.espalier.sampler.law.Choice;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Drawing where the logits are, against the law written out. */
class DeviceSamplingTest {

    private static final Family FAMILY = Family.of("llama2");

    private static PyTorchModel load() {
        return PyTorchModel.load(FAMILY.files(), "llama2", LoadOptions.DEFAULT.withThreads(1), true);
    }

    @Test
    void tokensAreDrawnFromTheLawTheyClaim() {
        long seed = 3;
        Random random = new Random(seed);
        try (PyTorchModel model = load();
                Session session = model.open();
                Session second = model.open()) {
            for (int round = 0; round < 40; round++) {
                int token = random.nextInt(64);
                Logits logits = model.forward(List.of(Step.of(second, token), Step.of(session, token)))
                        .get(1);
                SamplingParameters parameters = parameters(random);
                long mask = random.nextLong() >>> random.nextInt(40) | 1L << random.nextInt(64);
                assertLaw(logits, mask, parameters, "seed " + seed + " round " + round + " " + parameters);
            }
        }
    }

    private static SamplingParameters parameters(Random random) {
        return SamplingParameters.DEFAULT
                .withTemperature(random.nextInt(5) == 0 ? 0 : 0.3 + random.nextDouble())
                .withTopK(random.nextBoolean() ? 0 : 1 + random.nextInt(20))
                .withTopP(random.nextBoolean() ? 1 : 0.3 + 0.7 * random.nextDouble())
                .withMinP(random.nextBoolean() ? 0 : 0.2 * random.nextDouble());
    }

    private static void assertLaw(Logits logits, long mask, SamplingParameters parameters, String where) {
        double heat = parameters.isGreedy() ? 1 : parameters.temperature();
        double[] weight = new double[64];
        for (int id = 0; id < 64; id++) {
            weight[id] = Math.exp(logits.toArray()[id] / heat);
        }
        double[] kept = kept(weight, mask, parameters);
        double everything = Arrays.stream(weight).sum();
        double allowed = IntStream.range(0, 64)
                .filter(id -> (mask >> id & 1) != 0)
                .mapToDouble(id -> weight[id])
                .sum();
        double total = Arrays.stream(kept).sum();
        int draws = 50;
        int[] counts = new int[64];
        for (int i = 0; i < draws; i++) {
            double uniform = (i + 0.5) / draws;
            Choice choice =
                    logits.sample(new long[] {mask}, parameters, () -> uniform).orElseThrow();
            int token = choice.token();
            counts[token]++;
            assertTrue(kept[token] > 0, where);
            assertEquals(Math.log(weight[token] / everything), choice.logProbability(), 1e-9, where);
            assertEquals(parameters.isGreedy() ? 0 : Math.log(kept[token] / total), choice.logDrawn(), 1e-9, where);
            assertEquals(Math.log(allowed / everything), choice.logAllowedMass(), 1e-9, where);
            assertEquals(
                    Arrays.stream(kept).filter(w -> w > 0).count() < Long.bitCount(mask), choice.filtered(), where);
        }
        for (int id = 0; id < 64; id++) {
            assertEquals(kept[id] / total * draws, counts[id], 1.01, where);
        }
    }

    private static double[] kept(double[] weight, long mask, SamplingParameters parameters) {
        List<Integer> order = IntStream.range(0, 64)
                .filter(id -> (mask >> id & 1) != 0)
                .boxed()
                .sorted(Comparator.comparing((Integer id) -> -weight[id]).thenComparing(id -> id))
                .toList();
        int most = parameters.topK() == 0 ? order.size() : Math.min(order.size(), parameters.topK());
        List<Integer> best = order.subList(0, parameters.isGreedy() ? 1 : most);
        double share = best.stream().mapToDouble(id -> weight[id]).sum() * parameters.topP();
        double[] kept = new double[64];
        double sum = 0;
        for (int id : best) {
            if (sum < share && weight[id] >= parameters.minP() * weight[best.get(0)]) {
                kept[id] = weight[id];
            }
            sum += weight[id];
        }
        return kept;
    }

    @Test
    void logitsOfAnEarlierPassAreRefused() {
        try (PyTorchModel model = load();
                Session session = model.open()) {
            Logits first = model.forward(List.of(Step.of(session, 5))).get(0);
            Logits read = model.forward(List.of(Step.of(session, 5))).get(0);
            assertEquals(64, read.toArray().length);
            model.forward(List.of(Step.of(session, 5)));
            Assertions.assertThrows(ModelException.class, first::toArray);
            Assertions.assertThrows(
                    ModelException.class, () -> first.sample(new long[] {1}, SamplingParameters.MODEL, () -> 0.5));
            Assertions.assertThrows(
                    ModelException.class, () -> read.sample(new long[] {1, 1}, SamplingParameters.MODEL, () -> 0.5));
        }
    }
}
