// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.backends.Family;
import dev.espalier.backends.LoadOptions;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.backends.Refusal;
import dev.espalier.backends.gguf.GgufEdit;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model of llama.cpp beside one of PyTorch, and what it refuses. */
class LlamaModelTest {

    private static final LlamaOptions EXACT =
            LlamaOptions.DEFAULT.withThreads(1).withCacheType(CacheType.FLOAT32);

    @TempDir
    Path folder = Path.of("");

    private LlamaModel load(LlamaOptions options) throws IOException {
        return LlamaModel.load(TinyGguf.of("llama2", folder), options);
    }

    @ParameterizedTest
    @EnumSource(Libraries.class)
    void logitsAreThoseOfPyTorchForTheSameFile(Libraries which) throws IOException {
        LlamaLibrary library = which.library();
        for (String name : List.of("llama2", "qwen2.5", "granite", "olmo2")) {
            Family family = Family.of(name);
            Path file = TinyGguf.of(name, folder);
            try (LlamaModel model = LlamaModel.load(file, library, EXACT);
                    PyTorchModel torch = PyTorchModel.load(file, LoadOptions.DEFAULT.withThreads(1));
                    Session session = model.open();
                    Session other = torch.open()) {
                List<Logits> found = model.forwardEach(List.of(Step.of(session, family.tokens())))
                        .get(0);
                List<Logits> expected = torch.forwardEach(List.of(Step.of(other, family.tokens())))
                        .get(0);
                for (int i = 0; i < expected.size(); i++) {
                    double difference = Family.difference(
                            found.get(i).toArray(), expected.get(i).toArray());
                    assertTrue(difference <= 1e-4, name + " position " + i + ": " + difference);
                }
            }
        }
    }

    @Test
    void tokensTemplateAndContextAreThoseOfTheFile() throws IOException {
        Path file = TinyGguf.of("llama2", folder);
        try (LanguageModel model = LlamaModel.load(file, EXACT);
                LanguageModel torch = PyTorchModel.load(file, LoadOptions.DEFAULT.withThreads(1))) {
            assertEquals("llama2.gguf", model.name());
            assertEquals(TinyGguf.TOKENS, model.vocabulary().size());
            assertEquals(128, model.contextLength());
            assertEquals(torch.template(), model.template());
            assertArrayEquals(torch.vocabulary().endIds(), model.vocabulary().endIds());
            for (String text : List.of("", "the and", "in 10: {\"a\"}", "<|end|>")) {
                assertArrayEquals(torch.encodePrompt(text), model.encodePrompt(text), text);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Libraries.class)
    void aFullCacheFailsAndSessionsStayAsTheyWere(Libraries which) throws IOException {
        LlamaOptions options = EXACT.withCells(256).withSequences(4);
        int[] piece = new int[100];
        Arrays.fill(piece, 5);
        try (LlamaModel model = LlamaModel.load(TinyGguf.of("llama2", folder), which.library(), options)) {
            List<Session> full = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                full.add(model.open());
                model.forward(List.of(Step.of(full.get(i), piece)));
            }
            Session more = model.open();
            String message = Refusal.of(() -> model.forward(List.of(Step.of(more, piece), Step.of(full.get(0), 7))));
            assertTrue(message.contains("no room in the cache of 256 cells"), message);
            assertEquals(List.of(100, 0), List.of(full.get(0).length(), more.length()));
            full.get(1).close();
            float[] expected = alone(model, piece, 7);
            model.forward(List.of(Step.of(more, piece)));
            assertArrayEquals(expected, last(model, full.get(0), 7), 1e-4f);
            assertArrayEquals(expected, last(model, more, 7), 1e-4f);
        }
    }

    /** Free cells that are not side by side are found, too. */
    @ParameterizedTest
    @EnumSource(Libraries.class)
    void cellsOfClosedSessionsAreUsedAgain(Libraries which) throws IOException {
        LlamaOptions options = EXACT.withCells(256).withSequences(64);
        int[] piece = {3, 4, 5, 6};
        int[] longer = new int[100];
        Arrays.fill(longer, 5);
        try (LlamaModel model = LlamaModel.load(TinyGguf.of("llama2", folder), which.library(), options)) {
            List<Session> sessions = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                sessions.add(model.open());
                model.forward(List.of(Step.of(sessions.get(i), piece)));
            }
            for (int i = 0; i < 60; i += 2) {
                sessions.get(i).close();
            }
            Session session = model.open();
            float[] scattered =
                    model.forward(List.of(Step.of(session, longer))).get(0).toArray();
            sessions.forEach(Session::close);
            session.close();
            Session fresh = model.open();
            assertArrayEquals(
                    model.forward(List.of(Step.of(fresh, longer))).get(0).toArray(), scattered, 1e-4f);
        }
    }

    @Test
    void forksShareTheirCells() throws IOException {
        int[] piece = new int[100];
        Arrays.fill(piece, 5);
        try (LlamaModel model = load(EXACT.withCells(256).withSequences(32));
                Session session = model.open()) {
            model.forward(List.of(Step.of(session, piece)));
            List<Step> steps = new ArrayList<>();
            for (int i = 0; i < 31; i++) {
                steps.add(Step.of(session.fork(), 3 + i % 8));
            }
            List<Logits> rows = model.forward(steps);
            assertArrayEquals(rows.get(0).toArray(), rows.get(8).toArray(), 1e-4f);
            assertTrue(Refusal.of(session::fork).contains("LlamaOptions.sequences"));
            steps.forEach(step -> step.session().close());
            model.open().close();
        }
    }

    private static float[] alone(LanguageModel model, int[] before, int token) {
        try (Session session = model.open()) {
            model.forward(List.of(Step.of(session, before)));
            return last(model, session, token);
        }
    }

    private static float[] last(LanguageModel model, Session session, int token) {
        return model.forward(List.of(Step.of(session, token))).get(0).toArray();
    }

    @Test
    void logitsStayAndAllElseIsRefusedWhenItIsClosed() throws IOException {
        LlamaModel model = load(EXACT);
        Session session = model.open();
        Logits logits = model.forward(List.of(Step.of(session, 5))).get(0);
        float[] before = logits.toArray().clone();
        model.close();
        model.close();
        session.truncate(0);
        session.close();
        assertArrayEquals(before, logits.toArray());
        assertTrue(Refusal.of(model::open).contains("llama2.gguf is closed"));
    }

    @Test
    void aSessionOfAnotherModelIsRefused() throws IOException {
        try (LlamaModel model = load(EXACT);
                LlamaModel other = load(EXACT);
                Session session = other.open()) {
            assertTrue(Refusal.of(() -> model.forward(List.of(Step.of(session, 5))))
                    .contains("not opened by this model"));
        }
    }

    @Test
    void filesThatAreNoModelsAreRefusedByName() throws IOException {
        Path missing = folder.resolve("missing.gguf");
        assertTrue(Refusal.of(() -> LlamaModel.load(missing, EXACT)).contains(missing + ": cannot be read"));
        Path text = Files.writeString(folder.resolve("text.gguf"), "no model at all, but long enough for a header");
        assertTrue(Refusal.of(() -> LlamaModel.load(text, EXACT)).contains(text + ": not a GGUF file"));
        Path whole = TinyGguf.of("llama2", folder);
        byte[] bytes = Files.readAllBytes(whole);
        Path half = Files.write(folder.resolve("half.gguf"), Arrays.copyOf(bytes, bytes.length / 2));
        String message = Refusal.of(() -> LlamaModel.load(half, EXACT));
        assertTrue(
                message.contains(half + ": llama.cpp cannot load it") && message.contains("llama.cpp says: "), message);
    }

    @Test
    void whatLlamaCppCannotLoadIsRefusedInItsWords() throws IOException {
        Path unknown = TinyGguf.of("llama2", folder, Map.of("general.architecture", GgufEdit.text("lama")));
        String message = Refusal.of(() -> LlamaModel.load(unknown, EXACT));
        assertTrue(message.contains("unknown model architecture: 'lama'"), message);
        Path narrow = TinyGguf.narrow("llama2", folder);
        assertTrue(Refusal.of(() -> LlamaModel.load(narrow, EXACT)).contains("wrong shape"));
    }

    /** These would end the process. */
    @Test
    void numbersThatLlamaCppDoesNotSurviveAreRefused() throws IOException {
        for (int layers : new int[] {0, -1, 513}) {
            Path file = TinyGguf.of("llama2", folder, Map.of("llama.block_count", GgufEdit.int32(layers)));
            assertTrue(Refusal.of(() -> LlamaModel.load(file, EXACT)).contains("llama.block_count"));
        }
        for (float epsilon : new float[] {-1, Float.NaN, Float.NEGATIVE_INFINITY}) {
            String key = "llama.attention.layer_norm_rms_epsilon";
            Path file = TinyGguf.of("llama2", folder, Map.of(key, GgufEdit.float32(epsilon)));
            assertTrue(Refusal.of(() -> LlamaModel.load(file, EXACT)).contains(key));
        }
    }

    @Test
    void tokenizersThatAreNotFollowedAreRefused() throws IOException {
        Path unknown = TinyGguf.of("llama2", folder, Map.of("tokenizer.ggml.pre", GgufEdit.text("strange")));
        assertTrue(Refusal.of(UnsupportedFeatureException.class, () -> LlamaModel.load(unknown, EXACT))
                .contains("strange"));
    }
}
