// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder;

import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.mask.vocabulary.TextEncoder;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Encoders in pure Java for {@code tokenizer.json} files: byte-pair encoding over bytes or characters, SentencePiece's unigram model, WordPiece and
 * words. They choose the tokens that Hugging Face's tokenizers choose; what they could not do alike is refused by name.
 *
 * <p>{@link TextEncoder#encode(String)} reads no special token out of a text; added tokens that are not special are read. A character that the vocabulary cannot write
 * becomes the unknown token, if there is one. The encoders are thread-safe. Cost: n log n in the longest word and linear in the text, whatever it holds.
 */
public final class TextEncoders {

    private TextEncoders() {}

    /**
     * The encoder of a {@code tokenizer.json}, plain or gzipped. Cost: some 0.3 seconds for 100,000 tokens.
     *
     * @throws InvalidInputException if the file cannot be read or is not such a file
     * @throws UnsupportedFeatureException for models, steps and patterns that are not supported, with their place
     * @throws LimitExceededException past {@link Limits#maxTokenizerBytes} or {@link Limits#maxTokenizerTokens}
     */
    public static TextEncoder read(Path tokenizerJson) {
        return read(tokenizerJson, Limits.DEFAULT);
    }

    /** {@link #read(Path)} under other limits. */
    public static TextEncoder read(Path tokenizerJson, Limits limits) {
        return JsonTokenizer.read(tokenizerJson, limits).encoder();
    }

    /**
     * {@link #read(Path)} from a stream, which is closed.
     *
     * @param name what the file is called in messages
     */
    public static TextEncoder read(InputStream tokenizerJson, String name) {
        return read(tokenizerJson, name, Limits.DEFAULT);
    }

    /** {@link #read(InputStream, String)} under other limits. */
    public static TextEncoder read(InputStream tokenizerJson, String name, Limits limits) {
        return JsonTokenizer.read(tokenizerJson, name, limits).encoder();
    }
}
