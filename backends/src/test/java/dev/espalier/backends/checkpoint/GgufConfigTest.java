// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.backends.Family;
import dev.espalier.backends.Refusal;
import dev.espalier.backends.gguf.GgufEdit;
import dev.espalier.backends.gguf.GgufFile;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files of other writers say, or do not say. */
class GgufConfigTest {

    @TempDir
    Path folder = Path.of("");

    private ModelConfig read(String family, String key, byte[] value) throws IOException {
        try (InputStream stream = new GZIPInputStream(Family.of(family).files().open("model.gguf.gz"))) {
            GgufEdit sound = GgufEdit.of(stream.readAllBytes());
            Map<String, byte[]> keys = new LinkedHashMap<>(sound.keys());
            if (value.length > 0) {
                keys.put(key, value);
            } else {
                keys.remove(key);
            }
            Path path = Files.write(folder.resolve("other.gguf"), sound.with(keys));
            try (GgufFile file = GgufFile.open(path)) {
                return GgufConfig.read(file, 0);
            }
        }
    }

    @Test
    void earlyFilesOfGemma2DoNotSayTheirWindow() throws IOException {
        int[] window = read("gemma2", "gemma2.attention.sliding_window", new byte[0])
                .attention()
                .window();
        assertEquals(4096, window[0]);
        assertEquals(0, window[1]);
    }

    @Test
    void whichLayersSlideMayBeSaidOfEach() throws IOException {
        String key = "gemma3.attention.sliding_window_pattern";
        int layers = read("gemma3", key, new byte[0]).layers();
        byte[][] slides = new byte[layers][];
        for (int i = 0; i < layers; i++) {
            slides[i] = GgufEdit.flag(i == 1);
        }
        int[] window = read("gemma3", key, GgufEdit.array(slides)).attention().window();
        for (int i = 0; i < layers; i++) {
            assertEquals(i == 1, window[i] > 0, "layer " + i);
        }
        String message = Refusal.of(() -> read("gemma3", key, GgufEdit.array(GgufEdit.flag(true))));
        assertTrue(message.contains(key + ": expected true or false for each of " + layers), message);
    }

    @Test
    void aFactorOfScalingIsLinearWhereNoKindIsSaid() throws IOException {
        double[] usual = read("llama2", "llama.rope.scaling.factor", new byte[0])
                .attention()
                .positions()
                .tables()[0]
                .frequencies();
        double[] slow = read("llama2", "llama.rope.scaling.factor", GgufEdit.float32(4))
                .attention()
                .positions()
                .tables()[0]
                .frequencies();
        assertEquals(usual[1] / 4, slow[1], 1e-12);
    }

    @Test
    void factorsOfYarnThatAreNotComputedAreRefused() throws IOException {
        for (String factor : new String[] {"attn_factor", "ext_factor", "log_multiplier"}) {
            String key = "llama.rope.scaling.yarn_" + factor;
            UnsupportedFeatureException e =
                    assertThrows(UnsupportedFeatureException.class, () -> read("llama2", key, GgufEdit.float32(0.5f)));
            assertEquals(key, e.feature());
            float usual = factor.equals("log_multiplier") ? 0 : 1;
            assertEquals("llama", read("llama2", key, GgufEdit.float32(usual)).architecture());
        }
    }

    @Test
    void numbersThatMakeNoModelAreNamed() throws IOException {
        for (float value : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
            for (String key : new String[] {"rope.freq_base", "attention.layer_norm_rms_epsilon"}) {
                String message = Refusal.of(() -> read("llama2", "llama." + key, GgufEdit.float32(value)));
                assertTrue(message.contains("other.gguf: key llama." + key), message);
            }
        }
        String message = Refusal.of(() -> read("llama2", "tokenizer.ggml.eos_token_id", GgufEdit.int32(64)));
        assertTrue(message.contains("key tokenizer.ggml.eos_token_id: expected an integer from 0 to 63"), message);
        assertArrayEquals(
                new int[] {63},
                read("llama2", "tokenizer.ggml.eos_token_id", GgufEdit.int32(63))
                        .endIds());
    }
}
