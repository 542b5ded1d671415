// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.backends.checkpoint.ModelConfig;
import dev.espalier.backends.gguf.GgufFile;
import dev.espalier.backends.gguf.GgufTokens;
import dev.espalier.core.Limits;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.encoder.JsonTokenizer;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/**
 * The tokenizer of a model, from its own files.
 *
 * @param vocabulary the tokens, with those that end a text by the model's configuration
 */
record ModelTokenizer(Vocabulary vocabulary, PromptEncoder encoder) {

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
        GgufTokens tokens = GgufTokens.read(file.metadata());
        Vocabulary vocabulary = tokens.vocabulary(config.endIds()).withSize(config.vocabularySize());
        return new ModelTokenizer(
                vocabulary, new PromptEncoder(tokens.tokenizer().encoder(), tokens.ends()));
    }
}
