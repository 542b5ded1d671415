// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The tokens of one sequence that the model has read, with the session that holds them, and those that it reads next. Used by the thread that leads. */
final class ModelInput {

    private final DecodingTools tools;
    private @Nullable Session session;
    private int[] read = new int[64];
    private int fed;
    private int[] pending;
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

    /** Sets what the model reads next, all before having been read. */
    void next(int... tokens) {
        atStart = false;
        pending = tokens;
    }

    /** Adds to what the model reads next. */
    void add(int[] tokens) {
        pending = concatenate(pending, tokens);
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
        if (length < fed) {
            copy.truncate(length);
        }
        return copy;
    }

    /** The first tokens that are pending, at most so many, as a step of the model. */
    Step step(int most) {
        return Step.of(session(), pending.length <= most ? pending : Arrays.copyOf(pending, most));
    }

    /** Notes that the model has read the first pending tokens; whether that were all. */
    boolean advance(int count) {
        while (read.length < fed + count) {
            read = Arrays.copyOf(read, 2 * read.length);
        }
        System.arraycopy(pending, 0, read, fed, count);
        fed += count;
        boolean all = count == pending.length;
        pending = all ? pending : Arrays.copyOfRange(pending, count, pending.length);
        return all;
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
