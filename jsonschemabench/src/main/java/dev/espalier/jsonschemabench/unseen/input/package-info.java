/** Schemas, grammars, patterns and texts that nobody has seen: parts of corpora recombined, by chance alone. */
@NullMarked
package dev.espalier.jsonschemabench.unseen.input;

import org.jspecify.annotations.NullMarked;
