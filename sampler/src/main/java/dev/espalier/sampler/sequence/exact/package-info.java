/** Small languages, enumerated: exact samples, and the probability of completing each beginning. */
@NullMarked
package dev.espalier.sampler.sequence.exact;

import org.jspecify.annotations.NullMarked;
