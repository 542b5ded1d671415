// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.InvalidLogitsException;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.StepTrace;
import dev.espalier.sampler.Transcript;
import dev.espalier.sampler.draw.Draw;
import dev.espalier.sampler.law.Choice;
import dev.espalier.sampler.law.Choices;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One sequence on its way from prompt to outcome. A step is: {@link #launch} the mask on another thread, run the model on
 * {@link #pending}, {@link #take} the logits, then {@link #proceed} as soon as the mask is there. Whatever fails in between becomes this
 * sequence's outcome.
 *
 * <p>Used by the thread that leads; between {@code launch} and {@code proceed} the constraint belongs to the mask thread.
 */
final class DecodingSequence {

    private static final int[] NONE = {};

    private final DecodeRequest request;
    private final SamplingParameters parameters;
    private final DecodingTools tools;
    private final TranscriptWriter transcript;
    private final Choices choices;
    private final long[] allowed;
    private final int attempt;

    private final ModelInput input;
    private @Nullable TokenConstraint constraint;
    private @Nullable Outcome outcome;
    private @Nullable Future<PreparedMask> preparing;
    private @Nullable TokenMask ready;
    private @Nullable Unweighed unweighed;
    private @Nullable PassResult result;
    private int budget;
    private final Cancellation closed = new Cancellation();
    private int[] queued = NONE;
    private boolean accepting;
    private boolean restarts;

    /** A draw whose probability under the model's law is still to be computed. */
    private record Unweighed(Draw draw, float[] logits) {}

    /** The mask of the next draw, when it was computed, and the probability of the draw before. */
    private record PreparedMask(
            TokenMask mask,
            int undecided,
            long start,
            long end,
            @Nullable Choice weighed) {}

    DecodingSequence(DecodeRequest request, DecodingTools tools) {
        this(request, tools, request.choices(), 1);
    }

    private DecodingSequence(DecodeRequest request, DecodingTools tools, Choices choices, int attempt) {
        this.attempt = attempt;
        this.request = request;
        this.parameters = request.parameters();
        this.tools = tools;
        this.transcript = new TranscriptWriter(
                tools.vocabulary(), request.listener(), request.promptLength(), parameters.weighed());
        this.choices = choices;
        this.allowed = new long[(tools.vocabulary().size() + 63) >> 6];
        this.input = new ModelInput(tools, request.prompt());
    }

    /** What a forward pass gave this sequence, and when. */
    record PassResult(List<Logits> rows, int tokens, long start, long end, int batch) {}

    /** Checks the request and commits what is forced from the start. */
    void start() {
        guard(() -> {
            int length = request.promptLength();
            int room = tools.longest() - length;
            if (length == 0 || room < 0) {
                throw new InvalidInputException("the prompt must have 1 to " + tools.longest() + " tokens, "
                        + tools.longestName() + ", but has " + length);
            }
            constraint = request.constraint().until(request.cancellation().or(closed));
            constraint.requireFit(tools.vocabulary(), tools.model().name());
            budget = Math.min(parameters.maxTokens(), room);
            checkBudget(constraint);
            if (parameters.forcedText() == ForcedText.COMMITTED) {
                input.add(commitForced(constraint));
                settle(constraint);
            } else if (parameters.forcedText() == ForcedText.SCORED) {
                queued = commitForced(constraint);
            }
        });
    }

    private void checkBudget(TokenConstraint beginning) {
        if (beginning.canEndWithin(budget)) {
            return;
        }
        int needed = beginning.leastTokensToEnd();
        if (needed == Integer.MAX_VALUE) {
            throw new DeadEndException("the vocabulary has no tokens for any text of the grammar");
        }
        throw new InvalidInputException("a budget of " + budget + " tokens is too small: the shortest text has "
                + needed
                + "; raise maxTokens, shorten the prompt (" + request.promptLength() + " tokens), or "
                + (tools.hasShortCache() ? "raise cacheTokens" : "take a model with a longer context")
                + " (" + tools.longest() + ")");
    }

    boolean isActive() {
        return outcome == null;
    }

    /** Ends this sequence if it was cancelled. */
    void poll() {
        if (outcome == null && request.cancellation().isRequested()) {
            fail(new CancelledException("the generation was cancelled"));
        }
    }

    /** The tokens that the text needs at least, where the cache is bounded; else 0. */
    int leastTokensToEnd() {
        return tools.hasBoundedCache() && outcome == null ? open(constraint).leastTokensToEnd() : 0;
    }

    /** Another attempt with the random choices that come next; null if it ended well, or there are no more. */
    @Nullable
    DecodingSequence again() {
        return restarts ? new DecodingSequence(request, tools, choices, attempt + 1) : null;
    }

    /** How it ended; only to be asked when it is no longer active. */
    Outcome outcome() {
        if (outcome == null) {
            throw new IllegalStateException("the generation goes on");
        }
        return outcome;
    }

    /** Starts computing the mask of the next draw on another thread, unless that was done. */
    void launch() {
        guard(() -> {
            if (preparing != null) {
                return;
            }
            TokenConstraint current = open(constraint);
            TokenMask known = ready;
            Unweighed draw = unweighed;
            int remaining = budget - transcript.size();
            preparing = tools.threads().submit(() -> {
                long start = System.nanoTime();
                TokenMask mask = known == null ? current.mask(remaining) : known;
                int undecided = known == null ? current.undecided() : 0;
                long end = System.nanoTime();
                return new PreparedMask(mask, undecided, start, end, draw == null ? null : weigh(draw));
            });
            ready = null;
        });
    }

    /** Whether the logits after each pending token are asked for. */
    boolean wantsAllRows() {
        return parameters.forcedText() == ForcedText.SCORED && !input.isAtStart() && input.pending().length > 1;
    }

    /** Whether a pass is wanted: no logits wait for their mask. */
    boolean wantsPass() {
        return isActive() && result == null;
    }

    /** Whether logits wait for their mask. */
    boolean awaitsMask() {
        return isActive() && result != null;
    }

    /** What the model has read, and reads next. */
    ModelInput input() {
        return input;
    }

    /** Takes a session if it has none yet; whether it is still active after that. */
    boolean takeSession() {
        guard(input::open);
        return isActive();
    }

    /**
     * Takes a copy of another sequence's session with its first tokens, which are the first that are pending here.
     *
     * @return whether it is still active after that
     */
    boolean shareSession(DecodingSequence other, int length) {
        guard(() -> input.adopt(other.input.copy(length), length));
        return isActive();
    }

    /**
     * Brings the session back to where it was before a failed pass.
     *
     * @return false if that failed too, which ends this sequence
     */
    boolean restore(RuntimeException failure) {
        guard(() -> {
            if (!input.restore()) {
                throw tools.modelFailure(failure);
            }
        });
        return isActive();
    }

    /** Ends this sequence because the model failed. */
    void fail(RuntimeException failure) {
        guard(() -> {
            throw tools.modelFailure(failure);
        });
    }

    /**
     * Takes what a forward pass gave. If it read the first pending tokens only, the rest stays pending.
     *
     * @param pass its rows are the logits after the last token that was read, or after each if {@link #wantsAllRows}
     */
    void take(PassResult pass) {
        guard(() -> {
            transcript.forward(pass.end() - pass.start());
            if (input.advance(pass.tokens())) {
                result = pass;
            } else {
                request.listener().onStep(trace(pass, pass.start(), pass.start(), 0));
            }
        });
    }

    /** Takes the logits that wait in another sequence with the same start, with a copy of its session. */
    void share(DecodingSequence other) {
        PassResult pass = other.result;
        if (pass != null) {
            guard(() -> {
                int[] start = input.pending();
                input.adopt(other.input.copy(other.input.length()), start.length);
                transcript.forward(pass.end() - pass.start());
                result = pass;
            });
        }
    }

    /** Keeps logits that wait for their mask beyond the next pass. */
    void keepLogits() {
        PassResult pass = result;
        if (pass != null) {
            guard(() -> result = new PassResult(
                    pass.rows().stream()
                            .map(row -> Logits.of(tools.values(row)))
                            .toList(),
                    pass.tokens(),
                    pass.start(),
                    pass.end(),
                    pass.batch()));
        }
    }

    /** Goes on if logits and mask are both there; ends if the mask was cancelled. */
    void proceed() {
        PassResult pass = result;
        if (pass == null || outcome != null) {
            return;
        }
        guard(() -> {
            Future<PreparedMask> mask = open(preparing);
            tools.threads().help(mask);
            if (!mask.isDone()) {
                return;
            }
            PreparedMask prepared = collect(mask, pass.end());
            preparing = null;
            result = null;
            long sampling = System.nanoTime();
            request.listener()
                    .onStep(trace(
                            pass,
                            prepared.start(),
                            prepared.end(),
                            prepared.mask().count()));
            List<Logits> rows = pass.rows();
            for (int i = 0; i + 1 < rows.size(); i++) {
                score(input.pending()[i + 1], rows.get(i));
            }
            goOn(rows.get(rows.size() - 1), prepared.mask());
            transcript.sample(System.nanoTime() - sampling);
        });
    }

    private StepTrace trace(PassResult pass, long maskStart, long maskEnd, int allowed) {
        int step = transcript.forwardPasses() - 1;
        return new StepTrace(step, pass.tokens(), pass.batch(), pass.start(), pass.end(), maskStart, maskEnd, allowed);
    }

    private void goOn(Logits logits, TokenMask mask) {
        if (queued.length > 0) {
            score(queued[0], logits);
            input.next(queued);
            queued = NONE;
            ready = mask;
        } else if (mask.count() == 0) {
            complete();
        } else {
            take(draw(logits, mask));
        }
    }

    private void complete() {
        weighNow();
        transcript.endText();
        finish(new Outcome.Complete(transcript.transcript()));
    }

    private int draw(Logits logits, TokenMask mask) {
        mask.copyTo(allowed);
        Choice onDevice = tools.onDevice(logits, allowed, parameters, choices);
        if (onDevice != null) {
            if (!mask.allows(onDevice.token())) {
                throw new ModelException("the model chose token " + onDevice.token() + ", which the mask forbids");
            }
            transcript.drawn(onDevice);
            return onDevice.token();
        }
        float[] values = tools.values(logits);
        Draw draw = tools.sampler().draw(values, allowed, mask.isSparse() ? mask.ids() : null, parameters, choices);
        if (parameters.weighed()) {
            unweighed = new Unweighed(draw, values);
        } else {
            transcript.drawn(draw.unweighed());
        }
        return draw.token();
    }

    private void take(int token) {
        TokenConstraint current = open(constraint);
        current.accept(token);
        if (current.isTerminated()) {
            complete();
            return;
        }
        transcript.token(token, false);
        input.next(token);
        if (parameters.forcedText() != ForcedText.DRAWN) {
            input.add(commitForced(current));
        }
        settle(current);
    }

    private int[] commitForced(TokenConstraint current) {
        int[] tokens = tools.forcedTokens().commit(current, budget - transcript.size());
        for (int token : tokens) {
            transcript.committed();
            transcript.token(token, true);
        }
        return tokens;
    }

    /** Ends without a forward pass where the text has become a sentence that nothing can follow. */
    private void settle(TokenConstraint current) {
        boolean before = accepting;
        accepting = current.isAccepting();
        if (parameters.forcedText() == ForcedText.COMMITTED && accepting && !before) {
            TokenMask mask = current.mask(budget - transcript.size());
            ready = mask;
            if (current.undecided() > 0) {
                transcript.narrowed();
            } else if (tools.onlyEnds(mask)) {
                transcript.committed();
                complete();
            }
        }
    }

    private void score(int token, Logits logits) {
        float[] values = tools.values(logits);
        if (values.length != tools.vocabulary().size() || Float.isNaN(values[token])) {
            throw new InvalidLogitsException("expected " + tools.vocabulary().size() + " logits, but got "
                    + values.length + ", or that of the forced token " + token + " is not a number");
        }
        if (parameters.weighed()) {
            transcript.scored(Draw.logProbability(token, values, parameters));
        }
    }

    private Choice weigh(Unweighed draw) {
        return draw.draw().weigh(draw.logits(), allowed);
    }

    private void weighNow() {
        if (unweighed != null) {
            transcript.drawn(weigh(unweighed));
            unweighed = null;
        }
    }

    private PreparedMask collect(Future<PreparedMask> done, long since) {
        try {
            PreparedMask prepared = done.get();
            transcript.waited(Math.max(0, prepared.end() - since));
            transcript.mask(prepared.end() - prepared.start());
            if (prepared.weighed() != null) {
                transcript.drawn(prepared.weighed());
                unweighed = null;
            }
            if (prepared.undecided() > 0) {
                transcript.narrowed();
            }
            return prepared;
        } catch (InterruptedException | CancellationException ended) {
            throw new CancelledException("the decoder was closed", ended);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            throw cause instanceof EspalierException typed ? typed : foreign(cause);
        }
    }

    private void finish(Outcome ended) {
        outcome = ended;
        boolean unlucky = ended instanceof Outcome.DeadEnd || ended instanceof Outcome.BudgetExhausted;
        restarts = unlucky && parameters.isRandom() && attempt < request.attempts();
        if (restarts) {
            request.listener().onRestart(ended);
        } else {
            request.listener().onFinish(ended);
        }
    }

    /** Runs one stretch of work; what it throws becomes the outcome. */
    private void guard(Runnable work) {
        if (outcome != null) {
            return;
        }
        try {
            work.run();
        } catch (EspalierException failure) {
            finish(outcomeOf(failure));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError unexpected) {
            finish(outcomeOf(foreign(unexpected)));
        }
    }

    private Outcome outcomeOf(EspalierException failure) {
        weighNow();
        Transcript written = transcript.transcript();
        if (failure instanceof CancelledException) {
            return new Outcome.Cancelled(written);
        }
        if (failure instanceof DeadEndException deadEnd) {
            return goesOnWithoutBudget() ? new Outcome.BudgetExhausted(written) : new Outcome.DeadEnd(written, deadEnd);
        }
        return failure instanceof ModelException || failure instanceof InvalidLogitsException
                ? new Outcome.ModelFailed(written, failure)
                : new Outcome.Refused(written, failure);
    }

    private boolean goesOnWithoutBudget() {
        try {
            return constraint != null
                    && constraint.mask().count() > 0
                    && constraint.leastTokensToEnd() < Integer.MAX_VALUE;
        } catch (EspalierException deadOrFailed) {
            return false;
        }
    }

    static InvalidInputException foreign(Throwable thrown) {
        return new InvalidInputException("a listener or a frame of the grammar threw " + thrown, thrown);
    }

    /** Ends a mask that is still being made, and gives the session back. */
    void close() {
        closed.cancel();
        Session current = input.release();
        if (current != null) {
            tools.close(current);
        }
    }

    private static <T> T open(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the generation has not started");
        }
        return part;
    }
}
