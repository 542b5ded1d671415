// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.option;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.encoder.TextEncoders;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says whose tokens are meant. */
public final class TokenizerOption {

    /** What the file is, also for options that may be left out or be repeated. */
    static final String FILE = "tokenizer.json, plain or gzipped";

    @Option(names = "--tokenizer", required = true, paramLabel = "FILE", description = FILE)
    private Path file;

    /**
     * The file.
     *
     * @throws InvalidInputException if there is none, or it cannot be read
     */
    public Path file() {
        return readable(file);
    }

    /** The file's name without its folder. */
    public String name() {
        return String.valueOf(file.getFileName());
    }

    /**
     * The tokens.
     *
     * @throws InvalidInputException if the file is not what it should be
     */
    public Vocabulary vocabulary() {
        return Vocabulary.read(file());
    }

    /**
     * What cuts texts into the tokens.
     *
     * @throws InvalidInputException if the file is not what it should be
     */
    public TextEncoder encoder() {
        return encoder(file());
    }

    /** What cuts texts into the tokens of a file; as {@link #encoder()}. */
    public static TextEncoder encoder(Path file) {
        return TextEncoders.read(readable(file));
    }

    /**
     * The same file.
     *
     * @throws InvalidInputException if there is none, or it cannot be read
     */
    public static Path readable(Path file) {
        if (!Files.isReadable(file)) {
            throw new InvalidInputException(file + ": no such file, or it cannot be read");
        }
        return file;
    }
}
