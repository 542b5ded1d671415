/** Grammars of languages that people write, read along real texts: what a token costs, and whether that grows with the text. */
@NullMarked
package dev.espalier.jsonschemabench.languages;

import org.jspecify.annotations.NullMarked;
