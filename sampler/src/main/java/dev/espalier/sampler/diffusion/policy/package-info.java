/** Settings of a decoding: which slots are committed after a pass, in which blocks, how a canvas grows, how tokens are held to the grammar. */
@NullMarked
package dev.espalier.sampler.diffusion.policy;

import org.jspecify.annotations.NullMarked;
