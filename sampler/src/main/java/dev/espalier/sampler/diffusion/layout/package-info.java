/** Canvases as rows of fixed text and gaps, and what happens to their slots. */
@NullMarked
package dev.espalier.sampler.diffusion.layout;

import org.jspecify.annotations.NullMarked;
