/** Speculative decoding with a stated law: a small model drafts, the large one accepts or replaces. */
@NullMarked
package dev.espalier.sampler.sequence.speculative;

import org.jspecify.annotations.NullMarked;
