/** Canvases filled by a masked diffusion model under a grammar: models, requests, the decoder, results. */
@NullMarked
package dev.espalier.sampler.diffusion;

import org.jspecify.annotations.NullMarked;
