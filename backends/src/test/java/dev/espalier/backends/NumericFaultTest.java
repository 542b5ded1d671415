// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.ModelException;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logits that are not finite are an error that names the file, and the tensor or the step. */
class NumericFaultTest {

    private static final LoadOptions OPTIONS =
            LoadOptions.DEFAULT.withThreads(1).withPrecision(Precision.FLOAT32);
    private static final String LAYER = "model.layers.1.";

    /** The only token of {@link #overflowing} whose values overflow. */
    static final int BAD = 7;

    private static PyTorchModel load(ModelFiles files, LoadOptions options, boolean deviceLogits) {
        return PyTorchModel.load(files, "tiny", options, deviceLogits);
    }

    private static String failure(ModelFiles files, LoadOptions options) {
        try (PyTorchModel model = load(files, options, false);
                Session session = model.open()) {
            String message = Refusal.of(ModelException.class, () -> model.forward(List.of(Step.of(session, 5, 6))));
            assertEquals(0, session.length());
            assertEquals(
                    message,
                    Refusal.of(ModelException.class, () -> model.forwardEach(List.of(Step.of(session, 5, 6)))));
            return message;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "llama2, model.embed_tokens.weight, 5",
        "llama2, lm_head.weight, 3",
        "llama2, model.norm.weight, 0",
        "llama2, model.layers.1.input_layernorm.weight, 0",
        "llama2, model.layers.0.post_attention_layernorm.weight, 0",
        "llama2, model.layers.1.self_attn.q_proj.weight, 31",
        "llama2, model.layers.1.self_attn.k_proj.weight, 0",
        "llama2, model.layers.1.self_attn.v_proj.weight, 31",
        "llama2, model.layers.0.self_attn.o_proj.weight, 4",
        "llama2, model.layers.1.mlp.gate_proj.weight, 47",
        "llama2, model.layers.1.mlp.up_proj.weight, 0",
        "llama2, model.layers.1.mlp.down_proj.weight, 9",
        "qwen2, model.layers.1.self_attn.q_proj.bias, 0",
        "qwen2, model.layers.0.self_attn.v_proj.bias, 0",
        "olmo2, model.layers.1.self_attn.q_norm.weight, 0",
        "gemma3, model.layers.0.self_attn.k_norm.weight, 0",
        "gemma2, model.layers.1.post_feedforward_layernorm.weight, 0",
    })
    void aWeightThatIsNotFiniteIsNamed(String name, String tensor, int row) throws IOException {
        for (float weight : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            ModelFiles files = SafetensorsEdit.of(Family.of(name).files(), tensor, row, 2, weight);
            for (Precision precision : List.of(Precision.FLOAT32, Precision.INT8)) {
                String message = failure(files, OPTIONS.withPrecision(precision));
                assertTrue(
                        message.startsWith(
                                "overlay/model.safetensors: tensor " + tensor + " has a weight that is not finite"),
                        message);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "self_attn.v_proj, 1e38, FLOAT32",
        "self_attn.o_proj, 3e38, FLOAT32",
        "mlp.gate_proj, 3e38, FLOAT32",
        "mlp.up_proj, 6e4, FLOAT16",
        "self_attn.q_proj, 6e4, FLOAT16",
        "mlp.up_proj, 3e38, BFLOAT16"
    })
    void theStepWhoseValuesOverflowIsNamed(String step, float weight, Precision precision) throws IOException {
        ModelFiles files = SafetensorsEdit.of(
                Family.of("llama2").files(),
                LAYER + step + ".weight",
                (row, column, old) -> old < 0 ? -weight : weight);
        String message = failure(files, OPTIONS.withPrecision(precision));
        assertTrue(message.startsWith("overlay/model.safetensors: tensor " + LAYER + step + ".weight: "), message);
        assertTrue(message.contains("infinite values") || message.contains("NaN"), message);
        assertEquals(precision == Precision.FLOAT16, message.contains("try bf16 or f32"), message);
    }

    @Test
    void aWeightTooLargeForHalfFloatsIsToldFromADamagedFile() throws IOException {
        ModelFiles files =
                SafetensorsEdit.of(Family.of("llama2").files(), LAYER + "mlp.down_proj.weight", 3, 4, 70_000);
        String message = failure(files, OPTIONS.withPrecision(Precision.FLOAT16));
        assertTrue(message.contains(LAYER + "mlp.down_proj.weight has a weight"), message);
        assertTrue(message.contains("too large for float16: try bf16 or f32"), message);
        try (PyTorchModel model = load(files, OPTIONS.withPrecision(Precision.BFLOAT16), false);
                Session session = model.open()) {
            model.forward(List.of(Step.of(session, 5, 6)));
            assertEquals(2, session.length());
        }
    }

    /** Only the token {@link #BAD} has a first coordinate, and the first layer multiplies it by the largest float. */
    static ModelFiles overflowing() throws IOException {
        ModelFiles files =
                Overlay.edited(Family.of("llama2").files(), "config.json", "embeddings\": 128", "embeddings\": 4096");
        files = edited(files, "model.embed_tokens", (row, column, old) -> column > 0 ? old : row == BAD ? 10 : 0);
        files = edited(files, "model.layers.0.self_attn.o_proj", (row, column, old) -> row == 0 ? 0 : old);
        return edited(files, "model.layers.0.mlp.up_proj", (row, column, old) -> column == 0 ? Float.MAX_VALUE : old);
    }

    private static ModelFiles edited(ModelFiles files, String tensor, SafetensorsEdit.Change change)
            throws IOException {
        return SafetensorsEdit.of(files, tensor + ".weight", change);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theTokenThatOverflowsIsFoundInItsPieceOfALongPrompt(boolean deviceLogits) throws IOException {
        int[] prompt = new int[1500];
        Arrays.fill(prompt, 5);
        prompt[3] = BAD;
        try (PyTorchModel model = load(overflowing(), OPTIONS, deviceLogits);
                Session session = model.open()) {
            String message = Refusal.of(ModelException.class, () -> model.forward(List.of(Step.of(session, prompt))));
            assertTrue(
                    message.contains(
                            "tensor model.layers.0.mlp.up_proj.weight: the forward pass gives infinite values"),
                    message);
            assertEquals(0, session.length());
            prompt[3] = 5;
            model.forward(List.of(Step.of(session, prompt)));
            assertEquals(1500, session.length());
        }
    }

    @Test
    void rowsBesideOneThatFailsAreWhatTheyAreAlone() throws IOException {
        try (PyTorchModel model = load(overflowing(), OPTIONS, true);
                PyTorchModel onHost = load(overflowing(), OPTIONS, false);
                Session good = model.open();
                Session bad = model.open();
                Session alone = onHost.open()) {
            float[] expected = onHost.forward(List.of(Step.of(alone, 5))).get(0).toArray();
            List<Logits> rows = model.forward(List.of(Step.of(bad, BAD), Step.of(good, 5)));
            long[] all = {-1L};
            String failure = Refusal.of(
                    ModelException.class, () -> rows.get(0).sample(all, SamplingParameters.DEFAULT, () -> 0.5));
            assertTrue(failure.contains("mlp.up_proj"), failure);
            assertTrue(Refusal.of(ModelException.class, rows.get(0)::toArray).contains("mlp.up_proj"));
            assertArrayEquals(expected, rows.get(1).toArray(), 1e-5f);
            assertTrue(rows.get(1)
                    .sample(all, SamplingParameters.DEFAULT, () -> 0.5)
                    .isPresent());
            bad.close();
            String closed = Refusal.of(ModelException.class, rows.get(0)::toArray);
            assertTrue(closed.startsWith("the logits are not finite in float32, though all weights are"), closed);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMaskedDiffusionModelNamesThemToo(boolean deviceLogits) throws IOException {
        ModelFiles files = DiffusionFamily.files("llada");
        String tensor = "model.transformer.blocks.1.ff_out.weight";
        assertDiffusion(
                SafetensorsEdit.of(files, tensor, 3, 3, Float.NaN),
                tensor + " has a weight that is not finite",
                deviceLogits);
        assertDiffusion(
                SafetensorsEdit.of(files, tensor, (row, column, old) -> old < 0 ? -3e38f : 3e38f),
                tensor + ": the forward pass gives ",
                deviceLogits);
    }

    private static void assertDiffusion(ModelFiles files, String message, boolean deviceLogits) {
        try (PyTorchDiffusionModel model = PyTorchDiffusionModel.load(files, "tiny", OPTIONS, deviceLogits)) {
            Canvas canvas = Canvas.blank(model.vocabulary(), 4);
            String thrown = Refusal.of(
                    ModelException.class,
                    () -> model.forward(new int[] {5}, canvas, new int[] {0, 1})
                            .get(0)
                            .toArray());
            assertTrue(thrown.startsWith("overlay/model.safetensors: tensor " + message), thrown);
        }
    }
}
