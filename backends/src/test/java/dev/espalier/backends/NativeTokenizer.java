// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.espalier.backends.torch.TorchEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Hugging Face's own library, which the tokenizers in Java are compared with. It reads every special token that a text spells. */
final class NativeTokenizer implements AutoCloseable {

    static {
        TorchEngine.prepare();
    }

    private final HuggingFaceTokenizer tokenizer;

    /** The tokenizer of a plain {@code tokenizer.json}; closes the stream. */
    NativeTokenizer(InputStream json) throws IOException {
        try (json) {
            tokenizer = HuggingFaceTokenizer.newInstance(json, Map.of("truncation", "false", "padding", "false"));
        }
    }

    /** The ids of a text; {@code ends} with those around a prompt. */
    int[] encode(String text, boolean ends) {
        return Arrays.stream(tokenizer.encode(text, ends, false).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    /** The text of ids; half characters are U+FFFD. */
    String decode(int... ids) {
        return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), false);
    }

    /** A text as the library takes it, which is UTF-8. */
    static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
