/** Gaps between given texts, filled by a language model from left to right, one gap after the other. */
@NullMarked
package dev.espalier.sampler.autoregressive;

import org.jspecify.annotations.NullMarked;
