// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.ModelException;
import dev.espalier.mask.vocabulary.TextPiece;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.ModelTemplate;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model from a GGUF file alone: weights, tokenizer, chat template. */
class GgufModelTest {

    @TempDir
    Path folder = Path.of("");

    private final Family family = Family.of("llama3");

    private Path file() throws IOException {
        Path path = folder.resolve("tiny.gguf");
        try (InputStream stream = new GZIPInputStream(family.files().open("model.gguf.gz"))) {
            Files.copy(stream, path);
        }
        return path;
    }

    @Test
    void theFileIsEnoughAndEqualsTheDirectory() throws IOException {
        try (PyTorchModel model = PyTorchModel.load(file());
                PyTorchModel directory = Family.load("llama3");
                Session session = model.open()) {
            Logits logits =
                    model.forward(List.of(Step.of(session, family.tokens()))).get(0);
            assertTrue(Family.difference(logits, family.expected()[family.tokens().length - 1]) <= 1e-4);
            assertEquals(64, model.vocabulary().size());
            assertEquals(128, model.contextLength());
            for (String text : List.of("", "the and", "in 10: {\"a\"}", " the  the", "<|end|>")) {
                assertArrayEquals(directory.encodePrompt(text), model.encodePrompt(text), text);
            }
            assertArrayEquals(
                    directory.encoder().encode("and then"), model.encoder().encode("and then"));
            for (int id = 0; id < 64; id++) {
                assertEquals(
                        directory.vocabulary().bytes(id), model.vocabulary().bytes(id), "token " + id);
            }
        }
    }

    @Test
    void itsTemplateAndSpecialTokensAreThere() throws IOException {
        try (PyTorchModel model = PyTorchModel.load(file())) {
            ModelTemplate template = model.template().orElseThrow();
            assertTrue(template.source().startsWith("{{ bos_token }}"));
            assertEquals(Map.of("bos_token", "<s>", "eos_token", "</s>"), template.tokens());
            assertArrayEquals(
                    new int[] {2}, model.encoder().encode(List.of(TextPiece.trusted("<|end|>"))), "a control token");
            int[] spelt = model.encoder().encode(List.of(TextPiece.untrusted("<s>")));
            assertTrue(Arrays.stream(spelt).noneMatch(model.vocabulary()::isSpecial), Arrays.toString(spelt));
            String text =
                    Arrays.stream(spelt).mapToObj(model.vocabulary()::text).collect(Collectors.joining());
            assertEquals("s", text, "the vocabulary has letters, but no brackets");
        }
    }

    @Test
    void aTruncatedFileIsNamed() throws IOException {
        Path whole = file();
        Path cut = folder.resolve("cut.gguf");
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        String message = Refusal.of(ModelException.class, () -> PyTorchModel.load(cut));
        assertTrue(message.contains("cut.gguf"), message);
    }
}
