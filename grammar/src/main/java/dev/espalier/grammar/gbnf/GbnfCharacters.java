// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.gbnf;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.source.SourceText;
import java.util.Arrays;

/** Reads the characters inside GBNF's literals and classes. Indexes count code points of the source. */
final class GbnfCharacters {

    private final SourceText source;
    private final WorkBudget budget;

    /** Where the character that was read last ends. */
    private int next;

    GbnfCharacters(SourceText source, WorkBudget budget) {
        this.source = source;
        this.budget = budget;
    }

    /**
     * The text of a literal.
     *
     * @param from the index after the opening quote
     * @param to the index of the closing quote
     * @throws SyntaxException if an escape is malformed or names no character
     */
    String literal(int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        next = from;
        while (next < to) {
            budget.step();
            int at = next;
            text.appendCodePoint(scalar(read(), at));
        }
        return text.toString();
    }

    /**
     * The members of a class.
     *
     * @param from the index after the opening bracket
     * @param to the index of the closing bracket
     * @throws SyntaxException if an escape is malformed, a range is the wrong way round, or there are no members
     */
    CodePoints members(int from, int to) {
        boolean negated = source.at(from) == '^';
        next = negated ? from + 1 : from;
        if (next >= to) {
            throw source.error("a class needs at least one character", from - 1);
        }
        int[] ranges = new int[8];
        int size = 0;
        while (next < to) {
            budget.step();
            int at = next;
            int first = read();
            int last = first;
            if (source.at(next) == '-' && next + 1 < to) {
                next++;
                last = read();
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
            throw source.error("a surrogate is not a character; write those past U+FFFF as \\UHHHHHHHH", at);
        }
        return codePoint;
    }

    private int read() {
        int character = source.at(next++);
        if (character != '\\') {
            return character;
        }
        int escape = source.at(next++);
        return switch (escape) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '\\', '"', '[', ']', '-' -> escape;
            case 'x' -> hex(2);
            case 'u' -> hex(4);
            case 'U' -> hex(8);
            default ->
                throw source.error(
                        "unknown escape; expected one of \\n \\r \\t \\\\ \\\" \\[ \\] \\- \\xHH \\uHHHH \\UHHHHHHHH",
                        next - 2);
        };
    }

    private int hex(int digits) {
        int start = next - 2;
        long value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(Math.min(source.at(next), 0x7F), 16);
            if (digit < 0) {
                throw source.error("expected " + digits + " hexadecimal digits", start);
            }
            value = value << 4 | digit;
            next++;
        }
        if (value > Character.MAX_CODE_POINT) {
            throw source.error("there is no character past U+10FFFF", start);
        }
        return (int) value;
    }
}
