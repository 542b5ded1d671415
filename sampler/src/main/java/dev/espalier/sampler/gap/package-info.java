/** Texts with gaps, and how a model is asked to fill one. */
@NullMarked
package dev.espalier.sampler.gap;

import org.jspecify.annotations.NullMarked;
