// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.speculative;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.sampler.law.Choices;

/**
 * Independent candidates, of which the first is taken that passes {@code min(1, P / ρQ)}, with the least ρ for which what the others must make up is nowhere below
 * 0: k-sequential selection, within {@code 1 - 1/e} of the optimal transport from the candidates to the target (Sun et al. 2023, "SpecTr: fast speculative decoding
 * via optimal transport", arXiv 2310.15141, algorithm 3). With one candidate ρ is 1, and this is plain speculative decoding.
 *
 * <p>Why the law is P: with {@code β = Σ min(Q, P/ρ)}, the first that passes is x with probability {@code min(Q, P/ρ) · (1 - (1-β)ᵏ) / β}, and none passes with
 * probability {@code (1-β)ᵏ}; what P has more than the first is drawn then.
 */
@FastPath(oracle = "CandidateRuleTest")
final class SequentialSelection implements CandidateRule {

    static final SequentialSelection RULE = new SequentialSelection();

    private static final int HALVINGS = 60;

    private SequentialSelection() {}

    @Override
    public int[] candidates(double[] draft, int count, Choices choices) {
        int[] drawn = new int[count];
        for (int i = 0; i < count; i++) {
            drawn[i] = choices.categorical(draft, draft.length);
        }
        return drawn;
    }

    @Override
    public int judged(double[] target, double[] draft, int[] candidates, Choices choices) {
        double rho = rho(target, draft, candidates.length);
        for (int candidate : candidates) {
            double passes = target[candidate] / rho;
            if (CandidateRule.happens(passes, draft[candidate] - passes, choices)) {
                return candidate;
            }
        }
        double share = share(passing(target, draft, rho), candidates.length);
        double[] rest = new double[target.length];
        boolean any = false;
        for (int i = 0; i < rest.length; i++) {
            rest[i] = Math.max(0, target[i] - share * Math.min(draft[i], target[i] / rho));
            any |= rest[i] > 0;
        }
        return choices.categorical(any ? rest : target, rest.length); // there is a rest, but for rounding
    }

    /** The least ρ, up to rounding and never below it, for which no token passes more often than P lets it. */
    static double rho(double[] target, double[] draft, int count) {
        double low = 1;
        double high = count;
        for (int i = 0; i < HALVINGS && low < high; i++) {
            double middle = (low + high) / 2;
            if (share(passing(target, draft, middle), count) <= middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /** β: how often a candidate passes. */
    private static double passing(double[] target, double[] draft, double rho) {
        double sum = 0;
        for (int i = 0; i < target.length; i++) {
            sum += Math.min(draft[i], target[i] / rho);
        }
        return Math.min(1, sum);
    }

    /** How many of the candidates, on average, are judged until one passes: {@code (1 - (1-β)ᵏ) / β}. */
    private static double share(double beta, int count) {
        double sum = 0;
        double none = 1;
        for (int i = 0; i < count; i++) {
            sum += none;
            none *= 1 - beta;
        }
        return sum;
    }

    @Override
    public String describe() {
        return "independent, the first taken that passes, near the optimal transport";
    }
}
