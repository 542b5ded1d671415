// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.pytorch.engine.PtNDArray;
import dev.espalier.backends.checkpoint.DiffusionConfig;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.ModelException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.Logits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PyTorchDiffusionModelTest {

    private static final int[] START = {0};

    /** The logits of all free slots of a canvas. */
    private interface Pass {
        List<float[]> logits(Canvas canvas, int[] slots);
    }

    @Test
    void itsTemplateIsThatOfItsFiles() {
        ModelFiles files = Overlay.of(
                DiffusionFamily.files("dream"),
                "chat_template.jinja",
                "{{ messages }}".getBytes(StandardCharsets.UTF_8));
        try (PyTorchDiffusionModel model =
                PyTorchDiffusionModel.load(files, "dream", LoadOptions.DEFAULT.withThreads(1))) {
            assertEquals("{{ messages }}", model.template().orElseThrow().source());
        }
    }

    /** Fills a canvas of ten slots by the most probable token, the most confident slot of each pass first. */
    private static String decode(Vocabulary vocabulary, Pass pass) {
        Canvas canvas = Canvas.blank(vocabulary, 10);
        while (canvas.freeSlots() > 0) {
            Canvas now = canvas;
            int[] free = IntStream.range(0, now.size()).filter(now::isFree).toArray();
            List<float[]> rows = pass.logits(now, free);
            double best = -1;
            for (int i = 0; i < free.length; i++) {
                float[] row = rows.get(i);
                int token = IntStream.range(0, row.length).reduce(0, (a, b) -> row[b] > row[a] ? b : a);
                double sum = 0;
                for (float value : row) {
                    sum += Math.exp(value - row[token]);
                }
                if (1 / sum > best + 1e-9) {
                    best = 1 / sum;
                    canvas = now.with(free[i], token);
                }
            }
        }
        int[] text = Arrays.stream(canvas.tokens())
                .takeWhile(token -> !vocabulary.isEnd(token))
                .toArray();
        return new String(vocabulary.decode(text), StandardCharsets.UTF_8);
    }

    private static Pass asTheModelSays(PyTorchDiffusionModel model) {
        return (canvas, slots) -> model.forward(START, canvas, slots).stream()
                .map(Logits::toArray)
                .toList();
    }

    /** Reads the logits of slot i in the row of slot i + offset. */
    private static String decodeFromRows(String name, int offset) {
        ModelFiles files = DiffusionFamily.files(name);
        DiffusionConfig config = DiffusionConfig.read(new ModelFileSource(files));
        LoadOptions options = LoadOptions.DEFAULT.withThreads(1);
        try (LoadedModel loaded = LoadedModel.load(files, config.network(), options, false)) {
            return decode(loaded.vocabulary(), (canvas, slots) -> {
                long[] ids = new long[1 + canvas.size()];
                for (int slot = 0; slot < canvas.size(); slot++) {
                    ids[1 + slot] = canvas.isFree(slot) ? config.maskId() : canvas.token(slot);
                }
                long[] rows = Arrays.stream(slots)
                        .mapToLong(slot -> 1 + slot + offset)
                        .toArray();
                PtNDArray logits = loaded.network().canvas(ids, rows);
                return loaded.rows().copied(logits, () -> loaded.network().fault(null)).stream()
                        .map(Logits::toArray)
                        .toList();
            });
        }
    }

    @Test
    void dreamsRowBeforeASlotDecidesIt() {
        try (PyTorchDiffusionModel dream = DiffusionFamily.load("dream-chain")) {
            assertEquals("[-1.5e0]", decode(dream.vocabulary(), asTheModelSays(dream)));
        }
        assertEquals("[-1.5e0]", decodeFromRows("dream-chain", -1));
        assertNotEquals("[-1.5e0]", decodeFromRows("dream-chain", 0));
    }

    @Test
    void lladasOwnRowOfASlotDecidesIt() {
        try (PyTorchDiffusionModel llada = DiffusionFamily.load("llada-chain")) {
            assertEquals("[-1.5e0]", decode(llada.vocabulary(), asTheModelSays(llada)));
        }
        assertEquals("[-1.5e0]", decodeFromRows("llada-chain", 0));
        assertNotEquals("[-1.5e0]", decodeFromRows("llada-chain", -1));
    }

    @Test
    void aSlotThatIsFreedAgainHasTheLogitsOfBefore() {
        try (PyTorchDiffusionModel model = DiffusionFamily.load("llada")) {
            int[] prompt = {3, 4, 5};
            Canvas canvas = Canvas.blank(model.vocabulary(), 4);
            float[] before = model.forward(prompt, canvas, new int[] {2}).get(0).toArray();
            float[] fixed = model.forward(prompt, canvas.with(3, 9), new int[] {2})
                    .get(0)
                    .toArray();
            float[] after = model.forward(prompt, canvas.with(3, 9).withFree(3), new int[] {2})
                    .get(0)
                    .toArray();
            assertTrue(Family.difference(fixed, before) > 0.01, "what stands to the right is seen");
            assertEquals(0, Family.difference(after, before), 1e-6);
        }
    }

    @Test
    void logitsOnTheDeviceAreGoneAfterTheNextPass() {
        try (PyTorchDiffusionModel model = DiffusionFamily.load("dream", LoadOptions.DEFAULT, true)) {
            Canvas canvas = Canvas.blank(model.vocabulary(), 2);
            Logits first = model.forward(START, canvas, new int[] {0, 1}).get(1);
            assertEquals(72, first.size());
            model.forward(START, canvas, new int[0]);
            assertThrows(ModelException.class, first::toArray);
        }
    }

    @Test
    void slotsThatHaveNoLogitsAreRefused() {
        try (PyTorchDiffusionModel model = DiffusionFamily.load("dream")) {
            Canvas canvas = Canvas.of(model.vocabulary(), -1, 5, -1);
            for (int[] slots :
                    List.of(new int[] {1}, new int[] {2, 0}, new int[] {0, 0}, new int[] {3}, new int[] {-1})) {
                assertThrows(
                        InvalidInputException.class, () -> model.forward(START, canvas, slots), Arrays.toString(slots));
            }
            String masked = Refusal.of(
                    InvalidInputException.class,
                    () -> model.forward(START, canvas.with(1, model.maskId()), new int[] {0}));
            assertTrue(masked.contains("slot 1 is fixed to the mask token 58"), masked);
            Vocabulary other = Vocabulary.builder().token(0, "a").build();
            assertThrows(
                    InvalidInputException.class, () -> model.forward(START, Canvas.blank(other, 1), new int[] {0}));
            assertThrows(ModelException.class, () -> model.forward(new int[] {72}, canvas, new int[] {0}));
        }
    }

    @Test
    void promptAndCanvasMustFitTheContextTogether() {
        LoadOptions options = LoadOptions.DEFAULT.withContextLength(12);
        try (PyTorchDiffusionModel model = DiffusionFamily.load("llada", options, false)) {
            assertEquals(12, model.contextLength());
            Canvas canvas = Canvas.blank(model.vocabulary(), 8);
            assertEquals(
                    1,
                    model.forward(new int[] {3, 3, 3, 3}, canvas, new int[] {7}).size());
            String thrown = Refusal.of(() -> model.forward(new int[] {3, 3, 3, 3, 3}, canvas, new int[] {7}));
            assertEquals("a prompt of 5 tokens and a canvas of 8 slots do not fit: the context length is 12", thrown);
        }
        try (PyTorchDiffusionModel model = DiffusionFamily.load("llada")) {
            Canvas canvas = Canvas.blank(model.vocabulary(), 49);
            Refusal.of(() -> model.forward(new int[0], canvas, new int[] {7}));
        }
    }

    @Test
    void aClosedModelRefusesPasses() {
        PyTorchDiffusionModel model = DiffusionFamily.load("dream");
        Canvas canvas = Canvas.blank(model.vocabulary(), 1);
        model.close();
        model.close();
        String thrown = Refusal.of(() -> model.forward(START, canvas, new int[] {0}));
        assertEquals("model dream is closed", thrown);
    }

    @Test
    void causalModelsAndDiffusionModelsAreNotMistakenForEachOther() {
        for (String name : Family.NAMES) {
            ModelFiles files = Family.of(name).files();
            String thrown = Refusal.of(
                    UnsupportedFeatureException.class,
                    () -> PyTorchDiffusionModel.load(files, name, LoadOptions.DEFAULT));
            assertTrue(thrown.contains("writes from left to right"), thrown);
            assertTrue(thrown.contains("ForCausalLM"), thrown);
        }
        for (String name : DiffusionFamily.NAMES) {
            String thrown = Refusal.of(
                    UnsupportedFeatureException.class,
                    () -> PyTorchModel.load(DiffusionFamily.files(name), name, LoadOptions.DEFAULT));
            assertTrue(thrown.contains("is a model of masked diffusion"), thrown);
            assertTrue(thrown.contains(name.equals("dream") ? "DreamModel" : "LLaDAModelLM"), thrown);
        }
    }

    @Test
    void otherArchitecturesAreRefusedByName() throws IOException {
        ModelFiles files =
                Overlay.edited(DiffusionFamily.files("llada"), "config.json", "LLaDAModelLM", "LLaDAMoEModelLM");
        String thrown = Refusal.of(
                UnsupportedFeatureException.class, () -> PyTorchDiffusionModel.load(files, "moe", LoadOptions.DEFAULT));
        assertTrue(thrown.contains("LLaDAMoEModelLM is not supported"), thrown);
        assertTrue(thrown.contains("LLaDAModelLM, DreamModel"), thrown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "llada|\"alibi\": false|\"alibi\": true|alibi",
                "llada|\"rope\": true|\"rope\": false|rope",
                "llada|\"rope\": true,|\"ropes\": true,|rope",
                "llada|\"block_type\": \"llama\"|\"block_type\": \"sequential\"|block_type",
                "llada|\"layer_norm_type\": \"rms\"|\"layer_norm_type\": \"gemma_rms\"|layer_norm_type",
                "llada|\"activation_type\": \"silu\"|\"activation_type\": \"gelu\"|activation_type",
                "llada|\"include_bias\": false|\"include_bias\": true|include_bias",
                "llada|\"scale_logits\": false|\"scale_logits\": true|scale_logits",
                "llada|\"use_cache\": true|\"clip_qkv\": 8.0|clip_qkv",
                "dream|\"use_sliding_window\": false|\"use_sliding_window\": true|use_sliding_window",
                "dream|\"use_mrope\": false|\"use_mrope\": true|use_mrope",
                "dream|\"hidden_act\": \"silu\"|\"hidden_act\": \"gelu\"|hidden_act"
            })
    void whatChangesTheComputationAndIsNotSupportedIsRefusedByName(String name, String from, String to, String feature)
            throws IOException {
        Overlay changed = Overlay.edited(DiffusionFamily.files(name), "config.json", from, to);
        var thrown = assertThrows(UnsupportedFeatureException.class, () -> DiffusionConfig.read(changed));
        assertEquals(feature, thrown.feature());
        assertTrue(String.valueOf(thrown.getMessage()).startsWith("overlay/config.json at #/"), thrown::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "llada|\"mask_token_id\": 71|\"mask_token\": 71|mask_token_id is missing",
                "llada|\"mask_token_id\": 71|\"mask_token_id\": 72|an id below the 72 of the vocabulary",
                "llada|\"mask_token_id\": 71|\"mask_token_id\": 12|is an ordinary token of the vocabulary",
                "llada|\"n_heads\": 4|\"n_heads\": 5|an even number for each of n_heads, 5",
                "llada|\"n_kv_heads\": 4|\"n_kv_heads\": 3|a divisor of n_heads, 4",
                "llada|\"max_sequence_length\": 48|\"length\": 48|max_sequence_length is missing",
                "llada|\"embedding_size\": 72|\"embedding_size\": 50|an integer from 64",
                "llada|\"embedding_size\": 72|\"embedding_size\": 80|has shape [72, 32]; config.json asks for [80, 32]",
                "llada|\"include_qkv_bias\": false|\"include_qkv_bias\": true|model.transformer.blocks.0.q_proj.bias is missing",
                "llada|\"n_layers\": 2|\"n_layers\": 3|tensor model.transformer.blocks.2.q_proj.weight is missing",
                "dream|\"mask_token_id\": 58|\"mask_token_id\": -1|an integer from 0"
            })
    void whatDoesNotFitIsNamed(String name, String from, String to, String message) throws IOException {
        ModelFiles changed = Overlay.edited(DiffusionFamily.files(name), "config.json", from, to);
        String thrown = Refusal.of(() -> PyTorchDiffusionModel.load(changed, name, LoadOptions.DEFAULT));
        assertTrue(thrown.contains(message), thrown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "tokenizer.json", "model.safetensors"})
    void aMissingFileIsNamed(String file) {
        List<String> messages = new ArrayList<>();
        for (String name : DiffusionFamily.NAMES) {
            ModelFiles files = Overlay.without(DiffusionFamily.files(name), file);
            messages.add(Refusal.of(() -> PyTorchDiffusionModel.load(files, name, LoadOptions.DEFAULT)));
        }
        assertTrue(messages.stream().allMatch(message -> message.contains(file)), messages::toString);
    }

    @Test
    void aDirectoryThatIsNoneIsNamed(@TempDir Path folder) {
        Path none = folder.resolve("none");
        String thrown = Refusal.of(() -> PyTorchDiffusionModel.load(none));
        assertTrue(thrown.contains(none + ": expected a directory"), thrown);
        String empty = Refusal.of(() -> PyTorchDiffusionModel.load(folder, LoadOptions.DEFAULT));
        assertTrue(empty.contains("config.json"), empty);
    }
}
