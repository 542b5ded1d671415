// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.sampler.Session;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Sessions of ended texts, kept for texts that begin alike, least recently used first out. Used by the thread that leads. */
final class PrefixStore {

    private final DecodingTools tools;
    private final int most;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private int size;

    /** A session, and the tokens that it holds. */
    private record Entry(int[] tokens, Session session) {}

    /** A store of at most so many tokens. */
    PrefixStore(DecodingTools tools, int most) {
        this.tools = tools;
        this.most = most;
    }

    /** The number of tokens of all kept sessions. */
    int size() {
        return size;
    }

    /** Keeps a session, or closes it. */
    void keep(int[] tokens, Session session) {
        if (tokens.length > most || longest(tokens) == tokens.length) {
            tools.close(session);
            return;
        }
        for (Iterator<Entry> i = entries.iterator(); i.hasNext(); ) {
            Entry entry = i.next();
            if (common(entry.tokens, tokens) == entry.tokens.length) { // the new one begins with all of it
                i.remove();
                close(entry);
            }
        }
        entries.addLast(new Entry(tokens, session));
        size += tokens.length;
        shrink(most);
    }

    /** How many of the first tokens the best session shares. */
    int longest(int[] start) {
        int longest = 0;
        for (Entry entry : entries) {
            longest = Math.max(longest, common(entry.tokens, start));
        }
        return longest;
    }

    /**
     * A copy of the best session, with as many first tokens as it shares but at most {@code length}; null if the model has no room for it. The model
     * must be locked.
     */
    @Nullable
    Session copy(int[] start, int length) {
        for (Entry entry : entries) {
            if (common(entry.tokens, start) >= length) {
                entries.remove(entry);
                entries.addLast(entry);
                Session copy = tools.fork(entry.session);
                copy.truncate(length);
                return copy;
            }
        }
        return null;
    }

    /** Closes sessions until at most so many tokens are left. */
    void shrink(long tokens) {
        while (size > Math.max(0, tokens)) {
            close(entries.removeFirst());
        }
    }

    private void close(Entry entry) {
        size -= entry.tokens.length;
        tools.close(entry.session);
    }

    /** The number of first tokens that two texts have in common. */
    static int common(int[] one, int[] other) {
        int mismatch = Arrays.mismatch(one, other);
        return mismatch < 0 ? one.length : mismatch;
    }
}
