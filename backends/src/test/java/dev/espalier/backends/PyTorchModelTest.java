// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PyTorchModelTest {

    private static final Family FAMILY = Family.of("qwen2");
    private static final int[] TOKENS = FAMILY.tokens();
    private static final double TOLERANCE = 1e-4;
    private static PyTorchModel model;

    @BeforeAll
    static void load() throws IOException {
        ModelFiles longer = Overlay.edited(FAMILY.files(), "config.json", "embeddings\": 128", "embeddings\": 4096");
        model = PyTorchModel.load(longer, "qwen2", LoadOptions.DEFAULT.withThreads(1));
    }

    @AfterAll
    static void close() {
        model.close();
        model.close();
    }

    private static float[] logits(Session session, int... tokens) {
        return model.forward(List.of(Step.of(session, tokens))).get(0).toArray();
    }

    private static void assertSame(float[] expected, float[] actual, String where) {
        double difference = Family.difference(actual, expected);
        assertTrue(difference <= TOLERANCE, where + ": " + difference);
    }

    @Test
    void aBatchOfMixedLengthsGivesWhatEachStepGivesAlone() {
        long seed = 7;
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            List<Session> sessions = new ArrayList<>();
            List<Step> batch = new ArrayList<>();
            List<Integer> lengths = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(5); i++) {
                Session session = model.open();
                int before = random.nextInt(12);
                int count = 1 + random.nextInt(random.nextBoolean() ? 1 : 12);
                if (before > 0) {
                    logits(session, Arrays.copyOf(TOKENS, before));
                }
                sessions.add(session);
                batch.add(Step.of(session, Arrays.copyOfRange(TOKENS, before, before + count)));
                lengths.add(before + count);
            }
            List<Logits> results = model.forward(batch);
            for (int i = 0; i < batch.size(); i++) {
                String where = "seed " + seed + " round " + round + " step " + i;
                assertSame(FAMILY.expected()[lengths.get(i) - 1], results.get(i).toArray(), where);
                assertEquals(lengths.get(i), sessions.get(i).length(), where);
            }
            sessions.forEach(Session::close);
        }
    }

    @Test
    void aForkGoesItsOwnWay() {
        try (Session first = model.open()) {
            logits(first, Arrays.copyOf(TOKENS, 10));
            try (Session second = first.fork()) {
                logits(second, 3, 3, 3);
                assertSame(FAMILY.expected()[10], logits(first, TOKENS[10]), "first");
                second.truncate(10);
                assertSame(FAMILY.expected()[10], logits(second, TOKENS[10]), "second");
                assertEquals(11, second.length());
            }
            assertSame(FAMILY.expected()[11], logits(first, TOKENS[11]), "first, after the fork is closed");
            try (Session empty = model.open();
                    Session copy = empty.fork()) {
                assertSame(FAMILY.expected()[2], logits(copy, Arrays.copyOf(TOKENS, 3)), "fork of an empty session");
                assertEquals(0, empty.length());
            }
        }
    }

    @Test
    void truncatingForgetsExactlyTheLastTokens() {
        try (Session session = model.open()) {
            logits(session, Arrays.copyOf(TOKENS, 12));
            for (int length : new int[] {8, 3, 0}) {
                session.truncate(length);
                int[] rest = Arrays.copyOfRange(TOKENS, length, 20);
                assertSame(FAMILY.expected()[19], logits(session, rest), "truncated to " + length);
            }
            assertThrows(ModelException.class, () -> session.truncate(21));
            assertThrows(ModelException.class, () -> session.truncate(-1));
            assertEquals(20, session.length());
        }
    }

    @Test
    void longPromptsInPiecesAndSessionsThatGrowBetweenOthersKeepTheirTokens() {
        long seed = 11;
        Random random = new Random(seed);
        int[] text = random.ints(1500, 3, 57).toArray();
        float[] expected;
        try (Session whole = model.open()) {
            expected = logits(whole, text);
        }
        List<Session> sessions = List.of(model.open(), model.open(), model.open());
        int[] done = new int[3];
        float[][] last = new float[3][];
        while (Arrays.stream(done).anyMatch(d -> d < text.length)) {
            int i = random.nextInt(3);
            int count = Math.min(text.length - done[i], 1 + random.nextInt(400));
            if (count > 0) {
                last[i] = logits(sessions.get(i), Arrays.copyOfRange(text, done[i], done[i] + count));
                done[i] += count;
            }
        }
        for (int i = 0; i < 3; i++) {
            assertSame(expected, last[i], "seed " + seed + " session " + i);
            sessions.get(i).close();
        }
    }

    @Test
    void aRefusedPassLeavesAllSessionsAsTheyWere() {
        try (Session session = model.open();
                Session other = model.open()) {
            logits(session, Arrays.copyOf(TOKENS, 5));
            Session closed = model.open();
            closed.close();
            closed.close();
            Step good = Step.of(session, TOKENS[5]);
            assertRefused("outside the vocabulary", good, Step.of(other, 64));
            assertRefused("outside the vocabulary", good, Step.of(other, -1));
            assertRefused("context length", good, Step.of(other, new int[4097]));
            assertRefused("same session", good, Step.of(session, 5));
            assertRefused("closed", good, Step.of(closed, 5));
            assertThrows(ModelException.class, () -> model.forward(List.of()));
            assertThrows(ModelException.class, closed::length);
            assertThrows(ModelException.class, closed::fork);
            assertEquals(5, session.length());
            assertSame(FAMILY.expected()[5], logits(session, TOKENS[5]), "after refusals");
        }
    }

    private static void assertRefused(String message, Step... steps) {
        String thrown = Refusal.of(() -> model.forward(List.of(steps)));
        assertTrue(thrown.contains(message), thrown);
    }

    @Test
    void sessionsThatComeAndGoLeaveNothingBehind() {
        Session kept = model.open();
        logits(kept, Arrays.copyOf(TOKENS, 5));
        int[] before = new int[0];
        long resident = 0;
        for (int i = 0; i < 1000; i++) {
            try (Session session = model.open()) {
                logits(session, Arrays.copyOf(TOKENS, 1 + i % 20));
                try (Session fork = session.fork()) {
                    logits(fork, 5);
                }
            }
            if (i == 100) {
                before = model.rows();
                resident = Memory.resident();
            }
        }
        assertArrayEquals(before, model.rows());
        assertTrue(Memory.resident() - resident < 48 << 20, "grew by " + (Memory.resident() - resident) + " bytes");
        kept.close();
    }

    @Test
    void aClosedModelOpensAndComputesNothingAndCanBeClosedAgain() {
        PyTorchModel other = Family.load("smollm2");
        Session session = other.open();
        assertThrows(ModelException.class, () -> model.forward(List.of(Step.of(session, 5))));
        other.forward(List.of(Step.of(session, 5)));
        other.close();
        other.close();
        session.close();
        assertThrows(ModelException.class, other::open);
        assertThrows(ModelException.class, () -> other.forward(List.of(Step.of(session, 5))));
        assertArrayEquals(model.encodePrompt("a"), other.encodePrompt("a"), "the tokenizer needs no network");
    }

    @Test
    void brokenDirectoriesAreRefusedWithTheFileAndWhatIsWrong() throws IOException {
        ModelFiles files = FAMILY.files();
        assertUnloadable(ModelException.class, "config.json", Overlay.without(files, "config.json"));
        assertUnloadable(ModelException.class, "tokenizer.json", Overlay.without(files, "tokenizer.json"));
        assertUnloadable(
                ModelException.class, "model.safetensors.index.json", Overlay.without(files, "model.safetensors"));
        assertUnloadable(
                InvalidInputException.class,
                "tokenizer.json",
                Overlay.of(files, "tokenizer.json", "{}".getBytes(StandardCharsets.UTF_8)));
        assertUnloadable(
                ModelException.class,
                "tensor model.layers.0.self_attn.k_proj.bias has shape [16]; config.json asks for [32]",
                Overlay.configured(files, "\"head_dim\": 16"));
        assertUnloadable(
                ModelException.class,
                "tensor model.layers.2.self_attn.q_proj.weight is missing",
                Overlay.edited(files, "config.json", "layers\": 2", "layers\": 3"));
        assertUnloadable(
                ModelException.class,
                "is not part of LlamaForCausalLM with this config.json",
                Overlay.edited(files, "config.json", "Qwen2For", "LlamaFor"));
        assertUnloadable(
                InvalidInputException.class,
                "another model",
                Overlay.edited(files, "config.json", "vocab_size\": 64", "vocab_size\": 40"));
        assertThrows(ModelException.class, () -> PyTorchModel.load(Path.of("no-such-directory")));
    }

    @Test
    void brokenIndexesAreRefused() throws IOException {
        ModelFiles files = Family.of("smollm2").files();
        String index = "model.safetensors.index.json";
        assertUnloadable(
                ModelException.class,
                "the plain name of a file",
                Overlay.edited(files, index, "model-00001", "../model-00001"));
        assertUnloadable(
                ModelException.class, "there is no such file", Overlay.edited(files, index, "00001-of", "00009-of"));
        byte[] first = files.open("model-00001-of-00003.safetensors").readAllBytes();
        assertUnloadable(
                ModelException.class, "is also in", Overlay.of(files, "model-00002-of-00003.safetensors", first));
        assertUnloadable(
                ModelException.class,
                "truncated",
                Overlay.of(files, "model-00001-of-00003.safetensors", Arrays.copyOf(first, first.length - 1)));
    }

    private static void assertUnloadable(Class<? extends EspalierException> type, String message, ModelFiles files) {
        String thrown = Refusal.of(type, () -> PyTorchModel.load(files, "broken", LoadOptions.DEFAULT));
        assertTrue(thrown.contains(message), thrown);
    }

    @Test
    void withoutCudaTheMessageSaysWhatToDo() {
        LoadOptions options = LoadOptions.DEFAULT.withDevice(ComputeDevice.parse("cuda:1"));
        String thrown = Refusal.of(() -> PyTorchModel.load(FAMILY.files(), "qwen2", options));
        assertTrue(thrown.contains("cuda:1") && thrown.contains("PYTORCH_LIBRARY_PATH"), thrown);
        assertThrows(InvalidInputException.class, () -> ComputeDevice.parse("gpu"));
        assertEquals(ComputeDevice.CPU, ComputeDevice.parse("cpu"));
    }

    @Test
    void theContextIsTheSmallerOfTheModelsAndTheOptions() {
        LoadOptions options = LoadOptions.DEFAULT.withThreads(1).withContextLength(20);
        try (PyTorchModel small = PyTorchModel.load(FAMILY.files(), "qwen2", options);
                Session session = small.open()) {
            assertEquals(20, small.contextLength());
            assertThrows(ModelException.class, () -> small.forward(List.of(Step.of(session, new int[21]))));
            small.forward(List.of(Step.of(session, new int[20])));
            assertThrows(ModelException.class, () -> small.forward(List.of(Step.of(session, 5))));
        }
    }
}
