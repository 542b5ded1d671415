// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.regex;

import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.UnicodeProperties;

/** Reads ECMA-262's escapes. Indexes count code points of the pattern. */
final class RegexEscapes {

    static final CodePoints DIGITS = CodePoints.range('0', '9');
    static final CodePoints WORD = CodePoints.ofRanges('0', '9', 'A', 'Z', '_', '_', 'a', 'z');
    static final CodePoints SPACE = CodePoints.ofRanges(
            '\t', '\r', ' ', ' ', 0xA0, 0xA0, 0x1680, 0x1680, 0x2000, 0x200A, 0x2028, 0x2029, 0x202F, 0x202F, 0x205F,
            0x205F, 0x3000, 0x3000, 0xFEFF, 0xFEFF);

    private final SourceText source;
    private final CodePoints word;

    /**
     * What an escape stands for.
     *
     * @param members the characters; none for an unpaired surrogate
     * @param codePoint the one character or surrogate; -1 when it is a class such as {@code \d}
     * @param end the index after the escape
     */
    record Escape(CodePoints members, int codePoint, int end) {}

    /**
     * The escapes of one pattern.
     *
     * @param word what {@code \\w} stands for
     */
    RegexEscapes(SourceText source, CodePoints word) {
        this.word = word;
        this.source = source;
    }

    /**
     * The escape at an index.
     *
     * @param at the index of the backslash
     * @param inClass whether it stands inside {@code [...]}
     */
    Escape read(int at, boolean inClass) {
        int letter = source.at(at + 1);
        int end = at + 2;
        return switch (letter) {
            case 'd' -> new Escape(DIGITS, -1, end);
            case 'D' -> new Escape(DIGITS.complement(), -1, end);
            case 'w' -> new Escape(word, -1, end);
            case 'W' -> new Escape(word.complement(), -1, end);
            case 's' -> new Escape(SPACE, -1, end);
            case 'S' -> new Escape(SPACE.complement(), -1, end);
            case 'p', 'P' -> property(at);
            case 'b' -> inClass ? character('\b', end) : unsupported("\\b", "word boundaries", at);
            case 'B' -> unsupported("\\B", "word boundaries", at);
            case 'k' -> unsupported("\\k", "back-references", at);
            case 't' -> character('\t', end);
            case 'n' -> character('\n', end);
            case 'v' -> character(0x0B, end);
            case 'f' -> character('\f', end);
            case 'r' -> character('\r', end);
            case 'x' -> character(hex(at, end, 2), end + 2);
            case 'u' -> unicode(at);
            case 'c' -> control(at);
            default -> Character.isDigit(letter) ? digits(at) : identity(at);
        };
    }

    private static Escape character(int codePoint, int end) {
        return new Escape(CodePoints.of(codePoint), codePoint, end);
    }

    private Escape unsupported(String feature, String what, int at) {
        throw new UnsupportedFeatureException(feature, what + " cannot be enforced exactly", source.place(at));
    }

    private Escape digits(int at) {
        int letter = source.at(at + 1);
        boolean more = source.at(at + 2) >= '0' && source.at(at + 2) <= '9';
        if (letter == '0' && !more) {
            return character(0, at + 2);
        }
        if (letter == '0') {
            throw source.error("octal escapes are not allowed; write \\xHH", at);
        }
        return unsupported("back-reference", "back-references", at);
    }

    private Escape identity(int at) {
        int letter = source.at(at + 1);
        if (letter < 0) {
            throw source.error("a backslash at the end escapes nothing", at);
        }
        if (letter < 0x80 && Character.isLetter(letter)) {
            throw source.error("unknown escape \"\\" + Character.toString(letter) + "\"", at);
        }
        return character(letter, at + 2);
    }

    private Escape control(int at) {
        int letter = source.at(at + 2);
        if (letter > 0x7F || !Character.isLetter(letter)) {
            throw source.error("expected a letter after \"\\c\"", at);
        }
        return character(letter & 0x1F, at + 3);
    }

    private Escape unicode(int at) {
        if (source.at(at + 2) == '{') {
            return braced(at);
        }
        int first = hex(at, at + 2, 4);
        int end = at + 6;
        if (first >= 0xD800 && first <= 0xDBFF && source.at(end) == '\\' && source.at(end + 1) == 'u') {
            int second = source.at(end + 2) == '{' ? 0 : hex(end, end + 2, 4);
            if (second >= 0xDC00 && second <= 0xDFFF) {
                return character(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00), end + 6);
            }
        }
        return character(first, end);
    }

    private Escape braced(int at) {
        long value = 0;
        int index = at + 3;
        while (source.at(index) != '}') {
            int digit = digit(index);
            value = value << 4 | digit;
            if (digit < 0 || value > Character.MAX_CODE_POINT) {
                throw source.error("expected hexadecimal digits up to 10FFFF and \"}\" after \"\\u{\"", at);
            }
            index++;
        }
        if (index == at + 3) {
            throw source.error("expected hexadecimal digits after \"\\u{\"", at);
        }
        return character((int) value, index + 1);
    }

    private int hex(int escape, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = digit(i);
            if (digit < 0) {
                throw source.error("expected " + count + " hexadecimal digits", escape);
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private int digit(int index) {
        int character = source.at(index);
        return character < 0 || character > 0x7F ? -1 : Character.digit(character, 16);
    }

    private Escape property(int at) {
        int end = at + 3;
        while (source.at(end) >= 0 && source.at(end) != '}') {
            end++;
        }
        if (source.at(at + 2) != '{' || source.at(end) < 0) {
            throw source.error("expected the name of a Unicode property in braces, such as \\p{L}", at);
        }
        CodePoints members = UnicodeProperties.members(source.slice(at + 3, end), source, at);
        return new Escape(source.at(at + 1) == 'P' ? members.complement() : members, -1, end + 1);
    }
}
