// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.pytorch.engine.PtNDArray;
import dev.espalier.backends.Family;
import dev.espalier.backends.checkpoint.Checkpoint;
import dev.espalier.backends.checkpoint.GgufConfig;
import dev.espalier.backends.checkpoint.ModelConfig;
import dev.espalier.backends.gguf.GgufFile;
import dev.espalier.backends.torch.TorchSettings;
import dev.espalier.backends.torch.WeightForm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of each family from GGUF files, against the logits of another implementation. */
class GgufFamiliesTest {

    private static final double TOLERANCE = 1e-4;

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama2",
                "llama3",
                "llama-biased",
                "smollm2",
                "mistral",
                "qwen2.5",
                "qwen3",
                "gemma2",
                "gemma3",
                "phi3",
                "phi4-mini",
                "smollm3",
                "granite",
                "olmo2"
            })
    void logitsAreThoseOfTheSameWeightsInAnotherFormat(String name) throws IOException {
        Family family = Family.of(name);
        Path path = folder.resolve("model.gguf");
        try (InputStream stream = new GZIPInputStream(family.files().open("model.gguf.gz"))) {
            Files.copy(stream, path);
        }
        try (GgufFile file = GgufFile.open(path)) {
            ModelConfig config = GgufConfig.read(file, 0);
            assertEquals(64, config.vocabularySize());
            TorchSettings settings = new TorchSettings("cpu", false, WeightForm.FLOAT32, 1);
            try (DecoderNetwork network = DecoderNetwork.load(Checkpoint.gguf(file, config), config, settings)) {
                long count = family.tokens().length;
                network.reserve((int) count);
                long[] ids = Arrays.stream(family.tokens()).asLongStream().toArray();
                long[] all = {count};
                try (PtNDArray logits =
                        network.forward(ids, new long[0], PassRows.of(new long[] {0}, all, all), false, true)) {
                    float[] values = logits.toFloatArray();
                    for (int i = 0; i < count; i++) {
                        float[] row = Arrays.copyOfRange(values, i * 64, (i + 1) * 64);
                        double difference = Family.difference(row, family.expected()[i]);
                        assertTrue(difference <= TOLERANCE, name + " position " + i + ": " + difference);
                    }
                }
            }
        }
    }
}
