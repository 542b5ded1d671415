/** Decoding of one text under masks: forced text, forward passes beside masks, attempts. */
@NullMarked
package dev.espalier.sampler.decode;

import org.jspecify.annotations.NullMarked;
