// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.speculative;

import dev.espalier.sampler.law.Choices;

/**
 * How candidates for the next token are drawn from the law Q of a draft model, and how one token with the law P of the target comes of them: a candidate as often as
 * it can, and another token else. Laws are by the places of the allowed tokens and add up to 1. Stateless.
 */
interface CandidateRule {

    /**
     * Draws candidates.
     *
     * @param draft the law Q
     * @param count how many, at least 1
     * @return their places in the order in which they were drawn; fewer where Q does not have as many
     */
    int[] candidates(double[] draft, int count, Choices choices);

    /**
     * A token whose law over all candidates is P.
     *
     * @param target the law P
     * @param draft the law Q
     * @param candidates what {@link #candidates} drew, at least one
     * @return its place
     */
    int judged(double[] target, double[] draft, int[] candidates, Choices choices);

    /** What the rule is, for those who choose one. */
    String describe();

    /** Whether something happens that has a weight beside another one; surely if the other is not above 0. */
    static boolean happens(double weight, double other, Choices choices) {
        return other <= 0 || choices.categorical(new double[] {weight, other}, 2) == 0;
    }
}
