/** GBNF, the grammar notation of llama.cpp: its reader and its writer. */
@NullMarked
package dev.espalier.grammar.gbnf;

import org.jspecify.annotations.NullMarked;
