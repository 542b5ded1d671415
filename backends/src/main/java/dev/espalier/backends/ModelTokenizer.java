// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.backends.checkpoint.ModelConfig;
import dev.espalier.backends.gguf.GgufFile;
import dev.espalier.backends.gguf.GgufMetadata;
import dev.espalier.backends.gguf.GgufValue;
import dev.espalier.core.Limits;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.encoder.GgufTokenizer;
import dev.espalier.mask.encoder.JsonTokenizer;
import dev.espalier.mask.encoder.PromptEnds;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The tokenizer of a model, from its own files.
 *
 * @param vocabulary the tokens, with those that end a text by the model's configuration
 */
record ModelTokenizer(Vocabulary vocabulary, PromptEncoder encoder) {

    private static final String PREFIX = "tokenizer.ggml.";

    /** Pre-tokenizers of models whose texts begin with a token of their own where the file does not say otherwise. */
    private static final Set<String> BEGINNING =
            Set.of("llama3", "llama-v3", "llama-bpe", "falcon3", "falcon-h1", "lfm2", "midm-2.0", "pixtral");

    /**
     * Reads {@code tokenizer.json}.
     *
     * @throws ModelException if the file cannot be read
     * @throws dev.espalier.core.error.InvalidInputException if it is not such a file
     * @throws dev.espalier.core.error.UnsupportedFeatureException if the tokenizer is not supported
     */
    static ModelTokenizer read(ModelFiles files, ModelConfig config) {
        String source = files.describe("tokenizer.json");
        try {
            JsonTokenizer tokenizer = JsonTokenizer.read(files.open("tokenizer.json"), source, Limits.DEFAULT);
            Vocabulary read = tokenizer.vocabulary().withSize(config.vocabularySize());
            Vocabulary vocabulary = config.endIds().length == 0 ? read : read.withEndIds(config.endIds());
            return new ModelTokenizer(vocabulary, new PromptEncoder(tokenizer.encoder(), tokenizer.promptEnds()));
        } catch (NoSuchFileException e) {
            throw new ModelException(source + ": there is no such file", e);
        } catch (IOException e) {
            throw new ModelException(source + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads the metadata of a GGUF file.
     *
     * @throws ModelException if a key is missing or of another type, or an end token is none of the tokens
     * @throws dev.espalier.core.error.UnsupportedFeatureException if the tokenizer or its pre-tokenizer is not supported
     */
    static ModelTokenizer read(GgufFile file, ModelConfig config) {
        GgufMetadata metadata = file.metadata();
        String model = metadata.get(PREFIX + "model").text();
        String pre = metadata.find(PREFIX + "pre").map(GgufValue::text).orElse("default");
        GgufTokenizer tokenizer = new GgufTokenizer(
                file.source(),
                model,
                pre,
                metadata.get(PREFIX + "tokens").texts(),
                floats(metadata.find(PREFIX + "scores")),
                metadata.find(PREFIX + "token_type").map(ModelTokenizer::types).orElse(new int[0]),
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
        PromptEncoder encoder = new PromptEncoder(tokenizer.encoder(), ends);
        return new ModelTokenizer(vocabulary(tokenizer, config.endIds()).withSize(config.vocabularySize()), encoder);
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

    private static Vocabulary vocabulary(GgufTokenizer tokenizer, int... endIds) {
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
