/** What commit policies see after a forward pass, and what they answer. */
@NullMarked
package dev.espalier.sampler.diffusion.plan;

import org.jspecify.annotations.NullMarked;
