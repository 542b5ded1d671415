// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.autoregressive;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.InvalidLogitsException;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.Timings;
import dev.espalier.sampler.Transcript;
import dev.espalier.sampler.draw.TokenSampler;
import dev.espalier.sampler.gap.Gap;
import dev.espalier.sampler.gap.GappedText;
import dev.espalier.sampler.law.Choice;
import dev.espalier.sampler.law.Choices;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** The filling of one text, from given parts to outcome. One thread, one use. */
final class GapFilling {

    /** The prompt of a gap, from the text before it and the text after it up to the next gap. */
    @FunctionalInterface
    interface Prompts {

        int[] prompt(LanguageModel model, String before, String after);
    }

    private final LanguageModel model;
    private final Vocabulary vocabulary;
    private final Prompts prompts;
    private final GappedText text;
    private final GapConstraint constraint;
    private final SamplingParameters parameters;
    private final Cancellation cancellation;
    private final Choices choices;
    private final TokenSampler sampler;
    private final int[] stops;
    private final List<GapStep> trace = new ArrayList<>();
    private final long startedAt = System.nanoTime();
    private Target target = Target.MASKED;
    private int promptTokens;
    private int forcedTokens;
    private int forwardPasses;
    private double logProbability;
    private double logWeight;
    private long prefillNanos;
    private long forwardNanos;
    private long maskNanos;
    private long sampleNanos;

    GapFilling(
            LanguageModel model,
            int[] stops,
            Prompts prompts,
            GappedText text,
            GapConstraint constraint,
            SamplingParameters parameters,
            Cancellation cancellation) {
        this.model = model;
        this.vocabulary = model.vocabulary();
        this.stops = stops;
        this.prompts = prompts;
        this.text = text;
        this.constraint = constraint;
        this.parameters = parameters;
        this.cancellation = cancellation;
        this.choices = Choices.seeded(parameters.seed());
        this.sampler = new TokenSampler(vocabulary.size());
    }

    FilledText run() {
        Outcome outcome;
        try {
            boolean filled = true;
            while (filled && !constraint.isDone()) {
                filled = fillGap();
            }
            outcome = filled ? new Outcome.Complete(transcript()) : new Outcome.BudgetExhausted(transcript());
        } catch (CancelledException cancelled) {
            outcome = new Outcome.Cancelled(transcript());
        } catch (ModelException | InvalidLogitsException failure) {
            outcome = new Outcome.ModelFailed(transcript(), failure);
        } catch (EspalierException refused) {
            outcome = new Outcome.Refused(transcript(), refused);
        }
        return new FilledText(outcome, filled(), trace);
    }

    /** Fills one gap; false if a bound that is not the gap's own ended it. */
    private boolean fillGap() {
        int index = constraint.gap();
        Gap gap = text.gaps().get(index);
        int[] prompt = asked(() -> prompts.prompt(model, written(), text.texts().get(index + 1)));
        int room = model.contextLength() - prompt.length;
        if (prompt.length == 0 || room < (gap.isUnlimited() ? 1 : gap.most())) {
            throw new InvalidInputException("the prompt of gap " + index + " has " + prompt.length
                    + " tokens, and the gap up to " + (gap.isUnlimited() ? "any number" : gap.most())
                    + ": together they must be 1 to " + model.contextLength() + ", the model's context");
        }
        promptTokens += prompt.length;
        int most = gap.isUnlimited() ? Math.min(room, parameters.maxTokens()) : gap.most();
        try (GapSession session = new GapSession(prompt)) {
            while (constraint.gap() == index) {
                if (!step(session, most)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Writes a token or ends the gap; false if neither is possible within the tokens that it may have. */
    private boolean step(GapSession session, int most) {
        if (cancellation.isRequested() || Thread.currentThread().isInterrupted()) {
            throw new CancelledException("the infilling was cancelled");
        }
        int index = constraint.gap();
        long start = System.nanoTime();
        GapConstraint.Allowed allowed = constraint.allowed();
        long maskTime = System.nanoTime() - start;
        maskNanos += maskTime;
        boolean isFull = constraint.written() >= most;
        int open = isFull ? 0 : allowed.tokens().count();
        if (open == 0 && !allowed.mayEnd()) {
            return false;
        }
        boolean forced = open + (allowed.mayEnd() ? 1 : 0) == 1 && parameters.forcedText() == ForcedText.COMMITTED;
        long forwardTime = 0;
        int token;
        if (forced) {
            target = target == Target.MASKED ? Target.CANONICAL : target;
            token = allowed.mayEnd() ? GapStep.END : allowed.tokens().ids()[0];
            forcedTokens += allowed.mayEnd() ? 0 : 1;
        } else {
            long before = System.nanoTime();
            synchronized (model) {
                Logits logits = session.read();
                forwardTime = System.nanoTime() - before;
                token = draw(logits, allowed, isFull);
            }
        }
        commit(session, token);
        trace.add(new GapStep(index, token, !forced, open, allowed.mayEnd(), maskTime, forwardTime));
        return true;
    }

    private void commit(GapSession session, int token) {
        long start = System.nanoTime();
        if (token == GapStep.END) {
            constraint.endGap();
        } else {
            constraint.accept(token);
            session.append(token);
        }
        sampleNanos += System.nanoTime() - start;
    }

    /** A token, or that the gap ends. */
    private int draw(Logits logits, GapConstraint.Allowed allowed, boolean isFull) {
        long start = System.nanoTime();
        long[] words = new long[(vocabulary.size() + 63) >>> 6];
        if (!isFull) {
            allowed.tokens().copyTo(words);
        }
        for (int stop : stops) {
            words[stop >> 6] |= allowed.mayEnd() ? 1L << stop : 0;
        }
        Choice choice = asked(() -> logits.sample(words, parameters, choices::uniform)
                .orElseGet(() -> sampler.choose(
                        logits.toArray(), TokenMask.ofBits(vocabulary.size(), words), parameters, choices)));
        if ((words[choice.token() >> 6] >>> choice.token() & 1) == 0) {
            throw new ModelException("the model chose token " + choice.token() + ", which the mask forbids");
        }
        logProbability += choice.logProbability();
        logWeight += choice.logAllowedMass();
        target = choice.filtered() ? Target.HEURISTIC : target;
        sampleNanos += System.nanoTime() - start;
        return Arrays.binarySearch(stops, choice.token()) >= 0 ? GapStep.END : choice.token();
    }

    /** What the model gives; what it throws becomes one of our own exceptions. */
    private <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (EspalierException typed) {
            throw typed;
        } catch (RuntimeException failure) {
            throw new ModelException("the model " + model.name() + " failed: " + failure, failure);
        }
    }

    private String written() {
        return new String(vocabulary.decode(constraint.tokens()), StandardCharsets.UTF_8);
    }

    private List<String> filled() {
        List<String> written = new ArrayList<>();
        int last = constraint.isDone() ? text.gaps().size() - 1 : constraint.gap();
        for (int gap = 0; gap <= last; gap++) {
            int current = gap;
            int[] tokens = trace.stream()
                    .filter(step -> step.gap() == current && !step.isEnd())
                    .mapToInt(GapStep::token)
                    .toArray();
            written.add(new String(vocabulary.decode(tokens), StandardCharsets.UTF_8));
        }
        return written;
    }

    private Transcript transcript() {
        List<Integer> tokens =
                trace.stream().filter(step -> !step.isEnd()).map(GapStep::token).toList();
        Timings timings =
                new Timings(prefillNanos, forwardNanos, maskNanos, sampleNanos, 0, System.nanoTime() - startedAt);
        return new Transcript(
                written(),
                tokens,
                promptTokens,
                0,
                forcedTokens,
                forwardPasses,
                0,
                0,
                logProbability,
                logWeight,
                target,
                false,
                List.of(),
                timings);
    }

    /** The model's sequence for one gap, with the tokens that it has still to read. */
    private final class GapSession implements AutoCloseable {

        private final Session session;
        private int[] pending;
        private boolean isRead;

        GapSession(int[] prompt) {
            this.pending = prompt;
            synchronized (model) {
                this.session = asked(model::open);
            }
        }

        void append(int token) {
            pending = Arrays.copyOf(pending, pending.length + 1);
            pending[pending.length - 1] = token;
        }

        /** The logits after all tokens. The model must be locked. */
        Logits read() {
            long start = System.nanoTime();
            List<Logits> rows = asked(() -> model.forward(List.of(Step.of(session, pending))));
            if (rows.size() != 1) {
                throw new ModelException("the model gave logits for " + rows.size() + " of 1 sequences");
            }
            long time = System.nanoTime() - start;
            prefillNanos += isRead ? 0 : time;
            forwardNanos += isRead ? time : 0;
            forwardPasses++;
            isRead = true;
            pending = new int[0];
            return rows.get(0);
        }

        /** What closing throws is dropped: the text has its outcome. */
        @Override
        public void close() {
            synchronized (model) {
                try {
                    session.close();
                } catch (RuntimeException dropped) {
                    return;
                }
            }
        }
    }
}
