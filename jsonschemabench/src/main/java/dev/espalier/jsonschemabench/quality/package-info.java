/** How well a real model answers tasks with labels, free and under constraints, and how fast. */
@NullMarked
package dev.espalier.jsonschemabench.quality;

import org.jspecify.annotations.NullMarked;
