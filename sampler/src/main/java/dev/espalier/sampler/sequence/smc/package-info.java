/** Sequential Monte Carlo: particles, resampling, potentials. */
@NullMarked
package dev.espalier.sampler.sequence.smc;

import org.jspecify.annotations.NullMarked;
