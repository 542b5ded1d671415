// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.tokenwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.ProposalKernel;
import dev.espalier.sampler.sequence.TokenPredicate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What estimators cost and how much their weights vary on Zipf laws of 1000 tokens, where traces cannot be enumerated. */
class AdaptiveRejectionCostTest {

    private static final int SIZE = 1000;
    private static final int RUNS = Integer.getInteger("espalier.sampler.runs", 3000);

    /** The mean number of questions to the predicate, its standard error, and mean and variance of w/Z. */
    private record Measured(double checks, double error, double mean, double variance) {}

    private static Measured measure(OneStep step, Function<TokenPredicate, ProposalKernel> proposal) {
        double z = step.mass();
        Prefix text = step.text();
        ProposalKernel prepared =
                proposal.apply((prefix, token) -> step.allowed().contains(token));
        double checks = 0;
        double squares = 0;
        double mean = 0;
        double second = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            ProposalKernel.Proposed proposed = prepared.propose(text, step.law(), Choices.seeded(seed));
            double relative = Math.exp(proposed.logWeight()) / z;
            checks += proposed.checks();
            squares += (double) proposed.checks() * proposed.checks();
            mean += relative;
            second += relative * relative;
        }
        checks /= RUNS;
        double error = Math.sqrt((squares / RUNS - checks * checks) / RUNS);
        return new Measured(checks, error, mean / RUNS, second / RUNS - Math.pow(mean / RUNS, 2));
    }

    private static Set<Integer> ranks(int from, int to) {
        return IntStream.rangeClosed(from - 1, to - 1).boxed().collect(Collectors.toSet());
    }

    /** One token in twenty, such that the mass is about a given one. */
    private static OneStep sparse(double exponent, double mass) {
        for (long seed = 0; ; seed++) {
            Random random = new Random(seed);
            Set<Integer> allowed = new HashSet<>();
            for (int id = 0; id < SIZE; id++) {
                if (random.nextInt(20) == 0) {
                    allowed.add(id);
                }
            }
            OneStep step = OneStep.zipf(SIZE, exponent, allowed);
            if (Math.abs(step.mass() / mass - 1) < .02) {
                return step;
            }
        }
    }

    private static List<OneStep> cases() {
        return List.of(
                sparse(1.2, .035),
                OneStep.zipf(SIZE, 1.2, ranks(1, 1)),
                OneStep.zipf(SIZE, 1.2, ranks(3, 10)),
                sparse(2, .002),
                OneStep.zipf(SIZE, 2, ranks(2, SIZE)),
                OneStep.zipf(SIZE, 2, ranks(50, 60)));
    }

    /**
     * Accepts come as a Poisson process of rate Z, the first draw of a refused token at an exponential time of rate p: it
     * comes before the r-th accept with probability {@code 1 - (Z / (Z + p))^r}.
     */
    private static double refusals(OneStep step, int accepts) {
        double z = step.mass();
        double sum = 0;
        for (int token = 0; token < SIZE; token++) {
            double p = step.law().of(token);
            sum += step.expected(token) > 0 ? 0 : 1 - Math.pow(z / (z + p), accepts);
        }
        return sum;
    }

    /** The expected number of different tokens among some accepts. */
    private static double different(OneStep step, int accepts) {
        double z = step.mass();
        return IntStream.range(0, SIZE)
                .mapToDouble(token -> 1 - Math.pow(1 - step.expected(token) / z, accepts))
                .sum();
    }

    @Test
    void thePredicateIsAskedAsOftenAsTheoryTells() {
        for (OneStep step : cases()) {
            for (int accepts = 2; accepts <= 3; accepts++) {
                int r = accepts;
                Measured two = measure(step, predicate -> AdaptiveRejection.twoLoops(predicate, r));
                assertEquals(refusals(step, r) + different(step, r), two.checks(), 5 * two.error() + 1e-9);
                assertTrue(two.checks() < SIZE / 10.0);
            }
            Measured one = measure(step, AdaptiveRejection::recursive);
            assertEquals(refusals(step, 1) + 2, one.checks(), 5 * one.error() + 1e-9);
        }
    }

    @Test
    void theNumberOfQuestionsIsTheOneMeasuredElsewhere() {
        double[] twoLoops = {28.8, 6.9, 6.6, 39, 2.7};
        double[] recursive = {17.1, 5.1, 4.6, 27, 2.6};
        List<OneStep> cases = cases();
        for (int i = 0; i < twoLoops.length; i++) {
            OneStep step = cases.get(i);
            assertEquals(twoLoops[i], refusals(step, 2) + different(step, 2), .05 * twoLoops[i]);
            assertEquals(recursive[i], refusals(step, 1) + 2, .05 * recursive[i]);
        }
    }

    @Test
    void weightsAreUnbiasedAndThreeAcceptsVaryHalfAsMuchAsTwo() {
        for (OneStep step : cases()) {
            Measured two = measure(step, predicate -> AdaptiveRejection.twoLoops(predicate, 2));
            Measured three = measure(step, predicate -> AdaptiveRejection.twoLoops(predicate, 3));
            assertTrue(three.variance() < .5 * two.variance());
            assertEquals(1, two.mean(), 5 * Math.sqrt(two.variance() / RUNS));
            assertEquals(1, three.mean(), 5 * Math.sqrt(three.variance() / RUNS));
        }
    }

    /**
     * The weights of one trace with two accepts: the published one, that of drawing with replacement as others do it, ours.
     *
     * @param phantoms for the draws that drawing with replacement would have repeated
     */
    private static double[] weights(OneStep step, int seed, Random phantoms) {
        List<Double> masses = new ArrayList<>(List.of(1.0));
        double[] first = {-1};
        TokenPredicate predicate = (text, token) -> {
            double left = masses.get(masses.size() - 1);
            if (step.allowed().contains(token)) {
                first[0] = first[0] < 0 ? left : first[0];
                return true;
            }
            masses.add(left - step.law().of(token));
            return false;
        };
        ProposalKernel.Proposed proposed =
                AdaptiveRejection.twoLoops(predicate, 2).propose(step.text(), step.law(), Choices.seeded(seed));
        int rejects = masses.size() - 1;
        // each refused token was drawn with the mass before it; the two accepts with the first's and with the last mass
        double repeated = 0;
        for (int draw = 0; draw < rejects + 2; draw++) {
            double mass = draw < rejects ? masses.get(draw) : draw == rejects ? first[0] : masses.get(rejects);
            repeated += mass >= 1 ? 0 : Math.floor(Math.log(phantoms.nextDouble()) / Math.log1p(-mass));
        }
        return new double[] {first[0] / (rejects + 1), 1 / (rejects + 1 + repeated), Math.exp(proposed.logWeight())};
    }

    /** The table of docs/benchmarks/gains.md; {@code -Despalier.sampler.runs=100000} takes as many draws. */
    @Test
    void ourWeightVariesNoMoreThanThePublishedOnes() {
        System.out.println(
                "Var(w)/Z², " + RUNS + " draws: published, with replacement, ours with 2 accepts, with 3, recursive");
        for (OneStep step : cases()) {
            double z = step.mass();
            double[] mean = new double[3];
            double[] second = new double[3];
            Random phantoms = new Random(5);
            for (int seed = 0; seed < RUNS; seed++) {
                double[] weights = weights(step, seed, phantoms);
                for (int i = 0; i < weights.length; i++) {
                    mean[i] += weights[i] / z / RUNS;
                    second[i] += weights[i] * weights[i] / z / z / RUNS;
                }
            }
            double[] variance = new double[3];
            for (int i = 0; i < variance.length; i++) {
                variance[i] = second[i] - mean[i] * mean[i];
                assertEquals(1, mean[i], 5 * Math.sqrt(variance[i] / RUNS));
            }
            assertTrue(variance[2] <= 1.02 * variance[0], () -> "more than the published weight");
            assertTrue(variance[2] <= 1.02 * variance[1], () -> "more than with replacement");
            Measured two = measure(step, predicate -> AdaptiveRejection.twoLoops(predicate, 2));
            Measured three = measure(step, predicate -> AdaptiveRejection.twoLoops(predicate, 3));
            Measured recursive = measure(step, AdaptiveRejection::recursive);
            System.out.printf(
                    Locale.ROOT,
                    "Z %.4f: %.3f %.3f %.3f at %.1f, %.3f at %.1f, %.3f at %.1f%n",
                    z,
                    variance[0],
                    variance[1],
                    variance[2],
                    two.checks(),
                    three.variance(),
                    three.checks(),
                    recursive.variance(),
                    recursive.checks());
        }
    }

    @Test
    void recursiveWeightsVaryLeastWhereOneTokenHasAllAndMostWhereItIsSpread() {
        for (OneStep step : cases()) {
            Measured three = measure(step, predicate -> AdaptiveRejection.twoLoops(predicate, 3));
            Measured recursive = measure(step, AdaptiveRejection::recursive);
            if (step.allowed().size() == 1) {
                assertEquals(0, recursive.variance(), 1e-12);
            } else {
                assertTrue(recursive.variance() > 2 * three.variance());
            }
        }
    }
}
