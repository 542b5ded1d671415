/** The tokens that a text may have next, as decoding asks for them; forced text; the threads that make masks. */
@NullMarked
package dev.espalier.sampler.constraint;

import org.jspecify.annotations.NullMarked;
