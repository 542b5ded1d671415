// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.pytorch.engine.PtNDArray;
import dev.espalier.backends.Family;
import dev.espalier.backends.checkpoint.Checkpoint;
import dev.espalier.backends.checkpoint.HuggingFaceConfig;
import dev.espalier.backends.checkpoint.ModelConfig;
import dev.espalier.backends.checkpoint.TensorPlace;
import dev.espalier.backends.file.TensorType;
import dev.espalier.backends.torch.TorchSettings;
import dev.espalier.backends.torch.WeightForm;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.RandomTrials;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks with weights of 8 and 4 bits, against 32-bit networks whose weights were rounded by plain loops. */
class QuantisedWeightsTest {

    /** What 16-bit activations cost: see FamiliesTest. */
    private static final double TOLERANCE = 0.3;

    private static float[] logits(
            Checkpoint checkpoint, ModelConfig config, WeightForm precision, int[] tokens, int step) {
        TorchSettings settings = new TorchSettings("cpu", false, precision, 1);
        try (DecoderNetwork network = DecoderNetwork.load(checkpoint, config, settings)) {
            network.reserve(tokens.length);
            float[] all = new float[tokens.length * config.vocabularySize()];
            for (int at = 0; at < tokens.length; at += step) {
                long[] ids = Arrays.stream(tokens, at, at + step).asLongStream().toArray();
                try (PtNDArray some = network.forward(
                        ids,
                        new long[0],
                        PassRows.of(new long[] {0}, new long[] {step}, new long[] {at + step}),
                        false,
                        true)) {
                    float[] rows = some.toFloatArray();
                    System.arraycopy(rows, 0, all, at * config.vocabularySize(), rows.length);
                }
            }
            return all;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"llama3", "llama-biased", "qwen2", "qwen3", "gemma2", "gemma3", "phi4-mini", "granite", "olmo2"})
    void eightBits(String name) {
        compare(name, WeightForm.INT8);
    }

    @Test
    void fourBits() {
        compare("llama-wide", WeightForm.INT4);
    }

    private static void compare(String name, WeightForm precision) {
        Family family = Family.of(name);
        ModelConfig config = HuggingFaceConfig.read(family.source(), 0);
        Checkpoint stored = Checkpoint.safetensors(family.source(), config);
        float[] rounded = logits(
                new Rounded(stored, precision == WeightForm.INT4), config, WeightForm.FLOAT32, family.tokens(), 1);
        float[] exact = logits(stored, config, WeightForm.FLOAT32, family.tokens(), 1);
        for (int step : new int[] {1, family.tokens().length}) { // few rows, and many
            float[] quantised = logits(stored, config, precision, family.tokens(), step);
            double difference = Family.difference(quantised, rounded);
            assertTrue(difference <= TOLERANCE, name + " steps of " + step + ": " + difference);
        }
        assertTrue(Family.difference(exact, rounded) > 1e-4, "the weights were not rounded");
    }

    @RandomTrials(5)
    void codesOfAFileAreKept(Random random) {
        compareCodes(random, Set.of());
    }

    /** As in files of Q4_K_M, where some matrices are Q6_K: values, output of the feed-forward part, one half of its inputs. */
    @RandomTrials(5)
    void finerMatricesBesideThemBecomeEightBits(Random random) {
        compareCodes(random, Set.of("v_proj", "down_proj"));
        compareCodes(random, Set.of("q_proj", "up_proj"));
    }

    private static void compareCodes(Random random, Set<String> finer) {
        Family family = Family.of("llama-wide");
        ModelConfig config = HuggingFaceConfig.read(family.source(), 0);
        Checkpoint stored = Checkpoint.safetensors(family.source(), config);
        Coded coded = new Coded(stored, random.nextLong(), finer);
        float[] kept = logits(coded, config, WeightForm.INT4, family.tokens(), 1);
        float[] plain = logits(coded, config, WeightForm.FLOAT32, family.tokens(), 1);
        Coded other = new Coded(stored, random.nextLong(), finer);
        float[] others = logits(other, config, WeightForm.FLOAT32, family.tokens(), 1);
        assertTrue(distance(kept, plain) <= 0.1, "distance " + distance(kept, plain));
        assertTrue(distance(others, plain) > 0.3, "codes do not matter: " + distance(others, plain));
    }

    /** The root mean square of the differences, as a share of that of the logits. */
    private static double distance(float[] actual, float[] expected) {
        double difference = 0;
        double whole = 0;
        for (int i = 0; i < actual.length; i++) {
            difference += Math.pow(actual[i] - expected[i], 2);
            whole += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / whole);
    }

    /** A checkpoint whose projections are random codes: as such for those that take them, else multiplied out; some have 6 bits by their type. */
    private record Coded(Checkpoint stored, long seed, Set<String> finer) implements Checkpoint {

        @Override
        public List<Stored> tensors() {
            return stored.tensors().stream()
                    .map(tensor -> tensor.isInLayer()
                            ? new Stored(tensor.name(), "codes", tensor.shape(), isFiner(tensor.name()) ? 6 : 4)
                            : tensor)
                    .toList();
        }

        private boolean isFiner(String name) {
            return finer.stream().anyMatch(kind -> name.endsWith(kind + ".weight"));
        }

        @Override
        public Map<String, TensorPlace> places() {
            return stored.places();
        }

        @Override
        public void read(Sink sink) {
            SplittableRandom random = new SplittableRandom(seed);
            stored.read((name, shape, type, offset, chunk) -> {
                if (!name.endsWith("_proj.weight")) {
                    sink.put(name, shape, type, offset, chunk);
                    return;
                }
                int count = chunk.remaining() / type.bytes();
                byte[] pairs = new byte[count / 2];
                random.nextBytes(pairs);
                float[] scales = new float[count / 16];
                ByteBuffer values = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
                for (int group = 0; group < count / 32; group++) {
                    scales[2 * group] = (float) random.nextDouble(0.01, 0.03);
                    scales[2 * group + 1] = (float) random.nextDouble(-0.05, 0.05);
                    for (int i = 32 * group; i < 32 * (group + 1); i++) {
                        int code = pairs[i / 2] >> 4 * (i % 2) & 15;
                        values.putFloat((code - 8) * scales[2 * group] + scales[2 * group + 1]);
                    }
                }
                if (sink instanceof CodeSink taker && taker.takesCodes(name)) {
                    assertFalse(isFiner(name), name);
                    taker.putCodes(name, shape, offset, ByteBuffer.wrap(pairs), scales);
                } else {
                    sink.put(name, shape, TensorType.F32, offset, values.flip());
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "llama2, INT4, intermediate size that is a multiple of 32 and it is 48",
        "smollm2, INT8, hidden size that is a multiple of 16 and it is 24"
    })
    void sizesThatDoNotFitAreRefusedByNumber(String name, WeightForm precision, String why) {
        Family family = Family.of(name);
        ModelConfig config = HuggingFaceConfig.read(family.source(), 0);
        Checkpoint stored = Checkpoint.safetensors(family.source(), config);
        UnsupportedFeatureException e = assertThrows(
                UnsupportedFeatureException.class, () -> logits(stored, config, precision, family.tokens(), 1));
        assertEquals(precision.name().toLowerCase(Locale.ROOT), e.feature());
        String message = String.valueOf(e.getMessage()).replace(",", "");
        assertTrue(message.contains(why), message);
    }

    /** The weights of a checkpoint, those of matrices rounded to integers times scales. */
    private record Rounded(Checkpoint stored, boolean four) implements Checkpoint {

        @Override
        public List<Stored> tensors() {
            return stored.tensors();
        }

        @Override
        public Map<String, TensorPlace> places() {
            return stored.places();
        }

        @Override
        public void read(Sink sink) {
            Map<String, float[]> open = new HashMap<>();
            stored.read((name, shape, type, offset, chunk) -> {
                int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
                float[] values = open.computeIfAbsent(name, unused -> new float[count]);
                int end = (int) offset;
                while (chunk.hasRemaining()) {
                    values[end++] = number(type, chunk);
                }
                if (end == count) {
                    round(name, shape, values);
                    ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
                    bytes.asFloatBuffer().put(values);
                    sink.put(name, shape, TensorType.F32, 0, bytes);
                }
            });
        }

        private static float number(TensorType type, ByteBuffer chunk) {
            return switch (type) {
                case F32 -> chunk.getFloat();
                case BF16 -> Float.intBitsToFloat(chunk.getShort() << 16);
                default -> half(chunk.getShort());
            };
        }

        /** A 16-bit float: sign, 5 bits of exponent, 10 of fraction. */
        private static float half(short bits) {
            int exponent = bits >> 10 & 31;
            int fraction = bits & 1023;
            double value =
                    exponent == 0 ? Math.scalb((double) fraction, -24) : Math.scalb(1024.0 + fraction, exponent - 25);
            return (float) (bits < 0 ? -value : value);
        }

        private void round(String name, long[] shape, float[] values) {
            boolean outer = name.equals("model.embed_tokens.weight") || name.equals("lm_head.weight");
            if (!name.endsWith(".weight") || !outer && !name.contains("_proj.")) {
                return;
            }
            int width = four && !outer ? 32 : (int) shape[1];
            for (int from = 0; from < values.length; from += width) {
                float least = Float.MAX_VALUE;
                float most = -Float.MAX_VALUE;
                for (int i = from; i < from + width; i++) {
                    least = Math.min(least, values[i]);
                    most = Math.max(most, values[i]);
                }
                float scale = brain(four && !outer ? (most - least) / 15 : Math.max(most, -least) / 127);
                float zero = four && !outer ? brain(least + 8 * scale) : 0;
                int low = four && !outer ? -8 : -127;
                int high = four && !outer ? 7 : 127;
                for (int i = from; i < from + width; i++) {
                    double code = Math.max(low, Math.min(high, Math.rint((values[i] - zero) / scale)));
                    values[i] = (float) (code * scale + zero);
                }
            }
        }

        /** The nearest "brain" float. */
        private static float brain(float value) {
            int bits = Float.floatToRawIntBits(value);
            int rounded = bits + 0x7FFF + (bits >>> 16 & 1);
            return Float.intBitsToFloat(rounded & 0xFFFF0000);
        }
    }
}
