// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.InvalidLogitsException;
import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.GTest;
import dev.espalier.sampler.LogitChanges;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.law.Choice;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.numeric.Exponential;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokenSamplerTest {

    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;
    private static final SamplingParameters PLAIN = SamplingParameters.MODEL;

    @Test
    void exponentialIsAccurate() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            double x = -random.nextDouble() * (i % 2 == 0 ? 690 : 2);
            double exact = Math.exp(x);
            assertEquals(exact, Exponential.of(x), 1e-15 * exact, "e^" + x);
        }
        assertEquals(1, Exponential.of(0));
        assertEquals(0, Exponential.of(-1000));
        assertEquals(0, Exponential.of(Double.NEGATIVE_INFINITY));
        assertEquals(0, Exponential.of(Double.NaN));
    }

    @Test
    void theLawIsTheTemperedMaskedFilteredOne() {
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            Case c = Case.random(random);
            double[] expected = c.law();
            for (boolean sparse : new boolean[] {true, false}) {
                Map<Integer, Double> law = new HashMap<>();
                for (EnumeratedChoices.Trace<Draw> trace :
                        EnumeratedChoices.walk(choices -> c.draw(new TokenSampler(c.logits.length), sparse, choices))) {
                    law.merge(trace.result().token(), trace.probability(), Double::sum);
                    assertEquals(
                            Math.log(trace.probability()),
                            c.parameters.isGreedy() ? 0 : trace.result().logDrawn(),
                            1e-9,
                            "seed " + seed);
                }
                for (int id = 0; id < expected.length; id++) {
                    assertEquals(expected[id], law.getOrDefault(id, 0.0), 1e-12, "seed " + seed + ", token " + id);
                }
            }
        }
    }

    @Test
    void aChoiceIsWeighedUnderTheModelsLaw() {
        for (int seed = 0; seed < 400; seed++) {
            Case c = Case.random(new Random(seed));
            double temperature = c.parameters.isGreedy() ? 1 : c.parameters.temperature();
            double[] p = softmax(c.logits, temperature, null);
            double mass = 0;
            for (int id : c.ids) {
                mass += p[id];
            }
            Draw draw = c.draw(new TokenSampler(c.logits.length), true, Choices.seeded(seed));
            Choice choice = draw.weigh(c.logits, c.words());
            String at = "seed " + seed;
            assertTrue(c.ids.contains(choice.token()), at);
            assertEquals(Math.log(p[choice.token()]), choice.logProbability(), 1e-9, at);
            assertEquals(Math.log(mass), choice.logAllowedMass(), 1e-9, at);
            if (!choice.filtered()) {
                assertEquals(choice.logProbability(), choice.logDrawn() + choice.logAllowedMass(), 1e-9, at);
            }
        }
    }

    @Test
    void tinyAndNearlyFullAllowedMassesKeepTheirDigits() {
        float[] logits = {0, -60, -61};
        Draw rare = new TokenSampler(3).draw(logits, new long[] {0b110}, null, PLAIN, Choices.seeded(3));
        double exact = -60 + Math.log1p(Math.exp(-1));
        assertEquals(exact, rare.weigh(logits, new long[] {0b110}).logAllowedMass(), 1e-13);
        Draw common = new TokenSampler(3).draw(logits, new long[] {0b011}, null, PLAIN, Choices.seeded(3));
        double complement = common.weigh(logits, new long[] {0b011}).logAllowedMass();
        assertEquals(-Math.exp(-61), complement, 1e-12 * Math.exp(-61));
    }

    @Test
    void notANumberMattersOnlyOnAllowedTokens() {
        for (double temperature : new double[] {0, 1}) {
            float[] logits = {1, NAN, NAN, NAN};
            assertEquals(0, choose(logits, temperature, 0).token());
            assertEquals(0, choose(logits, temperature, 0).logAllowedMass(), 0.0);
            assertThrows(InvalidLogitsException.class, () -> choose(new float[] {NAN, 1, 5, 5}, temperature, 0, 1));
            assertThrows(InvalidLogitsException.class, () -> choose(new float[] {INF, NAN, 5, 5}, temperature, 0, 1));
            assertThrows(InvalidLogitsException.class, () -> choose(new float[] {NAN, NAN, NAN}, temperature, 0, 1));
        }
    }

    @Test
    void allowedTokensAtMinusInfinityAreAnErrorOnlyTogether() {
        for (double temperature : new double[] {0, 1}) {
            assertThrows(InvalidLogitsException.class, () -> choose(new float[] {-INF, -INF, 9}, temperature, 0, 1));
            assertEquals(1, choose(new float[] {-INF, -3, 9}, temperature, 0, 1).token());
        }
    }

    @Test
    void plusInfinityWins() {
        assertEquals(1, choose(new float[] {0, INF, INF, 3}, 0, 0, 1).token());
        assertEquals(1, choose(new float[] {0, INF, INF, 3}, 1, 0, 1).token());
        Choice shared = choose(new float[] {INF, INF, INF, 0}, 1, 0, 1, 3);
        assertTrue(shared.token() < 2);
        assertEquals(Math.log(0.5), shared.logDrawn(), 1e-15);
        assertEquals(Math.log(2.0 / 3), shared.logAllowedMass(), 1e-15);
        assertEquals(-INF, choose(new float[] {0, 0, INF}, 1, 0, 1).logAllowedMass());
        assertEquals(-INF, choose(new float[] {0, 0, INF}, 1, 0, 1).logProbability());
    }

    @Test
    void extremeFiniteLogitsAndTemperaturesAreSampled() {
        assertEquals(
                0,
                choose(new float[] {3.4e38f, -3.4e38f, 3.4e38f, 0}, 0.01, 0, 1).token());
        Choice low = choose(new float[] {-3.4e38f, -3.4e38f, 0, 0}, 1, 0, 1);
        assertTrue(low.token() < 2);
        assertEquals(-3.4e38f, low.logAllowedMass(), 1e24);
        assertTrue(choose(new float[] {1e-45f, -1e-45f, 0, 0}, 1e-6, 0, 1).token() < 2);
        assertEquals(1, choose(new float[] {1, 2, 0, 0}, Double.MIN_VALUE, 0, 1).token());
        assertTrue(Double.isFinite(
                choose(new float[] {1, 2, 0, 0}, Double.MIN_VALUE, 0, 1).logAllowedMass()));
        assertEquals(
                Math.log(0.5),
                choose(new float[] {1, 2, 0, 0}, Double.MAX_VALUE, 0, 1).logAllowedMass(),
                1e-12);
    }

    @Test
    void theNumberOfLogitsMustBeThatOfTheVocabulary() {
        for (int length : new int[] {0, 2, 4}) {
            assertThrows(
                    InvalidLogitsException.class,
                    () -> new TokenSampler(3).draw(new float[length], new long[] {1}, null, PLAIN, Choices.seeded(0)));
        }
    }

    @Test
    void anEmptyMaskIsADeadEnd() {
        TokenSampler sampler = new TokenSampler(3);
        float[] logits = new float[3];
        assertThrows(DeadEndException.class, () -> sampler.draw(logits, new long[1], null, PLAIN, Choices.seeded(0)));
        assertThrows(
                DeadEndException.class, () -> sampler.draw(logits, new long[1], new int[0], PLAIN, Choices.seeded(0)));
    }

    @Test
    void noForbiddenTokenIsEverDrawnWhateverTheLogits() {
        float[] odd = {NAN, INF, -INF, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE, 0, -0f};
        int drawn = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            Case c = Case.random(random);
            for (int id = 0; id < c.logits.length; id++) {
                if (random.nextInt(3) == 0) {
                    c.logits[id] = odd[random.nextInt(odd.length)];
                }
            }
            try {
                Draw draw = c.draw(new TokenSampler(c.logits.length), random.nextBoolean(), Choices.seeded(seed));
                assertTrue(c.ids.contains(draw.token()), "seed " + seed);
                Choice choice = draw.weigh(c.logits, c.words());
                assertTrue(choice.logAllowedMass() <= 0 && choice.logProbability() <= 1e-12, "seed " + seed);
                drawn++;
            } catch (InvalidLogitsException expected) {
                assertTrue(
                        c.ids.stream().anyMatch(id -> Float.isNaN(c.logits[id]))
                                || c.ids.stream().allMatch(id -> c.logits[id] == -INF),
                        "seed " + seed);
            }
        }
        assertTrue(drawn > 5000, "only " + drawn + " draws");
    }

    @Test
    void seededChoicesFollowTheirWeights() {
        Choices choices = Choices.seeded(7);
        double[] weights = {0, 1, 0, 2, 5, 0};
        long[] observed = new long[6];
        for (int i = 0; i < 20_000; i++) {
            observed[choices.categorical(weights, 6)]++;
        }
        GTest.check(observed, new double[] {0, 1 / 8.0, 0, 2 / 8.0, 5 / 8.0, 0});
    }

    private static Choice choose(float[] logits, double temperature, int... allowed) {
        long[] words = new long[1];
        for (int id : allowed) {
            words[0] |= 1L << id;
        }
        Draw draw = new TokenSampler(logits.length)
                .draw(logits, words, allowed, PLAIN.withTemperature(temperature), Choices.seeded(5));
        return draw.weigh(logits, words);
    }

    private static double[] softmax(float[] logits, double temperature, @Nullable TreeSet<Integer> ids) {
        double top = Double.NEGATIVE_INFINITY;
        for (int id = 0; id < logits.length; id++) {
            top = ids == null || ids.contains(id) ? Math.max(top, logits[id]) : top;
        }
        double[] p = new double[logits.length];
        double sum = 0;
        for (int id = 0; id < logits.length; id++) {
            p[id] = ids == null || ids.contains(id) ? Math.exp((logits[id] - top) / temperature) : 0;
            sum += p[id];
        }
        for (int id = 0; id < logits.length; id++) {
            p[id] /= sum;
        }
        return p;
    }

    /** A random question with a naive answer. */
    private record Case(float[] logits, TreeSet<Integer> ids, SamplingParameters parameters) {

        static Case random(Random random) {
            int size = 1 + random.nextInt(random.nextBoolean() ? 8 : 200);
            float[] logits = new float[size];
            for (int id = 0; id < size; id++) {
                logits[id] = random.nextInt(4) == 0 ? random.nextInt(3) : (float) (3 * random.nextGaussian());
            }
            TreeSet<Integer> ids = new TreeSet<>();
            int wanted = 1 + random.nextInt(size);
            while (ids.size() < wanted) {
                ids.add(random.nextInt(size));
            }
            SamplingParameters parameters = new SamplingParameters(
                    random.nextInt(8) == 0 ? 0 : 0.2 + 2 * random.nextDouble(),
                    random.nextBoolean() ? 0 : 1 + random.nextInt(10),
                    random.nextBoolean() ? 1 : random.nextInt(8) == 0 ? 0 : 1 - random.nextDouble(),
                    random.nextBoolean() ? 0 : random.nextDouble(),
                    0,
                    1,
                    ForcedText.DRAWN,
                    true,
                    0,
                    LogitChanges.NONE,
                    0,
                    Map.of());
            return new Case(logits, ids, parameters);
        }

        long[] words() {
            long[] words = new long[(logits.length + 63) / 64];
            ids.forEach(id -> words[id >> 6] |= 1L << id);
            return words;
        }

        Draw draw(TokenSampler sampler, boolean sparse, Choices choices) {
            int[] sorted = ids.stream().mapToInt(Integer::intValue).toArray();
            return sampler.draw(logits, words(), sparse ? sorted : null, parameters, choices);
        }

        /** Sort everything, apply the filters one after the other by the book. */
        double[] law() {
            List<Integer> left = new ArrayList<>(ids);
            left.sort(Comparator.comparingDouble((Integer id) -> -logits[id]).thenComparing(id -> id));
            double[] law = new double[logits.length];
            if (parameters.isGreedy()) {
                law[left.get(0)] = 1;
                return law;
            }
            double[] p = softmax(logits, parameters.temperature(), ids);
            if (parameters.topK() > 0 && parameters.topK() < left.size()) {
                left = left.subList(0, parameters.topK());
            }
            if (parameters.topP() < 1) {
                double share = parameters.topP()
                        * left.stream().mapToDouble(id -> p[id]).sum();
                double sum = 0;
                int count = 0;
                while (count < left.size() && (count == 0 || sum < share)) {
                    sum += p[left.get(count++)];
                }
                left = left.subList(0, count);
            }
            double least = parameters.minP() * p[left.get(0)];
            left.removeIf(id -> p[id] < least);
            double sum = left.stream().mapToDouble(id -> p[id]).sum();
            left.forEach(id -> law[id] = p[id] / sum);
            return law;
        }
    }
}
