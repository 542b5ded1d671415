// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.smc;

import dev.espalier.sampler.sequence.Prefix;

/**
 * A text of sequential Monte Carlo with its weight. Immutable.
 *
 * @param text the text so far
 * @param logProbability log of the model's probability of it
 * @param logWeight log of its weight, the twist included; minus infinity if it was given up
 * @param logTwist log of the twist that is in the weight; 0 if the text is finished
 */
record Particle(Prefix text, double logProbability, double logWeight, double logTwist) {

    /** The empty text with weight 1. */
    static Particle begun(Prefix root) {
        return new Particle(root, 0, 0, 0);
    }

    /** Whether it is to be continued. */
    boolean isActive() {
        return isKept() && !text.isFinished();
    }

    /** Whether its weight is above 0. */
    boolean isKept() {
        return logWeight > Double.NEGATIVE_INFINITY;
    }

    /** With another weight. */
    Particle withLogWeight(double value) {
        return new Particle(text, logProbability, value, logTwist);
    }
}
