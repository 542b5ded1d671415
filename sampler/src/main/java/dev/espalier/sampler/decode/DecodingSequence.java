// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.ReadTree;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.StepTrace;
import dev.espalier.sampler.constraint.PreparedMask;
import dev.espalier.sampler.constraint.TokenConstraint;
import dev.espalier.sampler.decode.draft.Draft;
import dev.espalier.sampler.decode.draft.Drafts;
import dev.espalier.sampler.draw.ChangedLogits;
import dev.espalier.sampler.law.Choices;
import java.util.List;
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
    private final TokenDraws draws;
    private final int attempt;

    private final ModelInput input;
    private final MaskPreparation masks;
    private final Drafts drafts;
    private @Nullable TokenConstraint constraint;
    private @Nullable Outcome outcome;
    private @Nullable PreparedMask ready;
    private @Nullable PassResult result;
    private int budget;
    private final Cancellation closed = new Cancellation();
    private int[] queued = NONE;
    private boolean accepting;
    private boolean restarts;
    private boolean closing;
    /** How many rows of the latest pass come before the one after the last token that counts. */
    private int head;

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
        this.draws = new TokenDraws(tools, parameters, request.prompt(), transcript, choices);
        this.input = new ModelInput(tools, request.prompt());
        this.masks = new MaskPreparation(tools.threads());
        this.drafts = new Drafts(tools.drafts(), request.prompt(), parameters);
    }

    /** What a forward pass gave this sequence, for which tokens, and when. */
    record PassResult(List<Logits> rows, int[] tokens, long start, long end, int batch) {}

    /** Checks the request and commits what is forced from the start. */
    void start() {
        guard(() -> {
            int length = request.promptLength();
            int room = tools.longest() - length;
            if (length == 0 || room < 0) {
                throw new InvalidInputException("the prompt must have 1 to " + tools.longest() + " tokens, "
                        + tools.longestName() + ", but has " + length);
            }
            constraint = request.constraint(tools.vocabulary())
                    .until(request.cancellation().or(closed));
            constraint.requireFit(tools.vocabulary(), tools.model().name());
            ChangedLogits.requireFit(parameters.changes(), tools.vocabulary().size());
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
        throw LimitExceededException.maxTokens(
                budget,
                needed,
                "raise maxTokens, shorten the prompt (" + request.promptLength() + " tokens), or "
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
        return restarts ? new DecodingSequence(request, tools, draws.choices(), attempt + 1) : null;
    }

    /** How it ended; only to be asked when it is no longer active. */
    Outcome outcome() {
        if (outcome == null) {
            throw new IllegalStateException("the generation goes on");
        }
        return outcome;
    }

    /**
     * Guesses what will be drawn next and starts computing the masks there on another thread, unless that was done, or the draft model is to be
     * {@linkplain #asksForDraft asked} first.
     *
     * @param room the most tokens that are worth guessing
     */
    void launch(int room) {
        guard(() -> {
            if (masks.isUnderWay() || drafts.isAsking()) {
                return;
            }
            TokenConstraint current = open(constraint);
            if (request.control().isClosing() && !closing) {
                closing = true;
                budget = Math.min(budget, transcript.size() + current.leastTokensToEnd());
                ready = null;
            }
            int remaining = budget - transcript.size();
            int most = result == null && !input.isAtStart() ? Math.min(room, remaining - 1) : 0;
            Draft draft = drafts.next(current, most);
            if (draft.size() > 0 || !drafts.ask(current, most, remaining, draws.choices(), draws.changed())) {
                launch(current, draft);
            }
        });
    }

    private void launch(TokenConstraint current, Draft draft) {
        input.draft(draft);
        transcript.drafted(draft.size());
        masks.start(current, ready, draft, budget - transcript.size(), draws.unweighed());
        ready = null;
    }

    /** Whether the draft model is to write {@link #drafts} before the masks are started. */
    boolean asksForDraft() {
        return drafts.isAsking() && isActive();
    }

    /** Starts computing masks, along what the draft model wrote. */
    void launchWritten() {
        Draft draft = drafts.written();
        guard(() -> launch(open(constraint), draft));
    }

    /** Guesses of what comes next. */
    Drafts drafts() {
        return drafts;
    }

    /** Whether the logits after each pending token are asked for. */
    boolean wantsAllRows() {
        boolean scored = parameters.forcedText() == ForcedText.SCORED && !input.isAtStart();
        return input.draft().size() > 0 || (scored && input.pending().length > 1);
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
        guard(() -> adopt(other.input.copy(length), length));
        return isActive();
    }

    /** Takes over a session that has read the first tokens that are pending here. */
    void adopt(Session copy, int length) {
        input.adopt(copy, length);
        transcript.shared(length);
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
     * @param tree what was read, if that was a tree
     */
    void take(PassResult pass, @Nullable ReadTree tree) {
        guard(() -> {
            transcript.forward(pass.end() - pass.start());
            if (input.advance(pass.tokens().length, tree)) {
                result = pass;
                head = pass.rows().size() - 1 - input.ahead().size();
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
                adopt(other.input.copy(other.input.length()), start.length);
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
            MaskPreparation.PreparedMasks prepared = masks.collect();
            if (prepared == null) {
                return;
            }
            result = null;
            transcript.waited(Math.max(0, prepared.end() - pass.end()));
            transcript.mask(prepared.end() - prepared.start());
            draws.weighed(prepared.weighed());
            long sampling = System.nanoTime();
            request.listener()
                    .onStep(trace(
                            pass,
                            prepared.start(),
                            prepared.end(),
                            prepared.first().mask().count()));
            for (int i = 0; i < head && parameters.forcedText() == ForcedText.SCORED; i++) {
                draws.score(pass.tokens()[i + 1], pass.rows().get(i), transcript.size() - head + i);
            }
            follow(pass, prepared);
            transcript.sample(System.nanoTime() - sampling);
        });
    }

    /** Draws a token, and then another one as long as the model has read the one before as a draft. */
    private void follow(PassResult pass, MaskPreparation.PreparedMasks prepared) {
        Draft draft = input.ahead();
        int first = input.node();
        PreparedMask mask = prepared.first();
        if (first < 0) {
            drafts.seen(
                    draft, prepared.masks(), node -> tools.values(pass.rows().get(head + 1 + node)));
        }
        while (true) {
            int known = goOn(pass.rows().get(head + 1 + input.node()), mask);
            if (outcome != null || known == 0 || input.pending().length > 0) {
                break;
            }
            mask = first < 0 ? prepared.masks().get(input.node() + 1) : null;
            if (mask == null) {
                result = pass; // it could not be made
                break;
            }
            draws.weighNow();
        }
        if (first < 0) {
            draft.verified(draft.depth(input.node()));
        }
    }

    private StepTrace trace(PassResult pass, long maskStart, long maskEnd, int allowed) {
        int step = transcript.forwardPasses() - 1;
        return new StepTrace(
                step, pass.tokens().length, pass.batch(), pass.start(), pass.end(), maskStart, maskEnd, allowed);
    }

    /** Draws, or ends; how many tokens of a draft that was. */
    private int goOn(Logits logits, PreparedMask made) {
        PreparedMask prepared = ready == null ? made : ready;
        ready = null;
        if (prepared.undecided() > 0) {
            transcript.narrowed();
        }
        if (!parameters.parts().isEmpty()) {
            draws.as(parameters.in(open(constraint).part().orElse("")));
        }
        if (queued.length > 0) {
            draws.score(queued[0], logits, transcript.size() - queued.length);
            input.next(queued);
            queued = NONE;
            ready = prepared;
            return 0;
        }
        if (prepared.mask().count() == 0) {
            if (prepared.cut()) {
                transcript.shortened();
            }
            complete();
            return 0;
        }
        int token = draws.draw(logits, prepared.mask(), open(constraint));
        if (prepared.cut()
                && !prepared.mask()
                        .allows(draws.likeliest(logits, open(constraint).mask()))) {
            transcript.shortened();
        }
        return take(token);
    }

    private void complete() {
        draws.weighNow();
        transcript.endText();
        finish(new Outcome.Complete(transcript.transcript()));
    }

    private int take(int token) {
        TokenConstraint current = open(constraint);
        current.accept(token);
        if (current.isTerminated()) {
            complete();
            return 0;
        }
        write(token, false);
        int[] forced = parameters.forcedText() == ForcedText.DRAWN ? NONE : commitForced(current);
        int known = input.next(token);
        if (forced.length > 0) {
            known += input.add(forced);
        }
        transcript.accepted(known);
        settle(current);
        return known;
    }

    private void write(int token, boolean forced) {
        transcript.token(token, forced);
        if (!forced || parameters.forcedText() != ForcedText.SCORED) {
            draws.add(token); // the other tokens when they are scored
        }
        drafts.add(token);
    }

    private int[] commitForced(TokenConstraint current) {
        int[] tokens = tools.forcedTokens().commit(current, budget - transcript.size());
        for (int token : tokens) {
            transcript.committed();
            write(token, true);
        }
        return tokens;
    }

    /** Ends without a forward pass where the text has become a sentence that nothing can follow. */
    private void settle(TokenConstraint current) {
        boolean before = accepting;
        accepting = current.isAccepting();
        if (parameters.forcedText() == ForcedText.COMMITTED && accepting && !before) {
            PreparedMask next = PreparedMask.of(current, budget - transcript.size());
            ready = next;
            if (next.undecided() == 0 && tools.onlyEnds(next.mask())) {
                transcript.committed();
                if (next.cut()) {
                    transcript.shortened();
                }
                complete();
            }
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
            finish(outcomeOf(FailureOutcome.foreign(unexpected)));
        }
    }

    private Outcome outcomeOf(EspalierException failure) {
        draws.weighNow();
        return FailureOutcome.of(failure, transcript.transcript(), constraint);
    }

    /** Forgets what the models have read, which is read again later. The session is given away; null if there is none. */
    @Nullable
    Session stepBack() {
        drafts.release();
        return input.forget();
    }

    /** Ends a mask that is still being made, and gives the sessions back. */
    void close() {
        closed.cancel();
        drafts.release();
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
