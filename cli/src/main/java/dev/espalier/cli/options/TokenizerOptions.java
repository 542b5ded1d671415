// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the tokenizer. */
public final class TokenizerOptions {

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description =
                    "A tokenizer.json as Hugging Face writes it, plain or gzipped, or what espalier vocabulary made of one."
                            + " Default: the embedded model's.")
    private @Nullable String file;

    public TokenizerOptions() {}

    /** The tokenizer that the options name. */
    public Tokenizer read() {
        return file == null ? Tokenizer.embedded() : Tokenizer.read(file);
    }
}
