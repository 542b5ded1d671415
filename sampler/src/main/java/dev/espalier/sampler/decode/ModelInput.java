// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.sampler.ReadTree;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.TreeStep;
import dev.espalier.sampler.decode.draft.Draft;
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
    private Draft draft = Draft.NONE;
    /** The draft that the session has read behind the tokens that count, as long as it may be what comes next. */
    private Draft ahead = Draft.NONE;
    /** The node of it where the tokens that count end; -1 before its first. */
    private int node = -1;
    /** The session, read as a tree of which no path is kept yet, and how many tokens came before the draft in it. */
    private @Nullable ReadTree tree;

    private int stem;

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
        for (int next = child(); next >= 0; next = child()) {
            node = next;
            note(1);
            known++;
        }
        ahead = pending.length == 0 ? ahead : Draft.NONE;
        return known;
    }

    /** The node that is the next pending token; -1 if there is none. */
    private int child() {
        for (int next = node + 1; pending.length > 0 && next < ahead.size(); next++) {
            if (ahead.parents()[next] == node && ahead.tokens()[next] == pending[0]) {
                return next;
            }
        }
        return -1;
    }

    /** The draft that the model has read, as long as some of it may still turn out to be what comes next. */
    Draft ahead() {
        return ahead;
    }

    /** The number of tokens that the session holds behind those that count, as far as they may count. */
    int aheadTokens() {
        return ahead.size() == 0 ? 0 : ahead.size() - ahead.depth(node);
    }

    /** The node of {@link #ahead()} where the tokens that count end; -1 before its first. */
    int node() {
        return node;
    }

    /** What the model reads behind the pending tokens. */
    Draft draft() {
        return draft;
    }

    /** Sets what the model reads behind the pending tokens. */
    void draft(Draft guess) {
        draft = guess;
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
        advance(count, null);
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

    /** The first tokens that are pending, at most so many, and the draft behind all of them, for the model to read. */
    TreeStep step(int most) {
        Session current = session();
        if (current.length() > fed) {
            current.truncate(fed); // a draft that was not right
        }
        ahead = Draft.NONE;
        node = -1;
        boolean all = pending.length <= most;
        stem = all ? pending.length : most;
        int[] tokens = all ? concatenate(pending, draft.tokens()) : Arrays.copyOf(pending, most);
        int[] parents = new int[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            parents[i] = i < stem || draft.parents()[i - stem] < 0
                    ? Math.min(i, stem) - 1
                    : stem + draft.parents()[i - stem];
        }
        return TreeStep.of(current, tokens, parents);
    }

    /**
     * Notes that the model has read the first pending tokens, or all and the draft; whether that were all.
     *
     * @param read what it has read, if that was a tree
     */
    boolean advance(int count, @Nullable ReadTree read) {
        boolean all = count >= pending.length;
        tree = read;
        note(Math.min(count, pending.length));
        if (all) {
            ahead = draft;
            draft = Draft.NONE;
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
        Session current = isOpen() ? session() : null;
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
        Session current;
        try {
            current = isOpen() ? session() : null;
        } catch (RuntimeException broken) {
            current = session; // it is only to be closed
        }
        session = null;
        return current;
    }

    /** The session; of a tree that it has read, the tokens that count are kept. */
    private Session session() {
        ReadTree read = tree;
        if (read != null) {
            tree = null;
            ahead = Draft.NONE;
            synchronized (tools.model()) {
                session = read.keep(stem + node);
            }
        }
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
