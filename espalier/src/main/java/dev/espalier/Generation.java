// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.confidence.Confidence;
import dev.espalier.confidence.ConfidenceOptions;
import dev.espalier.confidence.FieldLaws;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.IncompleteException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.Timings;
import dev.espalier.sampler.Transcript;
import dev.espalier.sampler.sequence.ModelTree;
import dev.espalier.source.CompiledSource;
import dev.espalier.source.OutputSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
    private final FieldConfidence fields;
    private final Duration compileTime;

    private Generation(
            Outcome outcome,
            Optional<String> reasoning,
            @Nullable T value,
            @Nullable EspalierException failure,
            FieldConfidence fields,
            Duration compileTime) {
        super(value, failure);
        this.outcome = outcome;
        this.reasoning = reasoning;
        this.fields = fields;
        this.compileTime = compileTime;
    }

    /**
     * The generation that ended with an outcome; a complete text is read as its value, after a last check where some keyword
     * of its schema was not enforced. What is checked at the end was checked while the text was written.
     */
    static <T> Generation<T> of(Outcome outcome, Request<T> request, CompiledSource source, FieldConfidence fields) {
        return of(outcome, request, source, fields, Duration.ZERO);
    }

    /** The same, whose output was compiled for it. */
    static <T> Generation<T> of(
            Outcome outcome, Request<T> request, CompiledSource source, FieldConfidence fields, Duration compileTime) {
        Optional<String> reasoning =
                request.output().thought(outcome.transcript().text());
        if (!outcome.isComplete()) {
            return new Generation<>(outcome, reasoning, null, why(outcome), fields, compileTime);
        }
        try {
            String text = request.beforeStop(outcome.transcript().text());
            return new Generation<>(outcome, reasoning, request.output().read(text, source), null, fields, compileTime);
        } catch (EspalierException e) {
            return new Generation<>(outcome, reasoning, null, e, fields, compileTime);
        }
    }

    /** A generation that was cancelled before anything was written. */
    static <T> Generation<T> cancelled() {
        Outcome outcome = new Outcome.Cancelled(
                new Transcript("", List.of(), 0, 0, 0, 0, 0, 0, 0, 0, Target.MASKED, false, List.of(), Timings.ZERO));
        return new Generation<>(outcome, Optional.empty(), null, why(outcome), FieldConfidence.NONE, Duration.ZERO);
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
        return new TokenUsage(
                written.promptTokens(), written.sharedTokens(), written.tokens().size(), written.forcedTokens());
    }

    /** {@inheritDoc} {@link Transcript#timings()} says where the time went. */
    @Override
    public Duration duration() {
        return Duration.ofNanos(transcript().timings().total());
    }

    /** How long compiling the output took, before {@link #duration()} begins; zero where it was compiled before, and for {@link Generator#stream} and {@link Generator#fill}. */
    public Duration compileTime() {
        return compileTime;
    }

    /** {@link #confidence(String, ConfidenceOptions)} under the default options. */
    public Confidence confidence(String pointer) {
        return confidence(pointer, ConfidenceOptions.DEFAULT);
    }

    /**
     * How sure the model is of a field: the probability of its value under the model's law at temperature 1 held to the output, and the best
     * alternatives. Asked of the model now, for each call anew, while others may generate. Cost: at most {@link ConfidenceOptions#maxPrefixes()} questions to the
     * model, several in a forward pass, or the tokens of the value if they are more; fewer where few values are allowed.
     *
     * @param pointer JSON pointer of a string, number or literal; empty for the whole of an output that is not JSON
     * @throws IncompleteException if the text is not whole
     * @throws dev.espalier.core.error.InvalidInputException if there is no such field, the generator is closed, or the text was filled into gaps or ended by a
     *     stop
     * @throws dev.espalier.core.error.UnsupportedFeatureException if it is an object or an array
     * @throws dev.espalier.core.error.ModelException if the model fails
     */
    public Confidence confidence(String pointer, ConfidenceOptions options) {
        return fields.ask(outcome, laws -> laws.of(pointer, false, options));
    }

    /** {@link #confidence(String, ConfidenceOptions)} of the key of a member: the alternatives are other keys, and the end of the object. */
    public Confidence keyConfidence(String pointer, ConfidenceOptions options) {
        return fields.ask(outcome, laws -> laws.of(pointer, true, options));
    }

    /**
     * {@link #confidence(String, ConfidenceOptions)} of every string, number and literal, and {@link #keyConfidence} of every key in whose place something else
     * could have come, in the order of the text.
     */
    public List<Confidence> confidences(ConfidenceOptions options) {
        return fields.ask(outcome, laws -> laws.all(options));
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

    /** Where the laws of a generation's fields come from. */
    interface FieldConfidence {

        /** Of texts whose law is another than that of texts written from left to right. */
        FieldConfidence NONE = new FieldConfidence() {
            @Override
            public <R> R ask(Outcome outcome, Function<FieldLaws, R> question) {
                throw new InvalidInputException(
                        "confidence is of whole texts that were written from left to right, without gaps");
            }
        };

        /** Answers a question about the fields of what was written. */
        <R> R ask(Outcome outcome, Function<FieldLaws, R> question);

        /**
         * The laws of what a generator wrote.
         *
         * @param generator asked again
         * @param request what it was asked
         */
        record OfRequest(Generator generator, Request<?> request) implements FieldConfidence {

            @Override
            public <R> R ask(Outcome outcome, Function<FieldLaws, R> question) {
                if (!outcome.isComplete()) {
                    throw new IncompleteException(
                            "confidence is of whole texts, and this one ended before it was whole");
                }
                if (!request.stops().isEmpty() || !request.stopTokens().isEmpty()) {
                    throw new InvalidInputException(
                            "confidence is of whole texts, and this one may have been ended by a stop");
                }
                int[] tokens = outcome.transcript().tokens().stream()
                        .mapToInt(Integer::intValue)
                        .toArray();
                String text = outcome.transcript().text();
                int start = request.output().answerStart(text);
                Output<?> answer = request.output().answer();
                Request<?> asked = start == 0
                        ? request.with(answer)
                        : request; // where it did not reason, it is of the answer alone
                int before = text.substring(0, start).getBytes(StandardCharsets.UTF_8).length;
                boolean isJson = answer.source() instanceof OutputSource.Schema;
                try (ModelTree tree = generator.tree(asked)) {
                    return question.apply(
                            new FieldLaws(tree, generator.compiler().vocabulary(), tokens, before, isJson));
                }
            }
        }
    }
}
