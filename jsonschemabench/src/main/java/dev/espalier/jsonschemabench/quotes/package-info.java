/** Quotes that are written greedily, and the likeliest ones. */
@NullMarked
package dev.espalier.jsonschemabench.quotes;

import org.jspecify.annotations.NullMarked;
