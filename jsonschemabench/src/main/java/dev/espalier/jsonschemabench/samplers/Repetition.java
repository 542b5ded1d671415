package dev.espalier.jsonschemabench.samplers;

import dev.espalier.core.Cancellation;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import dev.espalier.sampler.sequence.SequenceSampler;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a sampler brought for a number of calls.
 *
 * @param law the law that its samples put on texts
 * @param evidence its estimate of Z; empty if it has none
 * @param samples complete texts
 * @param calls laws that it asked for
 * @param predicateCalls tokens that it asked a predicate about
 * @param acceptance the share of proposals that were accepted; empty if it proposes nothing
 * @param nanos the time it took
 */
record Repetition(
        EmpiricalLaw law,
        OptionalDouble evidence,
        long samples,
        long calls,
        long predicateCalls,
        OptionalDouble acceptance,
        long nanos) {

    /**
     * Asks a new sampler for samples, the least that it does as a whole at a time, until the calls are used up. What it has
     * begun then is finished. A sampler that asks no more, because it has learned all, is asked as often as there are calls.
     *
     * @param calls laws that may be asked for, at least 1
     * @param seed decides everything
     * @param stop ends it soon; the result is then not whole
     */
    static Repetition of(Contender contender, SamplingCase one, int calls, long seed, Cancellation stop) {
        long start = System.nanoTime();
        Cancellation cancellation = new Cancellation();
        CountingTree tree = contender.tree(one, calls, cancellation, stop);
        SequenceSampler sampler = contender.open(one);
        List<Sample> samples = new ArrayList<>();
        Sums sums = new Sums();
        for (int i = 0; i < calls && tree.calls() < calls && !stop.isRequested(); i++) {
            long index = i;
            SamplingRun run = new SamplingRun(
                    text -> Choices.seeded(seed + index, text),
                    cancellation,
                    unused -> {},
                    contender.isTextByText() ? 1 : Long.MAX_VALUE);
            SampleSet set = sampler.sample(tree, contender.isTextByText() ? 2 : 1, run);
            samples.addAll(set.samples());
            sums.add(set);
        }
        return new Repetition(
                contender.law(samples),
                sums.evidence(),
                samples.stream().filter(Sample::complete).count(),
                tree.calls(),
                sums.predicateCalls,
                sums.acceptance(),
                System.nanoTime() - start);
    }

    /** Figures over all answers of a sampler. */
    private static final class Sums {

        private int answers;
        private double evidence;
        private boolean hasEvidence = true;
        private long predicateCalls;
        private long runs;
        private double accepted;
        private boolean hasAcceptance;

        void add(SampleSet set) {
            answers++;
            hasEvidence &= set.logEvidence().isPresent();
            evidence += Math.exp(set.logEvidence().orElse(Double.NEGATIVE_INFINITY));
            predicateCalls += set.predicateCalls();
            hasAcceptance |= set.acceptance().isPresent();
            runs += set.runs();
            accepted += set.acceptance().orElse(0) * set.runs();
        }

        /** The mean of the answers' estimates: each is unbiased by itself. */
        OptionalDouble evidence() {
            return hasEvidence && answers > 0 ? OptionalDouble.of(evidence / answers) : OptionalDouble.empty();
        }

        OptionalDouble acceptance() {
            return hasAcceptance && runs > 0 ? OptionalDouble.of(accepted / runs) : OptionalDouble.empty();
        }
    }
}
