// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.backends.file.FileSource;
import dev.espalier.backends.file.JsonObject;
import dev.espalier.sampler.Logits;
import java.math.BigDecimal;
import java.util.List;

/** A tiny model among the test resources, with what another implementation computes for it. */
public record Family(ModelFiles files, int[] tokens, float[][] expected) {

    static final List<String> NAMES = List.of(
            "llama2",
            "llama3",
            "llama-biased",
            "smollm2",
            "mistral",
            "qwen2",
            "qwen2.5",
            "qwen3",
            "gemma2",
            "gemma3",
            "phi3",
            "phi4-mini",
            "smollm3",
            "granite",
            "olmo2",
            "llama-wide");

    public static Family of(String name) {
        ModelFiles files = ModelFiles.classPath(Family.class, "dev/espalier/backends/models/" + name);
        JsonObject json = JsonObject.read(new ModelFileSource(files), "expected.json");
        int[] tokens = json.list("tokens").orElseThrow().stream()
                .mapToInt(id -> ((BigDecimal) id).intValue())
                .toArray();
        List<?> rows = json.list("logits").orElseThrow();
        float[][] expected = new float[rows.size()][];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = floats((List<?>) rows.get(i));
        }
        return new Family(files, tokens, expected);
    }

    /** The files as those see them that read their formats. */
    public FileSource source() {
        return new ModelFileSource(files);
    }

    static float[] floats(List<?> numbers) {
        float[] floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = ((BigDecimal) numbers.get(i)).floatValue();
        }
        return floats;
    }

    static PyTorchModel load(String name) {
        return PyTorchModel.load(of(name).files(), name, LoadOptions.DEFAULT.withThreads(1));
    }

    /** The largest difference, relative for values above 1. */
    static double difference(Logits actual, float[] expected) {
        return difference(actual.toArray(), expected);
    }

    public static double difference(float[] actual, float[] expected) {
        if (actual.length != expected.length) {
            throw new AssertionError(actual.length + " logits instead of " + expected.length);
        }
        double most = 0;
        for (int i = 0; i < actual.length; i++) {
            double difference = Math.abs(actual[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
            most = difference > most || Double.isNaN(difference) ? difference : most;
        }
        return most;
    }
}
