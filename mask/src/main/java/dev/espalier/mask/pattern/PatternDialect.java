// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.pattern;

/** The engine that a pattern was written for: where they differ, the pattern means what its engine says. */
public enum PatternDialect {

    /** Oniguruma with Ruby's syntax, as in {@code tokenizer.json}: {@code $} is the end of a line. */
    ONIGURUMA,

    /** Rust's, as for tiktoken: {@code $} is the end of the text, and {@code \w} has joiners. */
    RUST
}
