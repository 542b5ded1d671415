/** Named hard cases: schemas, grammars and patterns that are known to be slow, each measured by itself. */
@NullMarked
package dev.espalier.jsonschemabench.hard;

import org.jspecify.annotations.NullMarked;
