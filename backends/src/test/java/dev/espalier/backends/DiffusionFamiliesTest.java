// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.mask.canvas.Canvas;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.SamplingParameters;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Logits of tiny models of masked diffusion against those of Hugging Face's transformers;
 * {@code src/test/python/diffusion_families.py} wrote them.
 */
class DiffusionFamiliesTest {

    private static final double TOLERANCE = 1e-4;

    static Stream<String> families() {
        return DiffusionFamily.NAMES.stream();
    }

    private static List<Logits> forward(PyTorchDiffusionModel model, DiffusionFamily.Case one, int... slots) {
        return model.forward(one.prompt(), Canvas.of(model.vocabulary(), one.canvas()), slots);
    }

    private static void assertSame(float[] expected, Logits actual, double tolerance, String where) {
        double difference = Family.difference(actual, expected);
        assertTrue(difference <= tolerance, where + ": " + difference);
    }

    @ParameterizedTest
    @MethodSource("families")
    void logitsOfFreeSlotsAreThoseOfAnotherImplementation(String name) {
        try (PyTorchDiffusionModel model = DiffusionFamily.load(name)) {
            for (DiffusionFamily.Case one : DiffusionFamily.of(name).cases()) {
                List<Logits> rows = forward(model, one, one.slots());
                assertEquals(one.expected().length, rows.size());
                for (int i = 0; i < rows.size(); i++) {
                    assertSame(one.expected()[i], rows.get(i), TOLERANCE, name + " slot " + one.slots()[i]);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void onlySlotsThatAreAskedForAreGivenInTheirOrder(String name) {
        DiffusionFamily.Case one = DiffusionFamily.of(name).cases().get(0);
        try (PyTorchDiffusionModel model = DiffusionFamily.load(name)) {
            for (int subset = 0; subset < 1 << one.slots().length; subset++) {
                int bits = subset;
                int[] asked = java.util.stream.IntStream.range(0, one.slots().length)
                        .filter(i -> (bits >> i & 1) != 0)
                        .toArray();
                List<Logits> rows = forward(
                        model,
                        one,
                        Arrays.stream(asked).map(i -> one.slots()[i]).toArray());
                assertEquals(asked.length, rows.size());
                for (int i = 0; i < asked.length; i++) {
                    assertSame(one.expected()[asked[i]], rows.get(i), TOLERANCE, name + " of subset " + bits);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void logitsThatStayOnTheDeviceAreTheSame(String name) {
        try (PyTorchDiffusionModel model = DiffusionFamily.load(name, LoadOptions.DEFAULT, true)) {
            for (DiffusionFamily.Case one : DiffusionFamily.of(name).cases()) {
                List<Logits> rows = forward(model, one, one.slots());
                for (int i = 0; i < rows.size(); i++) {
                    float[] expected = one.expected()[i];
                    assertSame(expected, rows.get(i), TOLERANCE, name + " slot " + one.slots()[i]);
                    long[] mask = {-1L, -1L >>> 128 - expected.length};
                    int best = rows.get(i)
                            .sample(mask, SamplingParameters.DEFAULT, () -> 0.5)
                            .orElseThrow()
                            .token();
                    assertEquals(greatest(expected), expected[best], 1e-3f, name);
                }
            }
        }
    }

    private static float greatest(float[] values) {
        float most = values[0];
        for (float value : values) {
            most = Math.max(most, value);
        }
        return most;
    }

    @ParameterizedTest
    @MethodSource("families")
    void halfPrecisionComesClose(String name) {
        DiffusionFamily.Case one = DiffusionFamily.of(name).cases().get(0);
        for (Precision precision : List.of(Precision.FLOAT16, Precision.BFLOAT16)) {
            LoadOptions options = LoadOptions.DEFAULT.withPrecision(precision);
            try (PyTorchDiffusionModel model = DiffusionFamily.load(name, options, false)) {
                List<Logits> rows = forward(model, one, one.slots());
                for (int i = 0; i < rows.size(); i++) {
                    double tolerance = precision == Precision.FLOAT16 ? 0.03 : 0.3;
                    assertSame(one.expected()[i], rows.get(i), tolerance, name + " in " + precision);
                }
            }
        }
    }

    @Test
    void logitsAreWiderThanTheTokenizerAndTheNamedVocabulary() {
        try (PyTorchDiffusionModel model = DiffusionFamily.load("llada")) {
            assertEquals(72, model.vocabulary().size());
            assertEquals(71, model.maskId());
            assertEquals(48, model.contextLength());
            assertEquals("llada", model.name());
            assertEquals(0, model.vocabulary().bytes(71).length());
        }
    }

    @Test
    void theTokenThatEndsAnAnswerInAConversationIsAnEndTokenToo() {
        try (PyTorchDiffusionModel llada = DiffusionFamily.load("llada");
                PyTorchDiffusionModel dream = DiffusionFamily.load("dream")) {
            assertArrayEquals(new int[] {1, 57}, llada.vocabulary().endIds());
            assertArrayEquals(new int[] {1, 57}, dream.vocabulary().endIds());
            assertArrayEquals(dream.encodePrompt("the in"), llada.encodePrompt("the in"));
            assertEquals("the", llada.vocabulary().text(llada.encoder().encode("the")[0]));
        }
    }
}
