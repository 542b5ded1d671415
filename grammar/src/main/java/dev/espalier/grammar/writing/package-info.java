/** How grammars are written, whatever the notation: rewritten into what it can say, without rules that have no text, then as text. */
@NullMarked
package dev.espalier.grammar.writing;

import org.jspecify.annotations.NullMarked;
