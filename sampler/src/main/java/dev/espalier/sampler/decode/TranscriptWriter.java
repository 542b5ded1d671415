// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.Timings;
import dev.espalier.sampler.TokenProbabilities;
import dev.espalier.sampler.Transcript;
import dev.espalier.sampler.constraint.Utf8Stream;
import dev.espalier.sampler.law.Choice;
import java.util.ArrayList;
import java.util.List;

/** The transcript of a generation under way, which also tells the listener of tokens and text. One thread at a time. */
final class TranscriptWriter {

    private final Vocabulary vocabulary;
    private final DecodeListener listener;
    private final int promptTokens;
    private final long startedAt = System.nanoTime();
    private final List<Integer> tokens = new ArrayList<>();
    private final List<TokenProbabilities> probabilities = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final Utf8Stream stream = new Utf8Stream();
    private Target target = Target.MASKED;
    private boolean shortened;
    private int sharedTokens;
    private int forcedTokens;
    private int forwardPasses;
    private int draftedTokens;
    private int acceptedTokens;
    private double logProbability;
    private double logWeight;
    private long prefillNanos;
    private long forwardNanos;
    private long maskNanos;
    private long sampleNanos;
    private long waitingNanos;

    /** A writer; what is not to be weighed has sums that are not a number. */
    TranscriptWriter(Vocabulary vocabulary, DecodeListener listener, int promptTokens, boolean weighed) {
        this.vocabulary = vocabulary;
        this.listener = listener;
        this.promptTokens = promptTokens;
        this.logProbability = weighed ? 0 : Double.NaN;
        this.logWeight = logProbability;
    }

    /** The number of tokens so far. */
    int size() {
        return tokens.size();
    }

    /** The number of forward passes so far. */
    int forwardPasses() {
        return forwardPasses;
    }

    void token(int token, boolean forced) {
        tokens.add(token);
        forcedTokens += forced ? 1 : 0;
        listener.onToken(token, forced);
        show(stream.append(vocabulary.bytes(token).toByteArray()));
    }

    /** Something was written, or ended, without a draw. */
    void committed() {
        target = target == Target.MASKED ? Target.CANONICAL : target;
    }

    /** So many tokens were guessed. */
    void drafted(int count) {
        draftedTokens += count;
    }

    /** So many of the tokens that were guessed were drawn. */
    void accepted(int count) {
        acceptedTokens += count;
    }

    /** So many tokens of the start, which is the prompt and what is forced behind it, were copied instead of read. */
    void shared(int count) {
        sharedTokens = forwardPasses == 0 ? Math.min(count, promptTokens) : sharedTokens; // not when it begins again
    }

    /** A mask left out tokens that were not decided about. */
    void narrowed() {
        target = target == Target.HEURISTIC ? target : Target.NARROWED;
    }

    /** The token budget kept the likeliest token from being written, or ended the text. */
    void shortened() {
        shortened = true;
    }

    private void show(String chunk) {
        if (!chunk.isEmpty()) {
            text.append(chunk);
            listener.onText(chunk);
        }
    }

    /** No more tokens come: what is left of a character becomes text. */
    void endText() {
        show(stream.finish());
    }

    void drawn(Choice choice) {
        logProbability += choice.logProbability();
        logWeight += choice.logAllowedMass();
        target = choice.filtered() ? Target.HEURISTIC : target;
    }

    /** What the model thought of a draw. */
    void thought(TokenProbabilities thought) {
        probabilities.add(thought);
        listener.onProbabilities(thought);
    }

    /** A committed token was scored: as if it had been the only allowed one. */
    void scored(double logTokenProbability) {
        logProbability += logTokenProbability;
        logWeight += logTokenProbability;
    }

    void forward(long nanos) {
        prefillNanos += forwardPasses == 0 ? nanos : 0;
        forwardNanos += forwardPasses == 0 ? 0 : nanos;
        forwardPasses++;
    }

    void mask(long nanos) {
        maskNanos += nanos;
    }

    void sample(long nanos) {
        sampleNanos += nanos;
    }

    void waited(long nanos) {
        waitingNanos += nanos;
    }

    Transcript transcript() {
        Timings timings = new Timings(
                prefillNanos, forwardNanos, maskNanos, sampleNanos, waitingNanos, System.nanoTime() - startedAt);
        return new Transcript(
                text + stream.rest(),
                tokens,
                promptTokens,
                sharedTokens,
                forcedTokens,
                forwardPasses,
                draftedTokens,
                acceptedTokens,
                logProbability,
                logWeight,
                target,
                shortened,
                probabilities,
                timings);
    }
}
