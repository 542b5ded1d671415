/** Indentation: frames that count columns, and the rules of each level of blocks, made when a text comes to it. */
@NullMarked
package dev.espalier.automata.indent;

import org.jspecify.annotations.NullMarked;
