/** A model writes an instance for each schema of a corpus, and an independent validator judges it. */
@NullMarked
package dev.espalier.jsonschemabench.generate;

import org.jspecify.annotations.NullMarked;
