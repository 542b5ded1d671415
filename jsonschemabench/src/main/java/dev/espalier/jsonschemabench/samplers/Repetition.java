// SPDX-License-Identifier: Apache-2.0
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
        List<SampleSet> answers = new ArrayList<>();
        for (int i = 0; i < calls && tree.calls() < calls && !stop.isRequested(); i++) {
            long index = i;
            SamplingRun run = new SamplingRun(
                    text -> Choices.seeded(seed + index, text),
                    cancellation,
                    unused -> {},
                    contender.isTextByText() ? 1 : Long.MAX_VALUE);
            answers.add(sampler.sample(tree, contender.isTextByText() ? 2 : 1, run));
        }
        List<Sample> samples =
                answers.stream().flatMap(set -> set.samples().stream()).toList();
        return new Repetition(
                contender.law(samples),
                evidence(answers),
                samples.stream().filter(Sample::complete).count(),
                tree.calls(),
                answers.stream().mapToLong(SampleSet::predicateCalls).sum(),
                acceptance(answers),
                System.nanoTime() - start);
    }

    /** The mean of the answers' estimates, each of which is unbiased by itself; empty if one has none. */
    private static OptionalDouble evidence(List<SampleSet> answers) {
        return answers.stream().allMatch(set -> set.logEvidence().isPresent())
                ? answers.stream()
                        .mapToDouble(set -> Math.exp(set.logEvidence().getAsDouble()))
                        .average()
                : OptionalDouble.empty();
    }

    /** The share of all runs that were accepted, where it is known. */
    private static OptionalDouble acceptance(List<SampleSet> answers) {
        long runs = answers.stream().mapToLong(SampleSet::runs).sum();
        return runs == 0 || answers.stream().allMatch(set -> set.acceptance().isEmpty())
                ? OptionalDouble.empty()
                : OptionalDouble.of(answers.stream()
                                .mapToDouble(set -> set.acceptance().orElse(0) * set.runs())
                                .sum()
                        / runs);
    }
}
