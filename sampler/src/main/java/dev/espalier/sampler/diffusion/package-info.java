/** Models of masked diffusion fill a canvas under a constraint: models, policies that say which slots to commit, decoding. */
@NullMarked
package dev.espalier.sampler.diffusion;

import org.jspecify.annotations.NullMarked;
