// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.backends.file.JsonObject;
import java.math.BigDecimal;
import java.util.List;

/** A tiny model of masked diffusion among the test resources, with what another implementation computes for it. */
record DiffusionFamily(ModelFiles files, List<Case> cases) {

    static final List<String> NAMES = List.of("llada", "llada-tied", "dream");

    /** A prompt, a canvas (-1: free), and the logits of its free slots. */
    record Case(int[] prompt, int[] canvas, int[] slots, float[][] expected) {}

    static DiffusionFamily of(String name) {
        ModelFiles files = files(name);
        List<?> cases = JsonObject.read(new ModelFileSource(files), "expected.json")
                .list("cases")
                .orElseThrow();
        return new DiffusionFamily(
                files, cases.stream().map(one -> parse((JsonObject) one)).toList());
    }

    static ModelFiles files(String name) {
        return ModelFiles.classPath(DiffusionFamily.class, "dev/espalier/backends/models/" + name);
    }

    private static Case parse(JsonObject json) {
        float[][] rows = json.list("logits").orElseThrow().stream()
                .map(row -> Family.floats((List<?>) row))
                .toArray(float[][]::new);
        return new Case(integers(json, "prompt"), integers(json, "canvas"), integers(json, "slots"), rows);
    }

    private static int[] integers(JsonObject json, String name) {
        return json.list(name).orElseThrow().stream()
                .mapToInt(value -> ((BigDecimal) value).intValue())
                .toArray();
    }

    static PyTorchDiffusionModel load(String name, LoadOptions options, boolean deviceLogits) {
        return PyTorchDiffusionModel.load(files(name), name, options.withThreads(1), deviceLogits);
    }

    static PyTorchDiffusionModel load(String name) {
        return load(name, LoadOptions.DEFAULT, false);
    }
}
