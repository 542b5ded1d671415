/**
 * Byte-level pushdown automata: frames, the persistent stack, and the compilation of grammars to them. Knows bytes and
 * special-token symbols, never tokens.
 */
@NullMarked
package dev.espalier.automata;

import org.jspecify.annotations.NullMarked;
