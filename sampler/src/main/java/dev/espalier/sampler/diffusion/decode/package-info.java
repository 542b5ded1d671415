/** Decoding of one canvas with a masked-diffusion model. */
@NullMarked
package dev.espalier.sampler.diffusion.decode;

import org.jspecify.annotations.NullMarked;
