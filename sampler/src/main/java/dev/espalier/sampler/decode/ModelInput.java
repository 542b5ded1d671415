// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one sequence that the model has read, with the session that holds them, and those that it reads next. Behind these it may read a draft,
 * which counts only as far as it turns out to be what comes next. Used by the thread that leads.
 */
final class ModelInput {

    private static final int[] NONE = {};

    private final DecodingTools tools;
    private @Nullable Session session;
    private int[] read = new int[64];
    private int fed;
    private int[] pending;
    private int[] draft = NONE;
    /** Tokens of a draft that the session holds behind those that count. */
    private int[] ahead = NONE;

    private boolean atStart = true;

    ModelInput(DecodingTools tools, int[] prompt) {
        this.tools = tools;
        this.pending = prompt;
    }

    /** Whether the start of the sequence, what is forced there included, is still being read. */
    boolean isAtStart() {
        return atStart;
    }

    /** The tokens that the model reads next. Not to be modified. */
    int[] pending() {
        return pending;
    }

    /** The number of tokens that the model has read. */
    int length() {
        return fed;
    }

    /** All tokens that the model has read. Cost: a copy. */
    int[] tokens() {
        return Arrays.copyOf(read, fed);
    }

    /**
     * Sets what the model reads next, all before having been read, but for what it has read of it as a draft.
     *
     * @return how many of the first tokens it has read
     */
    int next(int... tokens) {
        atStart = false;
        pending = tokens;
        return skipRead();
    }

    /** Takes what the model has read as a draft from what is pending; how many tokens. */
    private int skipRead() {
        int known = 0;
        while (known < pending.length && known < ahead.length && pending[known] == ahead[known]) {
            known++;
        }
        note(known);
        ahead = pending.length == 0 ? Arrays.copyOfRange(ahead, known, ahead.length) : NONE;
        return known;
    }

    /** The number of tokens of a draft that the model has read, and that may still turn out to be what comes next. */
    int ahead() {
        return ahead.length;
    }

    /** The tokens that the model reads behind the pending ones. Not to be modified. */
    int[] draft() {
        return draft;
    }

    /** Sets what the model reads behind the pending ones. */
    void draft(int[] tokens) {
        draft = tokens;
    }

    /**
     * Adds to what the model reads next, but for what it has read of it as a draft.
     *
     * @return how many of the tokens it has read
     */
    int add(int[] tokens) {
        pending = concatenate(pending, tokens);
        return skipRead();
    }

    /** Whether there is a session. */
    boolean isOpen() {
        return session != null;
    }

    /** Takes a session if there is none yet. */
    void open() {
        session = session == null ? tools.open() : session;
    }

    /** Takes over a session that has read the first pending tokens. */
    void adopt(Session other, int count) {
        session = other;
        advance(count);
    }

    /**
     * A copy of the session with its first tokens; failures are typed.
     *
     * @param length how many, at most {@link #length()}
     */
    Session copy(int length) {
        Session copy = tools.fork(session());
        if (length < copy.length()) {
            copy.truncate(length);
        }
        return copy;
    }

    /** The first tokens that are pending, at most so many, and the draft behind all of them, as a step of the model. */
    Step step(int most) {
        Session current = session();
        if (current.length() > fed) {
            current.truncate(fed); // a draft that was not right
        }
        ahead = NONE;
        return Step.of(current, pending.length <= most ? concatenate(pending, draft) : Arrays.copyOf(pending, most));
    }

    /** Notes that the model has read the first pending tokens, or all and the draft; whether that were all. */
    boolean advance(int count) {
        boolean all = count >= pending.length;
        note(Math.min(count, pending.length));
        if (all) {
            ahead = draft;
            draft = NONE;
        }
        return all;
    }

    private void note(int count) {
        while (read.length < fed + count) {
            read = Arrays.copyOf(read, 2 * read.length);
        }
        System.arraycopy(pending, 0, read, fed, count);
        fed += count;
        pending = Arrays.copyOfRange(pending, count, pending.length);
    }

    /** Brings the session back to where it was before a failed pass; whether it is there. */
    boolean restore() {
        Session current = session;
        if (current != null && current.length() > fed) {
            current.truncate(fed);
        }
        return current == null || current.length() == fed;
    }

    /** Forgets what the model has read: it will read all of it again. The session is given away; null if there is none. */
    @Nullable
    Session forget() {
        int[] all = Arrays.copyOf(read, fed + pending.length);
        System.arraycopy(pending, 0, all, fed, pending.length);
        pending = all;
        fed = 0;
        atStart = true;
        return release();
    }

    /** Gives the session away; null if there is none. */
    @Nullable
    Session release() {
        Session current = session;
        session = null;
        return current;
    }

    private Session session() {
        if (session == null) {
            throw new IllegalStateException("the sequence has no session");
        }
        return session;
    }

    private static int[] concatenate(int[] first, int[] second) {
        int[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
