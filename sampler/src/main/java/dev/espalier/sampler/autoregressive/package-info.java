/** Filling gaps between given texts with models that write from left to right, gap after gap. */
@NullMarked
package dev.espalier.sampler.autoregressive;

import org.jspecify.annotations.NullMarked;
