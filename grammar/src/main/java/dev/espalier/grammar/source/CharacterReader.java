// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.grammar.CodePoints;
import java.util.Arrays;

/**
 * Reads the characters inside literals and classes; what a notation's escapes mean is left to it. Indexes count code points of
 * the source. Not thread-safe.
 */
public abstract class CharacterReader {

    private final SourceText source;
    private final WorkBudget budget;
    private final String highest;

    /** Where the character that was read last ends. */
    private int next;

    /**
     * A reader.
     *
     * @param highest how the notation writes a character past U+FFFF, for messages
     */
    protected CharacterReader(SourceText source, String highest, WorkBudget budget) {
        this.source = source;
        this.highest = highest;
        this.budget = budget;
    }

    /**
     * The text of a literal.
     *
     * @param from the index after the opening quote
     * @param to the index of the closing quote
     * @throws SyntaxException if an escape is malformed or names no character
     */
    public String literal(int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        next = from;
        while (next < to) {
            budget.spendSteps(4);
            int at = next;
            text.appendCodePoint(scalar(read(false), at));
        }
        return text.toString();
    }

    /**
     * The members of a class: characters and ranges, behind {@code ^} all others.
     *
     * @param from the index after the opening bracket
     * @param to the index of the closing bracket
     * @throws SyntaxException if an escape is malformed, a range is the wrong way round, or there are no members
     */
    public CodePoints members(int from, int to) {
        boolean negated = source.at(from) == '^';
        next = negated ? from + 1 : from;
        if (next >= to) {
            checkEmpty(from - 1);
        }
        int[] ranges = new int[8];
        int size = 0;
        while (next < to) {
            budget.spendSteps(4);
            int at = next;
            int first = read(true);
            int last = first;
            if (source.at(next) == '-' && next + 1 < to) {
                next++;
                last = read(true);
            } else {
                scalar(first, at);
            }
            checkRange(first, last, at);
            ranges = size + 2 > ranges.length ? Arrays.copyOf(ranges, 2 * size) : ranges;
            ranges[size++] = first;
            ranges[size++] = last;
        }
        CodePoints members = CodePoints.ofRanges(Arrays.copyOf(ranges, size));
        return negated ? members.complement() : members;
    }

    /**
     * One character that stands alone.
     *
     * @param from where it begins
     */
    public int character(int from) {
        next = from;
        return scalar(read(false), from);
    }

    /** Reads one character, escaped or not, by {@link #take} and {@link #hex}. */
    protected abstract int read(boolean inClass);

    /** Refuses a class without members; a notation in which it means nothing, or anything, lets it pass. */
    protected void checkEmpty(int offset) {
        throw source.error("a class needs at least one character", offset);
    }

    /** The next code point of the source, or -1 past its end. */
    protected final int take() {
        return source.at(next++);
    }

    /** The code point that {@link #take} gives next. */
    protected final int peek() {
        return source.at(next);
    }

    /**
     * A number in hexadecimal digits.
     *
     * @param start where the escape begins
     * @param digits how many there are; 0: as many as there are, at least one
     */
    protected final int hex(int start, int digits) {
        long value = 0;
        int read = 0;
        while (digits == 0 || read < digits) {
            int digit = Character.digit(Math.min(source.at(next), 0x7F), 16);
            if (digit < 0) {
                break;
            }
            value = Math.min(value << 4 | digit, Integer.MAX_VALUE);
            next++;
            read++;
        }
        if (read < digits || read == 0) {
            throw source.error("expected " + (digits == 0 ? "" : digits + " ") + "hexadecimal digits", start);
        }
        if (value > Character.MAX_CODE_POINT) {
            throw source.error("there is no character past U+10FFFF", start);
        }
        return (int) value;
    }

    /** Where the next code point is. */
    protected final int position() {
        return next;
    }

    /** An error of the notation. */
    protected final SyntaxException error(String message, int offset) {
        return source.error(message, offset);
    }

    private void checkRange(int first, int last, int at) {
        if (last < first) {
            throw source.error("the ends of a range are the wrong way round", at);
        }
        if (SourceText.isSurrogate(first) && SourceText.isSurrogate(last)) {
            throw source.error("a range of surrogates has no character", at);
        }
    }

    private int scalar(int codePoint, int at) {
        if (SourceText.isSurrogate(codePoint)) {
            throw source.error("a surrogate is not a character; write those past U+FFFF as " + highest, at);
        }
        return codePoint;
    }
}
