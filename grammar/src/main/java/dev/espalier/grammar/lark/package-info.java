/** Lark's notation. */
@NullMarked
package dev.espalier.grammar.lark;

import org.jspecify.annotations.NullMarked;
