// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes a small byte-level {@code tokenizer.json}: all bytes, some words, an end token. */
final class ToyTokenizer {

    private ToyTokenizer() {}

    /** Writes it into a folder and says where. */
    static String write(Path folder, String... words) throws IOException {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        for (int b = 0; b < 256; b++) {
            vocabulary.put(spelt(b), b);
        }
        for (String word : words) {
            StringBuilder text = new StringBuilder();
            word.chars().forEach(c -> text.append(spelt(c)));
            vocabulary.put(text.toString(), vocabulary.size());
        }
        Map<String, Object> end = new LinkedHashMap<>();
        end.put("id", vocabulary.size());
        end.put("content", "<|endoftext|>");
        end.put("special", true);
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("type", "BPE");
        model.put("vocab", vocabulary);
        model.put("merges", List.of());
        Map<String, Object> byteLevel = Map.of("type", "ByteLevel", "add_prefix_space", false);
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("added_tokens", List.of(end));
        file.put("pre_tokenizer", byteLevel);
        file.put("decoder", byteLevel);
        file.put("model", model);
        Path path = folder.resolve("tokenizer.json");
        Files.writeString(path, JsonMapper.shared().writeValueAsString(file));
        return path.toString();
    }

    /** GPT-2's printable character for a byte. */
    private static String spelt(int b) {
        int shifted = 256;
        for (int other = 0; other < 256; other++) {
            boolean printable = (other >= '!' && other <= '~') || (other >= 0xA1 && other != 0xAD);
            if (other == b) {
                return Character.toString(printable ? b : shifted);
            }
            shifted += printable ? 0 : 1;
        }
        throw new IllegalArgumentException("not a byte: " + b);
    }
}
