/** Laws of the next token, and draws from them: temperature, masks, filters, random choices. */
@NullMarked
package dev.espalier.sampler.law;

import org.jspecify.annotations.NullMarked;
