// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder;

import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.mask.file.TokenizerFile;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;

/** The tokenizer of a {@code tokenizer.json} in all its parts: the file is read once. Immutable and thread-safe. */
public final class JsonTokenizer {

    private final TokenizerFile file;

    private JsonTokenizer(TokenizerFile file) {
        this.file = file;
    }

    /**
     * Reads a {@code tokenizer.json}, plain or gzipped. Cost: linear in the file.
     *
     * @throws InvalidInputException if the file cannot be read or is not such a file
     * @throws LimitExceededException past {@link Limits#maxTokenizerBytes} or {@link Limits#maxTokenizerTokens}
     */
    public static JsonTokenizer read(Path tokenizerJson, Limits limits) {
        Objects.requireNonNull(tokenizerJson, "tokenizerJson");
        return new JsonTokenizer(TokenizerFile.read(tokenizerJson, Objects.requireNonNull(limits, "limits")));
    }

    /**
     * {@link #read(Path, Limits)} from a stream, which is closed.
     *
     * @param name what the file is called in messages
     */
    public static JsonTokenizer read(InputStream tokenizerJson, String name, Limits limits) {
        Objects.requireNonNull(tokenizerJson, "tokenizerJson");
        Objects.requireNonNull(name, "name");
        return new JsonTokenizer(TokenizerFile.read(tokenizerJson, name, Objects.requireNonNull(limits, "limits")));
    }

    /** The vocabulary, as {@link Vocabulary#read(Path)} gives it. Cost: linear in its tokens. */
    public Vocabulary vocabulary() {
        return Vocabulary.of(file);
    }

    /**
     * The encoder. Cost: linear in tokens and merges.
     *
     * @throws InvalidInputException if the parts of the file do not fit together
     * @throws UnsupportedFeatureException for models, steps and patterns that are not supported, with their place
     */
    public TextEncoder encoder() {
        PreTokenizers steps = PreTokenizers.read(file.step("pre_tokenizer"));
        return new TokenizerEncoder(
                file.added(),
                Normalizers.read(file.step("normalizer")),
                steps.steps(),
                ModelReader.read(file, steps.isByteLevel()));
    }

    /**
     * The special tokens that the model expects around a prompt.
     *
     * @throws InvalidInputException if the post-processor is malformed
     * @throws UnsupportedFeatureException if it is of a kind that is not supported
     */
    public PromptEnds promptEnds() {
        return PostProcessors.read(file.step("post_processor"), file.limits().maxTokenizerTokens());
    }
}
