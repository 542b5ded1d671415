// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.speculative;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.sampler.law.Choices;
import java.util.Arrays;

/**
 * Candidates without replacement, each kept with probability {@code min(1, P / Q)}; after one that is not, P is what it has more than Q, and Q is what it has besides
 * that candidate (Jeon et al. 2024, "Recursive speculative decoding: accelerating LLM inference via sampling without replacement", arXiv 2402.14160; Yang et al. 2024,
 * "Multi-candidate speculative decoding", arXiv 2401.06706). With one candidate this is plain speculative decoding (Leviathan et al. 2023, arXiv 2211.17192).
 *
 * <p>Why the law is P: given that the ones before were not kept, a candidate has the law Q of that time, and what is to come has the law P of that time.
 */
@FastPath(oracle = "CandidateRuleTest")
final class RecursiveRejection implements CandidateRule {

    static final RecursiveRejection RULE = new RecursiveRejection();

    private RecursiveRejection() {}

    @Override
    public int[] candidates(double[] draft, int count, Choices choices) {
        double[] left = draft.clone();
        int[] drawn = new int[Math.min(count, draft.length)];
        int found = 0;
        while (found < drawn.length && Arrays.stream(left).anyMatch(weight -> weight > 0)) {
            drawn[found] = choices.categorical(left, left.length);
            left[drawn[found++]] = 0;
        }
        return Arrays.copyOf(drawn, found);
    }

    @Override
    public int judged(double[] target, double[] draft, int[] candidates, Choices choices) {
        double[] p = target;
        double[] q = draft;
        for (int candidate : candidates) {
            if (CandidateRule.happens(p[candidate], q[candidate] - p[candidate], choices)) {
                return candidate;
            }
            double[] more = more(p, q);
            if (more.length == 0) {
                break; // the laws differ by rounding only
            }
            p = more;
            q = without(q, candidate);
        }
        return choices.categorical(p, p.length);
    }

    /** The law of what P has more than Q; of no token if there is nothing. */
    private static double[] more(double[] p, double[] q) {
        double[] more = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            more[i] = Math.max(0, p[i] - q[i]);
        }
        return normalised(more);
    }

    private static double[] without(double[] q, int candidate) {
        double[] rest = q.clone();
        rest[candidate] = 0;
        return normalised(rest);
    }

    private static double[] normalised(double[] weights) {
        double sum = Arrays.stream(weights).sum();
        return sum > 0 ? Arrays.stream(weights).map(weight -> weight / sum).toArray() : new double[0];
    }

    @Override
    public String describe() {
        return "without replacement, each kept or taken out of both laws";
    }
}
