/** Grammar files of Lark: readers, as the Python package Lark and as llguidance mean them, and a writer. */
@NullMarked
package dev.espalier.grammar.lark;

import org.jspecify.annotations.NullMarked;
