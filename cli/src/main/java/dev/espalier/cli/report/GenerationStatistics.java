// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.report;

import dev.espalier.Generation;
import dev.espalier.cli.console.Console;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.Timings;
import dev.espalier.sampler.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Statistics on the tokens and the time of some generations. */
public final class GenerationStatistics {

    private final long loading;
    private final StepLog steps;
    private final List<Transcript> transcripts = new ArrayList<>();

    /** The statistics of generations with a model that was loaded in so many nanoseconds. */
    public GenerationStatistics(long loading, StepLog steps) {
        this.loading = loading;
        this.steps = steps;
    }

    public void add(Generation<?> generation) {
        transcripts.add(generation.transcript());
    }

    /** Prints a line for each generation, and one for all, to standard error. */
    public void print(Console console) {
        console.err()
                .printf(
                        Locale.ROOT,
                        "model loaded in %.0f ms; %d forward passes; %.0f%% of mask time ran beside them%n",
                        loading / 1e6,
                        steps.forwardPasses(),
                        100 * steps.overlap());
        if (steps.takenBack() > 0) {
            console.err().println("texts that turned out wrong and were taken back: " + steps.takenBack());
        }
        for (Transcript transcript : transcripts) {
            Timings timings = transcript.timings();
            int tokens = transcript.tokens().size();
            long stepping = timings.forward() + timings.sample() + timings.waiting();
            double masking = timings.mask() / (double) Math.max(1, stepping);
            console.err()
                    .printf(
                            Locale.ROOT,
                            "%d tokens (%d forced) after a prompt of %d, in %d forward passes%n",
                            tokens,
                            transcript.forcedTokens(),
                            transcript.promptTokens(),
                            transcript.forwardPasses());
            console.err()
                    .printf(
                            Locale.ROOT,
                            "  %.0f ms: prefill %.0f, forward %.0f, sampling %.1f, waiting for masks %.1f (%.1f%%); "
                                    + "masks %.1f (%.1f%%) on another thread; %.0f tokens/s%n",
                            timings.total() / 1e6,
                            timings.prefill() / 1e6,
                            timings.forward() / 1e6,
                            timings.sample() / 1e6,
                            timings.waiting() / 1e6,
                            stepping == 0 ? 0.0 : 100.0 * timings.waiting() / stepping,
                            timings.mask() / 1e6,
                            100 * masking,
                            tokens / Math.max(1e-9, timings.total() / 1e9));
            if (transcript.draftedTokens() > 0) {
                console.err()
                        .printf(
                                Locale.ROOT,
                                "  %d of %d guessed tokens were right: %.1f tokens a pass%n",
                                transcript.acceptedTokens(),
                                transcript.draftedTokens(),
                                tokens / (double) Math.max(1, transcript.forwardPasses()));
            }
            if (transcript.target() == Target.NARROWED) {
                console.err()
                        .println("  some masks left tokens out of which it was not decided in time whether they fit the"
                                + " budget; more tokens, or the limit budgetDeadline, leave more room");
            }
        }
    }
}
