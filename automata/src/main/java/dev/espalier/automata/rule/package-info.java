/** Frames of rules, whose rows are determinised when they are first needed, and of permutations. */
@NullMarked
package dev.espalier.automata.rule;

import org.jspecify.annotations.NullMarked;
