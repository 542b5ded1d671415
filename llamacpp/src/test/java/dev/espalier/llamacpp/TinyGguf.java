// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp;

import dev.espalier.backends.Family;
import dev.espalier.backends.gguf.GgufEdit;
import dev.espalier.backends.gguf.GgufMetadata;
import dev.espalier.backends.gguf.GgufValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Files of tiny models with weights in 32-bit floats. llama.cpp wants a token for each row of the embedding, and these models have more rows: the others
 * become unused tokens.
 */
final class TinyGguf {

    static final int TOKENS = 64;

    private static final int UNUSED = 5;
    private static final String PREFIX = "tokenizer.ggml.";

    private TinyGguf() {}

    /** The file of a family, written to a folder. */
    static Path of(String family, Path folder) throws IOException {
        return of(family, folder, Map.of());
    }

    /** The file of a family with other keys, written to a folder. */
    static Path of(String family, Path folder, Map<String, byte[]> others) throws IOException {
        Path path = narrow(family, folder);
        GgufMetadata metadata = GgufMetadata.read(path);
        GgufEdit file = GgufEdit.of(Files.readAllBytes(path));
        Map<String, byte[]> keys = new LinkedHashMap<>(file.keys());
        keys.put(PREFIX + "tokens", tokens(metadata.get(PREFIX + "tokens").texts()));
        long[] types = metadata.get(PREFIX + "token_type").integers();
        keys.put(
                PREFIX + "token_type",
                padded(types.length, i -> GgufEdit.signed32((int) types[i]), GgufEdit.signed32(UNUSED)));
        metadata.find(PREFIX + "scores")
                .map(GgufValue::numbers)
                .ifPresent(scores -> keys.put(
                        PREFIX + "scores",
                        padded(scores.length, i -> GgufEdit.float32((float) scores[i]), GgufEdit.float32(0))));
        keys.putAll(others);
        return Files.write(path, file.with(keys));
    }

    /** The file of a family with fewer tokens than rows, written to a folder. */
    static Path narrow(String family, Path folder) throws IOException {
        Path path = folder.resolve(family + ".gguf");
        try (InputStream stream = new GZIPInputStream(Family.of(family).files().open("model.gguf.gz"))) {
            Files.copy(stream, path, StandardCopyOption.REPLACE_EXISTING);
        }
        return path;
    }

    private static byte[] tokens(List<String> texts) {
        byte[][] values = new byte[TOKENS][];
        for (int i = 0; i < TOKENS; i++) {
            String text = i < texts.size() ? texts.get(i) : "[PAD" + i + "]";
            values[i] = GgufEdit.text(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        }
        return GgufEdit.array(values);
    }

    private interface Value {
        byte[] at(int index);
    }

    private static byte[] padded(int size, Value given, byte[] other) {
        byte[][] values = new byte[TOKENS][];
        for (int i = 0; i < TOKENS; i++) {
            values[i] = i < size ? given.at(i) : other;
        }
        return GgufEdit.array(values);
    }
}
