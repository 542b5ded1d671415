/** Grammars of real languages in a folder, each with texts that its own tool has judged: what their masks cost. */
@NullMarked
package dev.espalier.jsonschemabench.examples;

import org.jspecify.annotations.NullMarked;
