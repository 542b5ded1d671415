/** Schemas with instances as corpora keep them, read without changing a letter. */
@NullMarked
package dev.espalier.jsonschemabench.corpus;

import org.jspecify.annotations.NullMarked;
