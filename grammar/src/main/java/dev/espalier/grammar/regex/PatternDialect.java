// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.regex;

/** Whose regular expressions a {@link PatternReader} reads. */
public enum PatternDialect {
    /** Those of Python's module {@code re}, over text. */
    PYTHON,
    /** Those of Rust's crate {@code regex}, over text. */
    RUST
}
