// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.IncompleteException;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.Timings;
import dev.espalier.sampler.Transcript;
import dev.espalier.source.CompiledSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text that was written from left to right: its outcome, and its value when the outcome is {@link Outcome.Complete}. Immutable;
 * thread-safe if the value is.
 *
 * @param <T> the type of the value
 */
public final class Generation<T> extends Result<T> {

    private final Outcome outcome;
    private final Optional<String> reasoning;

    private Generation(
            Outcome outcome, Optional<String> reasoning, @Nullable T value, @Nullable EspalierException failure) {
        super(value, failure);
        this.outcome = outcome;
        this.reasoning = reasoning;
    }

    /**
     * The generation that ended with an outcome; a complete text is read as its value, after a last check where some keyword
     * of its schema was not enforced. What is checked at the end was checked while the text was written.
     */
    static <T> Generation<T> of(Outcome outcome, Request<T> request, CompiledSource source) {
        Optional<String> reasoning =
                request.output().thought(outcome.transcript().text());
        if (!outcome.isComplete()) {
            return new Generation<>(outcome, reasoning, null, why(outcome));
        }
        try {
            String text = request.beforeStop(outcome.transcript().text());
            return new Generation<>(outcome, reasoning, request.output().read(text, source), null);
        } catch (EspalierException e) {
            return new Generation<>(outcome, reasoning, null, e);
        }
    }

    /** A generation that was cancelled before anything was written. */
    static <T> Generation<T> cancelled() {
        Outcome outcome = new Outcome.Cancelled(
                new Transcript("", List.of(), 0, 0, 0, 0, 0, 0, 0, Target.MASKED, List.of(), Timings.ZERO));
        return new Generation<>(outcome, Optional.empty(), null, why(outcome));
    }

    /** How it ended, with what was written, its log probability, log weight and timings. */
    public Outcome outcome() {
        return outcome;
    }

    /** What was written until it ended. */
    public Transcript transcript() {
        return outcome.transcript();
    }

    /** What the model reasoned before its answer, if the output has {@linkplain Output#after reasoning} and it has begun. */
    public Optional<String> reasoning() {
        return reasoning;
    }

    @Override
    public String text() {
        return transcript().text();
    }

    @Override
    public boolean isComplete() {
        return outcome.isComplete();
    }

    @Override
    public TokenUsage usage() {
        Transcript written = transcript();
        return new TokenUsage(written.promptTokens(), written.tokens().size(), written.forcedTokens());
    }

    /** {@inheritDoc} {@link Transcript#timings()} says where the time went. */
    @Override
    public Duration duration() {
        return Duration.ofNanos(transcript().timings().total());
    }

    @Override
    String outcomeName() {
        return outcome.getClass().getSimpleName();
    }

    private static EspalierException why(Outcome outcome) {
        int tokens = outcome.transcript().tokens().size();
        if (outcome instanceof Outcome.DeadEnd end) {
            return end.cause();
        } else if (outcome instanceof Outcome.ModelFailed failed) {
            return failed.cause();
        } else if (outcome instanceof Outcome.Refused refused) {
            return refused.cause();
        } else if (outcome instanceof Outcome.Cancelled) {
            return new CancelledException("the generation was cancelled after " + tokens + " tokens");
        }
        return new IncompleteException(
                "the token budget was spent after " + tokens + " tokens, before the text was whole; raise maxTokens");
    }
}
