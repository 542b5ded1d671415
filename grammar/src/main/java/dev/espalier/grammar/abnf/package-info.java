/** ABNF, the grammar notation of RFC 5234 and RFC 7405: its reader. */
@NullMarked
package dev.espalier.grammar.abnf;

import org.jspecify.annotations.NullMarked;
