/** Samples of whole texts: the tree of texts of a model and a language, samplers, samples with weights. */
@NullMarked
package dev.espalier.sampler.sequence;

import org.jspecify.annotations.NullMarked;
