// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.law;

import java.util.Optional;

/**
 * The source of random decisions. Everything random in this module is drawn here, so that a test can walk
 * every trace of a sampler and add up its exact law.
 *
 * <p>Belongs to one sequence; used by one thread at a time.
 */
public interface Choices {

    /**
     * Draws an index with probability proportional to its weight. An index of weight 0 is never drawn.
     *
     * @param weights finite numbers ≥ 0, of which the first {@code count} are used and at least one is positive
     * @param count at most the length of {@code weights}
     */
    int categorical(double[] weights, int count);

    /** A number drawn evenly from [0, 1). */
    double uniform();

    /**
     * The choices that come next here, without using them up: a guess of what will be drawn is best drawn by the same numbers. To be used before anything
     * else is drawn here.
     *
     * @return empty if they cannot be known, as by default
     */
    default Optional<Choices> ahead() {
        return Optional.empty();
    }

    /**
     * Choices decided by a seed alone: a 192-bit generator ({@code L64X128MixRandom}), and inverse distribution functions
     * in the order of indices.
     */
    static Choices seeded(long seed) {
        return new SeededChoices(SeededChoices.generator(mix(seed)));
    }

    /** As {@link #seeded(long)}, for one of many sequences of a seed: independent of all others. */
    static Choices seeded(long seed, long index) {
        return seeded(mix(seed) ^ mix(~index));
    }

    /** A seed far from all seeds near the given one (the finaliser of SplitMix64, a bijection). */
    private static long mix(long seed) {
        long z = seed + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
