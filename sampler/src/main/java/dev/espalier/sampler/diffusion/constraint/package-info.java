/** Tokens that may stand on the canvas of one decoding, and sizes that it may have: parses, proposals, the strategies. */
@NullMarked
package dev.espalier.sampler.diffusion.constraint;

import org.jspecify.annotations.NullMarked;
