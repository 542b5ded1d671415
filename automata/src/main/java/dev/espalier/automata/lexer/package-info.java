/** Lexers: the tables of the longest match, and what the end of a token forbids of the text behind it. */
@NullMarked
package dev.espalier.automata.lexer;

import org.jspecify.annotations.NullMarked;
