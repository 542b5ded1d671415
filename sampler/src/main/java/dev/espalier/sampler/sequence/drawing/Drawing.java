// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.drawing;

import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import dev.espalier.sampler.sequence.TokenTree;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The samples of one call, for samplers that begin one text after the other, with when the call ends and what it took. One thread. */
public final class Drawing {

    private final TokenTree tree;
    private final int count;
    private final SamplingRun run;
    private final long callsBefore;
    private final List<Sample> samples = new ArrayList<>();
    private long runs;

    /**
     * No samples yet.
     *
     * @param count how many are wanted
     */
    public Drawing(TokenTree tree, int count, SamplingRun run) {
        this.tree = tree;
        this.count = count;
        this.run = run;
        this.callsBefore = tree.calls();
    }

    /** Whether another text is to be begun. */
    public boolean goesOn() {
        return !isWhole() && runs < run.maxRuns() && !run.cancellation().isRequested();
    }

    /** The random decisions of the next text, which is begun. */
    public Choices begin() {
        return run.choices().apply(runs++);
    }

    /** Takes a sample. */
    public void add(Sample sample) {
        samples.add(sample);
        run.listener().accept(sample);
    }

    /** Texts that were begun. */
    public long runs() {
        return runs;
    }

    /** Samples so far. */
    public int size() {
        return samples.size();
    }

    /** Whether all samples are there. */
    boolean isWhole() {
        return samples.size() >= count;
    }

    /** The share of the texts begun that became samples; empty if none was begun. */
    public OptionalDouble acceptance() {
        return share(samples.size(), runs);
    }

    /** The share of a part in a whole; empty if the whole is 0. */
    public static OptionalDouble share(long part, long whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }

    /** The evidence of weighted samples: {@link SampleSet#evidence}. */
    public OptionalDouble evidence() {
        return SampleSet.evidence(samples, isWhole(), run);
    }

    /** The samples as a result. */
    public SampleSet result(long predicateCalls, OptionalDouble logEvidence, OptionalDouble acceptance) {
        return new SampleSet(
                samples, runs, tree.calls() - callsBefore, predicateCalls, logEvidence, acceptance, !isWhole());
    }
}
