/** Grammar files of ANTLR 4, and how they become grammars of tokens. */
@NullMarked
package dev.espalier.grammar.antlr;

import org.jspecify.annotations.NullMarked;
