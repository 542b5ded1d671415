/** Readers of Lark's grammar files, as the Python package Lark and as llguidance mean them. */
@NullMarked
package dev.espalier.grammar.lark;

import org.jspecify.annotations.NullMarked;
