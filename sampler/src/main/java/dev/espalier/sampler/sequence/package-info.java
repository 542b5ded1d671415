/** Samplers of whole texts, each of which states the law that it samples. */
@NullMarked
package dev.espalier.sampler.sequence;

import org.jspecify.annotations.NullMarked;
