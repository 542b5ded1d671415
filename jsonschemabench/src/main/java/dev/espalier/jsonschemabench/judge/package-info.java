/** Verdicts on texts: the engine's as a recogniser, an independent validator's, and why a schema is refused. */
@NullMarked
package dev.espalier.jsonschemabench.judge;

import org.jspecify.annotations.NullMarked;
