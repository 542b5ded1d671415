/** Samples that are drawn one after the other, with what they took. */
@NullMarked
package dev.espalier.sampler.sequence.drawing;

import org.jspecify.annotations.NullMarked;
