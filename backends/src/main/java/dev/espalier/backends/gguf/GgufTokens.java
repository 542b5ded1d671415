// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf;

import dev.espalier.core.error.ModelException;
import dev.espalier.mask.encoder.GgufTokenizer;
import dev.espalier.mask.encoder.PromptEnds;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The tokenizer in the metadata of a file.
 *
 * @param ends the tokens that the model expects around a prompt
 */
public record GgufTokens(GgufTokenizer tokenizer, PromptEnds ends) {

    private static final String PREFIX = "tokenizer.ggml.";

    /** Pre-tokenizers of models whose texts begin with a token of their own where the file does not say otherwise. */
    private static final Set<String> BEGINNING =
            Set.of("llama3", "llama-v3", "llama-bpe", "falcon3", "falcon-h1", "lfm2", "midm-2.0", "pixtral");

    /**
     * Reads the metadata of a file.
     *
     * @throws ModelException if a key is missing or of another type
     * @throws dev.espalier.core.error.UnsupportedFeatureException if the tokenizer is not supported
     */
    public static GgufTokens read(GgufMetadata metadata) {
        String model = metadata.get(PREFIX + "model").text();
        String pre = metadata.find(PREFIX + "pre").map(GgufValue::text).orElse("default");
        GgufTokenizer tokenizer = new GgufTokenizer(
                metadata.source(),
                model,
                pre,
                metadata.get(PREFIX + "tokens").texts(),
                floats(metadata.find(PREFIX + "scores")),
                metadata.find(PREFIX + "token_type").map(GgufTokens::types).orElse(new int[0]),
                metadata.find(PREFIX + "merges").map(GgufValue::texts).orElse(List.of()),
                metadata.find(PREFIX + "add_space_prefix").map(GgufValue::flag).orElse(true));
        boolean begins = metadata.find(PREFIX + "add_bos_token")
                .map(GgufValue::flag)
                .orElse(model.equals("llama") || BEGINNING.contains(pre));
        PromptEnds ends = PromptEnds.NONE;
        if (begins) {
            int size = tokenizer.tokens().size();
            ends = new PromptEnds(List.of(metadata.get(PREFIX + "bos_token_id").integer(0, size - 1)), List.of());
        }
        return new GgufTokens(tokenizer, ends);
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
     * The ids of the tokens that end a text.
     *
     * @param size the number of ids that there are
     * @throws ModelException if the metadata has another id
     */
    public static int[] endIds(GgufMetadata metadata, int size) {
        return Stream.of("eos", "eot", "eom")
                .map(kind -> metadata.find(PREFIX + kind + "_token_id"))
                .flatMap(Optional::stream)
                .mapToInt(id -> id.integer(0, size - 1))
                .distinct()
                .toArray();
    }

    /**
     * The vocabulary.
     *
     * @param endIds the tokens that end a text
     * @throws ModelException if one of them is none of the tokens
     */
    public Vocabulary vocabulary(int... endIds) {
        int size = tokenizer.tokens().size();
        for (int id : endIds) {
            if (id >= size) {
                throw new ModelException(tokenizer.source() + ": end token " + id + " is none of the " + size
                        + " texts of key " + PREFIX + "tokens");
            }
        }
        return tokenizer.vocabulary(endIds);
    }
}
