// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.input;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What is left to chance. The same seed makes the same choices. One thread.
 *
 * @param random where choices come from
 */
public record Dice(SplittableRandom random) {

    /** The dice of a numbered thing: whatever is drawn for others does not change them. */
    public static Dice of(long seed, long number) {
        return new Dice(new SplittableRandom((seed * 0x9e3779b97f4a7c15L + number) * 0xbf58476d1ce4e5b9L).split());
    }

    /** A number from 0 to {@code bound} − 1. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** A number between two, both included. */
    public int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** A number between two, both included: small ones as often as large ones, by their magnitude. */
    public int magnitude(int least, int most) {
        double log = Math.log(least) + random.nextDouble() * (Math.log(most + 1.0) - Math.log(least));
        return Math.min(most, Math.max(least, (int) Math.exp(log)));
    }

    /** True once in some times. */
    public boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    /** One of several. */
    public <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
