// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import dev.espalier.backends.torch.TorchEngine;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import dev.espalier.sampler.contract.ModelContract;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code src/test/python/scripted.py} wrote the modules: after tokens t1 … tn the logit of id i is i · n − Σ t. */
class PrefixModelTest {

    private static final LoadOptions OPTIONS = LoadOptions.DEFAULT.withThreads(1);

    @TempDir
    static Path folder;

    @BeforeAll
    static void unpack() throws Exception {
        for (String name : List.of("counting.pt", "counting-bfloat16.pt")) {
            try (InputStream stream = PrefixModelTest.class.getResourceAsStream(name)) {
                Files.copy(stream, folder.resolve(name));
            }
        }
    }

    private static Vocabulary vocabulary() {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int id = 0; id < 16; id++) {
            builder.token(id, Character.toString('a' + id));
        }
        return builder.build();
    }

    private static int[] encode(String text) {
        return text.chars().map(c -> c - 'a').toArray();
    }

    private static void assertCounts(PrefixModel model) {
        try (model;
                Session session = model.open()) {
            assertLogits(model, session, 1, 3, 3);
            assertLogits(model, session, 3, 10, 2, 5);
            try (Session fork = session.fork()) {
                assertLogits(model, fork, 4, 19, 9);
                session.truncate(1);
                assertLogits(model, session, 2, 4, 1);
                assertEquals(4, fork.length());
            }
            assertThrows(ModelException.class, () -> model.forward(List.of(Step.of(session, 16))));
            assertThrows(ModelException.class, () -> model.forward(List.of(Step.of(session, new int[7]))));
            assertEquals(2, session.length());
        }
        assertThrows(ModelException.class, model::open);
    }

    private static void assertLogits(PrefixModel model, Session session, int count, int sum, int... tokens) {
        float[] expected = new float[16];
        for (int id = 0; id < 16; id++) {
            expected[id] = id * count - sum;
        }
        float[] actual = model.forward(List.of(Step.of(session, tokens))).get(0).toArray();
        assertArrayEquals(expected, actual);
    }

    @ParameterizedTest
    @ValueSource(strings = {"counting.pt", "counting-bfloat16.pt"})
    void aTorchScriptModuleIsALanguageModel(String name) {
        assertCounts(PrefixModel.torchScript(folder.resolve(name), vocabulary(), PrefixModelTest::encode, 8, OPTIONS));
    }

    @Test
    void aDjlModelIsALanguageModel() throws Exception {
        TorchEngine.prepare();
        ZooModel<NDList, NDList> model = Criteria.builder()
                .setTypes(NDList.class, NDList.class)
                .optEngine("PyTorch")
                .optModelPath(folder.resolve("counting.pt"))
                .build()
                .loadModel();
        assertCounts(PrefixModel.djl(model, vocabulary(), PrefixModelTest::encode, 8));
    }

    @Test
    void aFunctionIsALanguageModelAndItsFailuresAreTyped() {
        PrefixModel model = new PrefixModel(
                tokens -> {
                    if (tokens.length == 2) {
                        throw new IllegalStateException("broken");
                    }
                    return new float[tokens.length == 1 ? 16 : 15];
                },
                vocabulary(),
                PrefixModelTest::encode,
                8);
        try (model;
                Session session = model.open()) {
            model.forward(List.of(Step.of(session, 1)));
            assertThrows(ModelException.class, () -> model.forward(List.of(Step.of(session, 1))));
            String thrown = Refusal.of(() -> model.forward(List.of(Step.of(session, 1, 1))));
            assertTrue(thrown.contains("15 logits"), thrown);
            assertEquals(1, session.length());
        }
    }

    @Test
    void aFileThatIsNoModuleIsRefused() throws Exception {
        Path bad = Files.writeString(folder.resolve("bad.pt"), "not a module");
        assertThrows(
                ModelException.class,
                () -> PrefixModel.torchScript(bad, vocabulary(), PrefixModelTest::encode, 8, OPTIONS));
        assertThrows(
                ModelException.class,
                () -> PrefixModel.torchScript(
                        folder.resolve("none.pt"), vocabulary(), PrefixModelTest::encode, 8, OPTIONS));
    }

    @Test
    void itKeepsTheContractOfModels() {
        try (PrefixModel model = PrefixModel.torchScript(
                folder.resolve("counting.pt"), vocabulary(), PrefixModelTest::encode, 40, OPTIONS)) {
            assertEquals(
                    List.of(),
                    ModelContract.of(model, 0, 3, 5, 15).withRounds(2, 12).violations());
        }
    }
}
