// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.sampler.Session;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What texts have in common at their start: it is read once. A text that begins like another one waits while that is read, and goes on with a
 * copy of its session; ended texts leave theirs for a while. Used by the thread that leads.
 */
final class SharedStarts {

    /** The number of common tokens from which texts wait for each other. */
    private static final int WORTH = 32;

    private final DecodingTools tools;
    private final PrefixStore store;

    /** Reading in company has other roundings than alone: sessions are then cut where every text is. */
    private final int grain;

    private int tokens;

    /**
     * The starts of texts of one model.
     *
     * @param kept the most tokens of ended texts that are kept
     * @param grain copies have a multiple of this many tokens
     */
    SharedStarts(DecodingTools tools, int kept, int grain) {
        this.tools = tools;
        this.store = new PrefixStore(tools, kept);
        this.grain = grain;
    }

    /** Sessions of ended texts. */
    PrefixStore store() {
        return store;
    }

    /** The number of tokens that were copied instead of read, since it was last asked for. */
    int takeTokens() {
        int taken = tokens;
        tokens = 0;
        return taken;
    }

    /**
     * Gives a row that has read nothing a session, with what it shares with others if that is worth it. The model must be locked.
     *
     * @param others the rows that are under way
     * @return false if the row should wait for another one that is reading what both begin with
     */
    boolean begin(Row row, List<Row> others) {
        if (!row.isShared()) {
            return true;
        }
        int[] start = row.start();
        Row best = null;
        int longest = 0;
        for (Row other : others) {
            if (other == row || !other.isReading() || !other.isShared()) {
                continue;
            }
            if (other.sequence().input().isAtStart() && Arrays.equals(start, other.start())) {
                return hand(other, row);
            }
            int common = useful(start, PrefixStore.common(start, other.start()));
            if (common > longest) {
                best = other;
                longest = common;
            }
        }
        int kept = useful(start, store.longest(start));
        if (best != null && longest > kept) {
            boolean read = best.sequence().input().length() >= longest;
            if (read && row.sequence().shareSession(best.sequence(), longest)) {
                tokens += longest;
            }
            return read;
        }
        Session copy = kept == 0 ? null : copy(start, kept);
        if (copy != null) {
            row.sequence().adopt(copy, kept);
            tokens += kept;
        }
        return true;
    }

    /** Gives a row the logits of another one with the same start, if that has been read; whether it was. */
    private boolean hand(Row reader, Row row) {
        if (reader.sequence().awaitsMask()) {
            row.sequence().share(reader.sequence());
            tokens += row.sequence().input().length();
            return true;
        }
        return false;
    }

    private @Nullable Session copy(int[] start, int length) {
        try {
            return store.copy(start, length);
        } catch (RuntimeException noRoom) {
            store.shrink(0);
            return null;
        }
    }

    /** How much of a common beginning can be copied: the last token is read anew, for its logits. */
    private int useful(int[] start, int common) {
        int length = Math.min(common, start.length - 1) / grain * grain;
        return length < WORTH ? 0 : length;
    }

    /** Keeps the session of an ended row, or closes it. */
    void end(Row row) {
        if (!row.isShared()) {
            return;
        }
        ModelInput input = row.sequence().input();
        int[] tokens = grain == 1 ? input.tokens() : Arrays.copyOf(row.start(), row.start().length / grain * grain);
        Session session = input.length() >= tokens.length && tokens.length >= WORTH ? input.release() : null;
        if (session == null) {
            return;
        }
        if (session.length() > tokens.length) {
            session.truncate(tokens.length);
        }
        store.keep(tokens, session);
    }
}
