// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.core.error.CancelledException;
import dev.espalier.sampler.Outcome;

/**
 * One text on its way through the scheduler, with all its attempts. Its sequence belongs to the thread that leads; the other methods may be
 * called by any thread.
 */
final class Row {

    private final DecodingTools tools;
    private final Waiter waiter;
    private int needed;
    private final ListenerCalls calls;
    private final int priority;
    private final boolean shared;
    private final DecodeControl control;
    private DecodingSequence sequence;
    private int[] start = {};
    private volatile boolean interrupted;
    private volatile boolean ended;

    /** The row of a request, for which a thread waits. */
    Row(DecodeRequest request, DecodingTools tools, Waiter waiter) {
        this.tools = tools;
        this.waiter = waiter;
        this.calls = new ListenerCalls(request.listener());
        this.priority = request.priority();
        this.shared = request.isShared();
        this.control = request.control();
        this.sequence = new DecodingSequence(request.with(calls), tools);
    }

    /** Checks the request and works out the start of its text. Called by the thread that made the row, before it is scheduled. */
    void begin() {
        sequence.start();
        start = sequence.input().pending();
        needed = start.length + sequence.leastTokensToEnd();
    }

    /** The tokens in the cache that the text has, a draft that was read included, reads next, and needs at least to end. */
    int tokensNeeded() {
        ModelInput input = sequence.input();
        int next = input.pending().length + input.draft().size();
        return Math.max(needed, input.length() + input.aheadTokens() + next);
    }

    Waiter waiter() {
        return waiter;
    }

    int priority() {
        return priority;
    }

    /** Whether it shares what the model has read with texts that begin alike. */
    boolean isShared() {
        return shared;
    }

    /** What others may do to the text. */
    DecodeControl control() {
        return control;
    }

    ListenerCalls calls() {
        return calls;
    }

    DecodingSequence sequence() {
        return sequence;
    }

    /** The tokens with which the sequence begins, prompt and forced text. Not to be modified. */
    int[] start() {
        return start;
    }

    /** Asks that the text ends soon. */
    void interrupt() {
        interrupted = true;
    }

    /** Whether the text has ended; its session is closed then. */
    boolean isEnded() {
        return ended;
    }

    /** Whether the text has ended and its listener knows. */
    boolean isDone() {
        return ended && calls.isEmpty();
    }

    /** Whether the model has begun to read the text, which goes on. */
    boolean isReading() {
        return sequence.isActive() && sequence.input().isOpen();
    }

    /** Whether a pass may include the row now. */
    boolean wantsPass() {
        return sequence.wantsPass() && !calls.isFull() && !control.isPaused();
    }

    /** Ends the text if it was interrupted or cancelled, or its listener threw. */
    void poll() {
        RuntimeException thrown = calls.failure();
        if (thrown != null) {
            sequence.fail(FailureOutcome.foreign(thrown));
        } else if (interrupted) {
            sequence.fail(new CancelledException("the generation was cancelled"));
        }
        sequence.poll();
    }

    /**
     * Ends what is to end, goes on where logits and mask are there, and begins again where an attempt failed.
     *
     * @param draft the most tokens that are worth guessing
     */
    void proceed(int draft) {
        poll();
        sequence.proceed();
        sequence.launch(draft);
        for (DecodingSequence next = sequence.again(); next != null; next = sequence.again()) {
            sequence.close();
            sequence = next;
            begin();
            sequence.launch(draft);
        }
    }

    /** Gives back what an ended text holds. */
    void end() {
        sequence.close();
        ended = true;
    }

    /** How it ended; only to be asked when it is done. */
    Outcome outcome() {
        Outcome outcome = sequence.outcome();
        RuntimeException thrown = calls.failure();
        return thrown == null || outcome instanceof Outcome.Refused
                ? outcome
                : new Outcome.Refused(outcome.transcript(), FailureOutcome.foreign(thrown));
    }
}
