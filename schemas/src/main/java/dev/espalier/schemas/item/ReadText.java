// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.item;

import dev.espalier.schemas.json.Blanks;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a JSON value that is being read, growing at its end and sharing its beginning, without the white space between
 * its parts: what follows and what it is equal to do not depend on that. Immutable.
 */
@SuppressWarnings("ReferenceEquality") // shared beginnings are one object
public final class ReadText {

    private static final int OUTSIDE = 0;
    private static final int STRING = 1;
    /** In a string, after a backslash. */
    private static final int ESCAPED = 2;

    private static final String STRUCTURE = "{}[],:\"";
    /** After the letter of an escape, counted one by one like plain characters. */
    private static final int HEX_DIGITS = 4;

    private static final int MOST_LEAST = 8;

    /** Nothing read yet. */
    public static final ReadText EMPTY = new ReadText(null, -1, 0, 0, OUTSIDE, 0, 17);

    /** A text whose bytes do not matter and are not known, whatever follows. */
    public static final ReadText FORGOTTEN = new ReadText(null, -1, 0, -1, OUTSIDE, 0, 19);

    private final @Nullable ReadText before;
    private final int first;
    private final int last;
    private final int length;
    /** Whether its end is in a string. */
    private final int place;

    private final int least;
    private final int hash;

    private ReadText(@Nullable ReadText before, int first, int last, int length, int place, int least, int hash) {
        this.before = before;
        this.first = first;
        this.last = last;
        this.length = length;
        this.place = place;
        this.least = least;
        this.hash = hash;
    }

    /** This text and one more byte; of white space between parts only one is kept, and that only while it ends a number. */
    public ReadText then(int symbol) {
        if (isForgotten()) {
            return this;
        }
        if (place == OUTSIDE && Blanks.isBlank(symbol)) {
            return last >= '0' && last <= '9' ? with(symbol) : this;
        }
        return before != null && place == OUTSIDE && Blanks.isBlank(last) ? before.with(symbol) : with(symbol);
    }

    private ReadText with(int symbol) {
        int next = switch (place) {
            case ESCAPED -> STRING;
            case STRING -> symbol == '"' ? OUTSIDE : symbol == '\\' ? ESCAPED : STRING;
            default -> symbol == '"' ? STRING : OUTSIDE;
        };
        int more = switch (place) {
            case ESCAPED -> symbol == 'u' ? 1 - HEX_DIGITS : 1;
            case STRING -> symbol == '\\' ? 0 : 1;
            default -> STRUCTURE.indexOf(symbol) >= 0 ? 1 : 0;
        };
        int first = length == 0 ? symbol : this.first;
        return new ReadText(this, first, symbol, length + 1, next, least + more, 31 * hash + symbol);
    }

    /** Whether this is {@link #FORGOTTEN}. */
    public boolean isForgotten() {
        return length < 0;
    }

    /** The number of bytes that are kept. */
    public int length() {
        return length;
    }

    /**
     * A lower bound on the bytes of the shortest text of any value with this beginning, at most {@link #MOST_LEAST}, so that repeated
     * keys make no difference. Numbers do not count.
     */
    public int least() {
        return Math.max(0, Math.min(MOST_LEAST, least));
    }

    /** The first byte; -1 if there is none, or it is not known. */
    public int first() {
        return first;
    }

    /** The bytes that are kept, as a new array. */
    public byte[] bytes() {
        byte[] bytes = new byte[length];
        ReadText at = this;
        for (int i = length - 1; i >= 0 && at != null; i--) {
            bytes[i] = (byte) at.last;
            at = at.before;
        }
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof ReadText that) || hash != that.hash || length != that.length) {
            return this == other;
        }
        ReadText mine = this;
        ReadText theirs = that;
        while (mine != theirs && mine != null && theirs != null) {
            if (mine.last != theirs.last) {
                return false;
            }
            mine = mine.before;
            theirs = theirs.before;
        }
        return true;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return isForgotten() ? "..." : new String(Arrays.copyOf(bytes(), length), StandardCharsets.UTF_8);
    }
}
