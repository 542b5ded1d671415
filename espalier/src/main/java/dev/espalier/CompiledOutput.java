// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.mask.CompiledGrammar;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.source.CompiledSource;
import java.time.Duration;
import java.util.Optional;

/**
 * An output, compiled for a vocabulary. Immutable; may be shared between threads.
 *
 * @param source what it allows, as bytes
 * @param grammar what it allows, as tokens: start a {@link CompiledGrammar#matcher()} for each sequence
 */
public record CompiledOutput(CompiledSource source, CompiledGrammar grammar) {

    /** How each keyword of its schema is kept; empty for all but schemas. */
    public Optional<CompileReport> report() {
        return source.report();
    }

    /** How long reading and compiling took. */
    public Duration compileTime() {
        return source.compileTime();
    }
}
