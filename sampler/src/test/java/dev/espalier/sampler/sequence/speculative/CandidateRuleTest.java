// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.speculative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.testing.RandomTrials;
import dev.espalier.sampler.EnumeratedChoices;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A token that comes of candidates has the law of the target, whatever the draft. */
class CandidateRuleTest {

    private static final List<CandidateRule> RULES = List.of(RecursiveRejection.RULE, SequentialSelection.RULE);

    /** What became of one way that the draws can go. */
    private record Result(int token, boolean kept) {}

    /** A law over a few tokens, some of which it never has. */
    private static double[] law(Random random, int size) {
        double[] weights = new double[size];
        double sum = 0;
        while (sum == 0) {
            for (int i = 0; i < size; i++) {
                weights[i] = random.nextInt(3) == 0 ? 0 : random.nextInt(20);
            }
            sum = Arrays.stream(weights).sum();
        }
        double total = sum;
        return Arrays.stream(weights).map(weight -> weight / total).toArray();
    }

    private static List<EnumeratedChoices.Trace<Result>> traces(
            CandidateRule rule, double[] target, double[] draft, int count) {
        return EnumeratedChoices.walk(choices -> {
            int[] candidates = rule.candidates(draft, count, choices);
            int token = rule.judged(target, draft, candidates, choices);
            return new Result(token, Arrays.stream(candidates).anyMatch(candidate -> candidate == token));
        });
    }

    private static double kept(List<EnumeratedChoices.Trace<Result>> traces) {
        return traces.stream()
                .filter(trace -> trace.result().kept())
                .mapToDouble(EnumeratedChoices.Trace::probability)
                .sum();
    }

    /** All ways, with their probabilities. */
    @RandomTrials(300)
    void theLawIsThatOfTheTarget(Random random) {
        int size = 1 + random.nextInt(5);
        double[] target = law(random, size);
        double[] draft = random.nextInt(6) == 0 ? target : law(random, size);
        int count = 1 + random.nextInt(3);
        for (CandidateRule rule : RULES) {
            double[] found = new double[size];
            traces(rule, target, draft, count)
                    .forEach(trace -> found[trace.result().token()] += trace.probability());
            for (int i = 0; i < size; i++) {
                assertEquals(target[i], found[i], 1e-12, rule.describe() + " of " + count);
            }
        }
    }

    /**
     * No rule keeps one of independent candidates more often than the optimal transport, whose acceptance is the least cut between tuples of candidates and tokens:
     * {@code min over sets H of 1 - Q(H)ᵏ + P(H)}, H the tokens of tuples that are not cut. K-sequential selection keeps at least {@code 1 - (1 - 1/k)ᵏ} of it.
     */
    @RandomTrials(300)
    void sequentialSelectionIsNearTheOptimalTransport(Random random) {
        int size = 1 + random.nextInt(5);
        double[] target = law(random, size);
        double[] draft = law(random, size);
        int count = 1 + random.nextInt(3);
        double best = 1;
        for (int set = 0; set < 1 << size; set++) {
            double p = 0;
            double q = 0;
            for (int i = 0; i < size; i++) {
                p += (set >> i & 1) == 0 ? 0 : target[i];
                q += (set >> i & 1) == 0 ? 0 : draft[i];
            }
            best = Math.min(best, 1 - Math.pow(q, count) + p);
        }
        double kept = kept(traces(SequentialSelection.RULE, target, draft, count));
        assertTrue(kept <= best + 1e-12, kept + " of " + best);
        assertTrue(kept >= (1 - Math.pow(1 - 1.0 / count, count)) * best - 1e-12, kept + " of " + best);
    }

    /** With one candidate both are plain speculative decoding, which is the optimal transport: it keeps {@code Σ min(P, Q)}. */
    @RandomTrials(100)
    void oneCandidateIsKeptAsOftenAsItCan(Random random) {
        int size = 1 + random.nextInt(5);
        double[] target = law(random, size);
        double[] draft = law(random, size);
        double overlap = 0;
        for (int i = 0; i < size; i++) {
            overlap += Math.min(target[i], draft[i]);
        }
        for (CandidateRule rule : RULES) {
            assertEquals(overlap, kept(traces(rule, target, draft, 1)), 1e-12, rule.describe());
        }
    }

    /** As many candidates without replacement as there are tokens: one of them is always right. */
    @RandomTrials(100)
    void candidatesWithoutReplacementThatAreAllTokensAreAlwaysKept(Random random) {
        int size = 1 + random.nextInt(4);
        double[] target = law(random, size);
        double[] draft = new double[size];
        Arrays.fill(draft, 1.0 / size);
        assertEquals(1, kept(traces(RecursiveRejection.RULE, target, draft, size)), 1e-12);
    }

    @Test
    void whatTheDraftNeverHasStillComes() {
        double[] target = {0.5, 0.5, 0};
        double[] draft = {0, 0, 1};
        for (CandidateRule rule : RULES) {
            List<EnumeratedChoices.Trace<Result>> traces = traces(rule, target, draft, 2);
            assertEquals(0, kept(traces), rule.describe());
            assertTrue(traces.stream().allMatch(trace -> trace.result().token() < 2));
        }
    }
}
