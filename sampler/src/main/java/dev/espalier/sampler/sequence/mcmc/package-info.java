/** Markov chains over whole texts, by the rule of Metropolis and Hastings. */
@NullMarked
package dev.espalier.sampler.sequence.mcmc;

import org.jspecify.annotations.NullMarked;
