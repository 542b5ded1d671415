package dev.espalier;

import dev.espalier.mask.CompiledGrammar;
import java.time.Duration;

/**
 * An output, compiled for a vocabulary. Immutable; may be shared between threads.
 *
 * @param language what it allows, as bytes
 * @param grammar what it allows, as tokens: start a {@link CompiledGrammar#matcher()} for each sequence
 * @param compileTime how long reading and compiling took
 */
public record CompiledOutput(Language language, CompiledGrammar grammar, Duration compileTime) {}
