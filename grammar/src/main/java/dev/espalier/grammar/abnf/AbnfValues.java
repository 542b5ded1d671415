// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.abnf;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.source.PlainAlgebra;
import dev.espalier.grammar.source.SourceText;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads ABNF's values and strings. Indexes count code points of the source. */
final class AbnfValues {

    private static final int LAST_ASCII = 0x7F;
    private static final int LAST_BYTE = 0xFF;

    private final SourceText source;
    private final boolean bytes;

    /** Where the number that was read last ends. */
    private int next;

    /**
     * Values of one source.
     *
     * @param bytes whether they are bytes, not characters
     */
    AbnfValues(SourceText source, boolean bytes) {
        this.source = source;
        this.bytes = bytes;
    }

    /**
     * A value: {@code %x41}, a concatenation {@code %x41.42} or a range {@code %x41-5A}.
     *
     * @throws SyntaxException if a digit is wrong, or a number is no character, or no byte
     */
    Expression value(int from, int to) {
        int base = base(source.at(from + 1));
        int first = number(from + 2, base);
        Expression value;
        if (source.at(next) == '-') {
            int at = next + 1;
            int last = number(at, base);
            value = range(scalar(first, from), scalar(last, at), from);
        } else {
            List<Integer> numbers = new ArrayList<>(List.of(scalar(first, from)));
            while (source.at(next) == '.') {
                int at = next + 1;
                numbers.add(scalar(number(at, base), at));
            }
            value = literal(numbers);
        }
        if (next < to) {
            throw source.error("expected " + digits(base) + ", \".\" or \"-\" in a value, or a blank behind it", next);
        }
        return value;
    }

    private static int base(int letter) {
        return switch (letter) {
            case 'b', 'B' -> 2;
            case 'd', 'D' -> 10;
            default -> 16;
        };
    }

    private static String digits(int base) {
        return base == 2 ? "binary digits" : base == 10 ? "digits" : "hexadecimal digits";
    }

    private int number(int from, int base) {
        long value = 0;
        next = from;
        for (int digit = digit(base); digit >= 0; digit = digit(base)) {
            value = Math.min(value * base + digit, Integer.MAX_VALUE);
            next++;
        }
        if (next == from) {
            throw source.error("expected " + digits(base), from);
        }
        if (value > Character.MAX_CODE_POINT) {
            throw source.error("there is no character past U+10FFFF", from);
        }
        if (bytes && value > LAST_BYTE) {
            throw source.error("there is no byte past FF; the values of this grammar are read as bytes", from);
        }
        return (int) value;
    }

    private int digit(int base) {
        return Character.digit(Math.min(source.at(next), LAST_ASCII), base);
    }

    private int scalar(int value, int at) {
        if (SourceText.isSurrogate(value)) {
            throw source.error("a surrogate is not a character; write those past U+FFFF as %x10000", at);
        }
        return value;
    }

    private Expression literal(List<Integer> numbers) {
        if (!bytes) {
            StringBuilder text = new StringBuilder();
            numbers.forEach(text::appendCodePoint);
            return Literal.of(text.toString());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        numbers.forEach(out::write);
        return new Literal(ByteString.of(out.toByteArray()));
    }

    private Expression range(int first, int last, int from) {
        if (last < first) {
            throw source.error("the ends of a range are the wrong way round", from);
        }
        return range(first, last, bytes);
    }

    /**
     * Any one character, or byte, of a range.
     *
     * @param bytes whether the ends are bytes
     */
    static Expression range(int first, int last, boolean bytes) {
        if (!bytes || last <= LAST_ASCII) {
            return new CharacterClass(CodePoints.range(first, last));
        }
        List<Expression> alternatives = new ArrayList<>();
        if (first <= LAST_ASCII) {
            alternatives.add(new CharacterClass(CodePoints.range(first, LAST_ASCII)));
        }
        for (int value = Math.max(first, LAST_ASCII + 1); value <= last; value++) {
            alternatives.add(new Literal(ByteString.of(new byte[] {(byte) value})));
        }
        return new Choice(alternatives);
    }

    /**
     * A string.
     *
     * @param from the index after the opening quote
     * @param to the index of the closing quote
     * @param anyCase whether ASCII letters stand for both cases
     * @throws SyntaxException if a character is not printable ASCII
     */
    Expression text(int from, int to, boolean anyCase) {
        for (int i = from; i < to; i++) {
            if (source.at(i) < ' ' || source.at(i) >= LAST_ASCII) {
                throw source.error("a string holds printable ASCII alone; write other characters as values (%xE9)", i);
            }
        }
        String text = source.slice(from, to);
        return anyCase ? inAnyCase(text) : Literal.of(text);
    }

    private static Expression inAnyCase(String text) {
        List<Expression> items = new ArrayList<>();
        for (char c : text.toCharArray()) {
            char lower = Character.toLowerCase(c);
            char upper = Character.toUpperCase(c);
            items.add(
                    lower == upper
                            ? Literal.of(String.valueOf(c))
                            : new CharacterClass(CodePoints.ofRanges(lower, lower, upper, upper)));
        }
        return new PlainAlgebra().sequence(items);
    }
}
