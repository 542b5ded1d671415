/** Samplers that draw each token by itself: plain masked sampling, and adaptive weighted rejection under a slow predicate. */
@NullMarked
package dev.espalier.sampler.sequence.tokenwise;

import org.jspecify.annotations.NullMarked;
