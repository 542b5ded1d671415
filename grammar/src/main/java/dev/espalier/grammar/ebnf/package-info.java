/** EBNF in three dialects: readers of ISO 14977's, of the W3C's and of XGrammar's. */
@NullMarked
package dev.espalier.grammar.ebnf;

import org.jspecify.annotations.NullMarked;
