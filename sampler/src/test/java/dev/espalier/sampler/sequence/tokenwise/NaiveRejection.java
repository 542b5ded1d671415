// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.tokenwise;

import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.ProposalKernel;
import dev.espalier.sampler.sequence.TokenPredicate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The two loops with lists instead of sums, and any weight: an oracle for the shipped one, and a place for wrong weights.
 *
 * @param accepts the accepts after which it stops
 * @param maxRejects the refusals after which it stops
 * @param weight of a trace with an accept
 */
record NaiveRejection(TokenPredicate predicate, int accepts, int maxRejects, ToDoubleFunction<Trace> weight)
        implements ProposalKernel {

    /**
     * What happened.
     *
     * @param masses the mass of the pool before each draw
     * @param accepted which draws were accepted
     */
    record Trace(List<Double> masses, List<Boolean> accepted) {

        /** The mass at the first accept. */
        double first() {
            return masses.get(accepted.indexOf(true));
        }

        long rejects() {
            return accepted.stream().filter(accept -> !accept).count();
        }

        int accepts() {
            return accepted.size() - (int) rejects();
        }

        /** The sum of 1/mass over some draws. */
        double sum(int from, int to) {
            return masses.subList(from, to).stream()
                    .mapToDouble(mass -> 1 / mass)
                    .sum();
        }

        /** Masses after 0, 1, … refusals at which something was drawn. */
        List<Double> distinct() {
            return masses.stream().distinct().toList();
        }
    }

    /** The weight of the paper. */
    static double paper(Trace trace) {
        return trace.first() / (trace.rejects() + 1);
    }

    /** The weight of the shipped code, with polynomials by their definition. */
    static double averaged(Trace trace) {
        List<Double> masses = trace.distinct();
        boolean full = trace.accepted().get(trace.accepted().size() - 1);
        int degree = full ? trace.accepts() - 1 : trace.accepts();
        return symmetric(masses, degree - 1, 0) / symmetric(masses, degree, 0);
    }

    /** The sum of all products of some of 1/mass, from one on, repeats allowed. */
    private static double symmetric(List<Double> masses, int degree, int from) {
        if (degree == 0) {
            return 1;
        }
        double sum = 0;
        for (int i = from; i < masses.size(); i++) {
            sum += symmetric(masses, degree - 1, i) / masses.get(i);
        }
        return sum;
    }

    @Override
    public Proposed propose(Prefix text, TokenLaw law, Choices choices) {
        List<Integer> pool = new ArrayList<>();
        for (int token : text.mask().ids()) {
            pool.add(token);
        }
        List<Double> masses = new ArrayList<>();
        List<Boolean> accepted = new ArrayList<>();
        int first = -1;
        int accepts = 0;
        int rejects = 0;
        while (!pool.isEmpty() && accepts < this.accepts && rejects < maxRejects) {
            double[] weights = pool.stream().mapToDouble(law::of).toArray();
            int drawn = choices.categorical(weights, weights.length);
            int token = pool.get(drawn);
            masses.add(pool.stream().mapToDouble(law::of).sum());
            accepted.add(predicate.allows(text, token));
            if (accepted.get(accepted.size() - 1)) {
                first = accepts == 0 ? token : first;
                accepts++;
            } else {
                pool.remove(drawn);
                rejects++;
            }
        }
        Trace trace = new Trace(masses, accepted);
        return accepts == 0
                ? Proposed.none(masses.size())
                : new Proposed(first, Math.log(weight.applyAsDouble(trace)), masses.size());
    }
}
