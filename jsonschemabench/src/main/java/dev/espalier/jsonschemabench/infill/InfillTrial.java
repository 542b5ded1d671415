// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.infill;

import dev.espalier.CompiledOutput;
import dev.espalier.Output;
import dev.espalier.core.Cancellation;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.jsonschemabench.judge.Obstacles;
import dev.espalier.jsonschemabench.judge.Recogniser;
import dev.espalier.jsonschemabench.judge.ReferenceValidator;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.canvas.CanvasParser;
import dev.espalier.sampler.diffusion.InfillOutcome;
import dev.espalier.sampler.diffusion.InfillResult;
import dev.espalier.sampler.diffusion.InfillStep;
import dev.espalier.sampler.diffusion.decode.InfillDecoder;
import dev.espalier.sampler.diffusion.decode.InfillRequest;
import dev.espalier.sampler.diffusion.layout.CanvasLayout;
import dev.espalier.sampler.diffusion.layout.CanvasSegment;
import dev.espalier.schemas.SchemaCompiler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Fills one canvas after the other, each with a parser that has seen none. Thread-safe. */
public final class InfillTrial implements AutoCloseable {

    /** A canvas that is too short is tried up to so many times its size to say what it needs. */
    private static final int LONGER = 4;

    private final InfillModels models;
    private final InfillSettings settings;
    private final ReferenceValidator validator = new ReferenceValidator();
    private final Obstacles obstacles;

    /** Trials of some settings; closes its models with it. */
    public InfillTrial(InfillSettings settings) {
        this.models = new InfillModels(settings);
        this.settings = settings;
        this.obstacles = new Obstacles(new SchemaCompiler(), settings.options());
    }

    InfillSettings settings() {
        return settings;
    }

    @Override
    public void close() {
        models.close();
    }

    /**
     * The result of a trial; whatever is thrown becomes part of it.
     *
     * @param cancellation ends it soon, as if out of time
     */
    TrialResult run(InfillCase source, TrialKey key, Cancellation cancellation) {
        Output<String> output = source.output(settings.options());
        CompiledOutput compiled;
        try {
            compiled = models.compiler(key.model()).compile(output, cancellation);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return TrialResult.of(key, TrialEnd.REFUSED, obstacles.of(source.source(), e));
        }
        try {
            return new Run(source, key, output, compiled, cancellation).result();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return TrialResult.of(key, end(e), List.of(Obstacles.reason(e)));
        }
    }

    private static TrialEnd end(Throwable failure) {
        if (failure instanceof CancelledException) {
            return TrialEnd.TIMEOUT;
        }
        boolean limit = failure instanceof LimitExceededException || failure instanceof CompileTimeoutException;
        return limit ? TrialEnd.LIMIT : TrialEnd.ERROR;
    }

    private final class Run {

        private final InfillCase source;
        private final TrialKey key;
        private final Output<String> output;
        private final CompiledGrammar grammar;
        private final Recogniser recogniser;
        private final Cancellation cancellation;

        Run(
                InfillCase source,
                TrialKey key,
                Output<String> output,
                CompiledOutput compiled,
                Cancellation cancellation) {
            this.source = source;
            this.key = key;
            this.output = output;
            this.grammar = compiled.grammar();
            this.recogniser = new Recogniser(compiled.source().automaton());
            this.cancellation = cancellation;
        }

        TrialResult result() {
            Optional<Wanted> wanted =
                    key.model().kind() == ModelChoice.Kind.SIMULATED ? wanted() : Optional.of(Wanted.NOTHING);
            if (wanted.isEmpty()) {
                return TrialResult.of(key, TrialEnd.NO_INSTANCE, List.of());
            }
            CanvasParser parser = new CanvasParser(grammar);
            long start = System.nanoTime();
            boolean completable = parser.parse(
                            Canvas.blank(grammar.vocabulary(), key.slots()),
                            new WorkBudget(grammar.limits(), cancellation))
                    .isCompletable();
            long first = System.nanoTime() - start;
            if (!completable && key.strategy() != InfillContender.EXACT) {
                return TrialResult.of(key, TrialEnd.TOO_SHORT, List.of());
            }
            InfillResult result = decoded(parser, wanted.get());
            if (!completable) {
                OptionalInt needed = result.outcome() instanceof InfillOutcome.Uncompletable known
                        ? known.neededSlots()
                        : OptionalInt.empty();
                return result(TrialEnd.TOO_SHORT, needed, wanted.get(), first, result);
            }
            return result(end(result.outcome()), OptionalInt.empty(), wanted.get(), first, result);
        }

        private InfillResult decoded(CanvasParser parser, Wanted wanted) {
            InfillRequest request = InfillRequest.builder(grammar, CanvasLayout.of(CanvasSegment.gap(key.slots())))
                    .prompt(models.prompt(key.model(), output, key.slots()))
                    .policy(settings.policyFor(key.model()))
                    .strategy(key.strategy().strategy())
                    .parameters(settings.parameters(key.model(), key.paired()))
                    .parser(parser)
                    .maxSlots(LONGER * key.slots())
                    .cancellation(cancellation)
                    .build();
            return new InfillDecoder(models.model(key.model(), wanted.tokens(), settings.seedOf(key.paired())))
                    .decode(request);
        }

        /** The first text that is a sentence and fits; or else the first sentence, or else the first text. */
        private Optional<Wanted> wanted() {
            Optional<Wanted> best = Optional.empty();
            for (String text : source.texts()) {
                int[] tokens = models.encoder().encode(text);
                boolean sentence = recogniser.accepts(text.getBytes(StandardCharsets.UTF_8));
                Wanted found = new Wanted(tokens, sentence, sentence && tokens.length <= key.slots());
                if (best.isEmpty() || found.rank() > best.get().rank()) {
                    best = Optional.of(found);
                }
            }
            return best;
        }

        private TrialResult result(TrialEnd end, OptionalInt needed, Wanted wanted, long first, InfillResult result) {
            LatencyHistogram steps = new LatencyHistogram();
            result.steps().stream()
                    .filter(step -> step.passes() > 0)
                    .mapToLong(InfillStep::constraintNanos)
                    .forEach(steps::add);
            String faults = end.isFinished() ? faults(result) : "";
            return new TrialResult(
                    key,
                    end,
                    reasons(result.outcome()),
                    needed,
                    wanted.fits(),
                    result.text(),
                    faults,
                    new TrialResult.Work(
                            result.steps().size(), result.forwardPasses(), result.commits(), result.rejections()),
                    new TrialResult.Times(
                            first,
                            result.timings().mask(),
                            result.timings().forward(),
                            result.timings().total(),
                            steps));
        }

        private String faults(InfillResult result) {
            if (source.isSchema()) {
                return validator.faults(source.source(), result.text());
            }
            return recogniser.accepts(result.bytes().toByteArray()) ? "" : "the grammar does not accept the text";
        }

        private List<Reason> reasons(InfillOutcome outcome) {
            if (outcome instanceof InfillOutcome.Refused refused) {
                return List.of(Obstacles.reason(refused.cause()));
            } else if (outcome instanceof InfillOutcome.ModelFailed failed) {
                return List.of(Obstacles.reason(failed.cause()));
            }
            return outcome instanceof InfillOutcome.Unfinished unfinished
                    ? List.of(new Reason("#", "unfinished", unfinished.reason()))
                    : List.of();
        }
    }

    /**
     * What a simulated model wants to write.
     *
     * @param tokens its tokens
     * @param sentence whether the text is a sentence
     * @param fits whether it is one with as many slots as there are
     */
    private record Wanted(int[] tokens, boolean sentence, boolean fits) {

        static final Wanted NOTHING = new Wanted(new int[0], false, false);

        int rank() {
            return (sentence ? 1 : 0) + (fits ? 1 : 0);
        }
    }

    private static TrialEnd end(InfillOutcome outcome) {
        if (outcome instanceof InfillOutcome.Complete) {
            return TrialEnd.COMPLETE;
        } else if (outcome instanceof InfillOutcome.Invalid) {
            return TrialEnd.INVALID;
        } else if (outcome instanceof InfillOutcome.Unfinished) {
            return TrialEnd.UNFINISHED;
        } else if (outcome instanceof InfillOutcome.Cancelled) {
            return TrialEnd.TIMEOUT;
        } else if (outcome instanceof InfillOutcome.Uncompletable) {
            return TrialEnd.TOO_SHORT;
        }
        return outcome instanceof InfillOutcome.Refused refused ? end(refused.cause()) : TrialEnd.ERROR;
    }
}
