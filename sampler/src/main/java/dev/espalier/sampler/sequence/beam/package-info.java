/** The likeliest texts of a model and a language. */
@NullMarked
package dev.espalier.sampler.sequence.beam;

import org.jspecify.annotations.NullMarked;
