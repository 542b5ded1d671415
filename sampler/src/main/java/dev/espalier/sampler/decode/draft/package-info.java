/** Guesses of what a text goes on with: copied from the prompt, written by a smaller model, or known from earlier steps. */
@NullMarked
package dev.espalier.sampler.decode.draft;

import org.jspecify.annotations.NullMarked;
