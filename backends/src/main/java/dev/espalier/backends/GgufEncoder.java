// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.backends.gguf.GgufFile;
import dev.espalier.backends.gguf.GgufMetadata;
import dev.espalier.backends.gguf.GgufValue;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.encoder.GgufTokenizer;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.TextPiece;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The tokenizer of a GGUF file, from its metadata: pure Java, nothing to close. */
final class GgufEncoder implements PromptEncoder {

    private static final String PREFIX = "tokenizer.ggml.";

    /** Pre-tokenizers of models whose texts begin with a token of their own where the file does not say otherwise. */
    private static final Set<String> BEGINNING =
            Set.of("llama3", "llama-v3", "llama-bpe", "falcon3", "falcon-h1", "lfm2", "midm-2.0", "pixtral");

    private final GgufTokenizer tokenizer;
    private final TextEncoder encoder;
    private final int[] before;

    private GgufEncoder(GgufTokenizer tokenizer, int[] before) {
        this.tokenizer = tokenizer;
        this.encoder = tokenizer.encoder();
        this.before = before;
    }

    /**
     * Reads the tokenizer.
     *
     * @throws ModelException if a key is missing or of another type
     * @throws dev.espalier.core.error.UnsupportedFeatureException if the tokenizer or its pre-tokenizer is not supported
     */
    static GgufEncoder read(GgufFile file) {
        GgufMetadata metadata = file.metadata();
        String model = metadata.get(PREFIX + "model").text();
        String pre = metadata.find(PREFIX + "pre").map(GgufValue::text).orElse("default");
        GgufTokenizer tokenizer = new GgufTokenizer(
                file.source(),
                model,
                pre,
                metadata.get(PREFIX + "tokens").texts(),
                floats(metadata.find(PREFIX + "scores")),
                metadata.find(PREFIX + "token_type").map(GgufEncoder::types).orElse(new int[0]),
                metadata.find(PREFIX + "merges").map(GgufValue::texts).orElse(List.of()),
                metadata.find(PREFIX + "add_space_prefix").map(GgufValue::flag).orElse(true));
        boolean begins = metadata.find(PREFIX + "add_bos_token")
                .map(GgufValue::flag)
                .orElse(model.equals("llama") || BEGINNING.contains(pre));
        int[] before = new int[0];
        if (begins) {
            int size = tokenizer.tokens().size();
            before = new int[] {metadata.get(PREFIX + "bos_token_id").integer(0, size - 1)};
        }
        return new GgufEncoder(tokenizer, before);
    }

    private static float[] floats(Optional<GgufValue> value) {
        double[] numbers = value.map(GgufValue::numbers).orElse(new double[0]);
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    private static int[] types(GgufValue value) {
        return Arrays.stream(value.integers())
                .mapToInt(type -> (int) Math.min(Integer.MAX_VALUE, type))
                .toArray();
    }

    /**
     * The vocabulary of this tokenizer.
     *
     * @throws ModelException if an end token is none of the tokens
     */
    Vocabulary vocabulary(int... endIds) {
        int size = tokenizer.tokens().size();
        for (int id : endIds) {
            if (id >= size) {
                throw new ModelException(tokenizer.source() + ": end token " + id + " is none of the " + size
                        + " texts of key " + PREFIX + "tokens");
            }
        }
        return tokenizer.vocabulary(endIds);
    }

    @Override
    public int[] encode(String text) {
        return encoder.encode(text);
    }

    @Override
    public int[] encode(List<TextPiece> pieces) {
        return encoder.encode(pieces);
    }

    @Override
    public int[] encodePrompt(String prompt) {
        int[] ids = encoder.encode(List.of(TextPiece.trusted(prompt)));
        return IntStream.concat(Arrays.stream(before), Arrays.stream(ids)).toArray();
    }

    @Override
    public void close() {}
}
