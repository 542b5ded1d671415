// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.backends.LoadOptions;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import dev.espalier.sprig.Sprig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomModelTest {

    @Test
    void aModelOfASeedIsMadeOnceAndLoads(@TempDir Path folder) throws IOException {
        Path tokenizer = folder.resolve("words.json");
        try (InputStream stream = Sprig.class.getResourceAsStream("/dev/espalier/sprig/tokenizer.json")) {
            Files.copy(Objects.requireNonNull(stream), tokenizer);
        }
        RandomModel model = new RandomModel(tokenizer, 1_000_000, 7);
        Path directory = model.in(folder);
        byte[] weights = Files.readAllBytes(directory.resolve("model.safetensors"));
        assertEquals(model.name(2048), directory.getFileName().toString());
        assertTrue(weights.length > 2 * model.parameters(2048));
        assertTrue(model.parameters(2048) >= 1_000_000);
        Files.writeString(directory.resolve("note"), "kept");
        assertEquals(directory, model.in(folder), "it is there already");
        assertTrue(Files.exists(directory.resolve("note")));
        Path again = model.in(folder.resolve("again"));
        assertArrayEquals(weights, Files.readAllBytes(again.resolve("model.safetensors")));
        try (PyTorchModel loaded = PyTorchModel.load(directory, LoadOptions.DEFAULT);
                Session session = loaded.open()) {
            float[] logits = loaded.forward(List.of(Step.of(session, 5))).get(0).toArray();
            assertEquals(2048, logits.length);
            assertTrue(logits[3] != logits[4]);
            for (float logit : logits) {
                assertTrue(Math.abs(logit) < 20, "logits are small, so that a raised one wins: " + logit);
            }
        }
    }

    @Test
    void aTokenizerThatIsNotThereIsRefusedBeforeAnythingIsWritten(@TempDir Path folder) {
        RandomModel model = new RandomModel(folder.resolve("none.json"), 1_000_000, 7);
        assertThrows(InvalidInputException.class, () -> model.in(folder.resolve("models")));
        assertFalse(Files.exists(folder.resolve("models")));
    }
}
