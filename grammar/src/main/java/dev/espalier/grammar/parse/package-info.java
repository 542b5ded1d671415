/** Sentences of grammars, read and made: trees, places where a text fails, ambiguity, random sentences. */
@NullMarked
package dev.espalier.grammar.parse;

import org.jspecify.annotations.NullMarked;
