// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.regex;

import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.regex.RegexEscapes.Escape;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.UnicodeProperties;

/** Reads the escapes of Python's and Rust's regular expressions. Indexes count code points of the pattern. */
final class PatternEscapes {

    private final SourceText source;
    private final PatternDialect dialect;

    PatternEscapes(SourceText source, PatternDialect dialect) {
        this.source = source;
        this.dialect = dialect;
    }

    /**
     * The escape at an index.
     *
     * @param at the index of the backslash
     * @param inClass whether it stands inside {@code [...]}
     * @param ascii whether classes such as {@code \w} have no characters past ASCII
     */
    Escape read(int at, boolean inClass, boolean ascii) {
        int letter = source.at(at + 1);
        int end = at + 2;
        return switch (letter) {
            case 'd', 'D', 'w', 'W', 's', 'S' ->
                new Escape(
                        Character.isLowerCase(letter)
                                ? named(letter, ascii, at)
                                : named(Character.toLowerCase(letter), ascii, at)
                                        .complement(),
                        -1,
                        end);
            case 'a' -> character(0x07, end);
            case 'f' -> character('\f', end);
            case 'n' -> character('\n', end);
            case 'r' -> character('\r', end);
            case 't' -> character('\t', end);
            case 'v' -> character(0x0B, end);
            case 'x', 'u', 'U' -> hex(at);
            case 'p', 'P' -> property(at);
            case 'N' -> throw unsupported("\\N", "a character by its name", at);
            default -> other(letter, at, inClass);
        };
    }

    private Escape other(int letter, int at, boolean inClass) {
        if (letter == 'b' && inClass && dialect == PatternDialect.PYTHON) {
            return character('\b', at + 2);
        } else if (letter >= '0' && letter <= '9') {
            return digits(at, inClass);
        } else if (letter < 0) {
            throw source.error("a backslash at the end escapes nothing", at);
        } else if (letter < 0x80 && Character.isLetter(letter)) {
            throw source.error("unknown escape \"\\" + Character.toString(letter) + "\"", at);
        }
        return character(letter, at + 2);
    }

    /** What {@code \d}, {@code \w} or {@code \s} stands for. */
    CodePoints named(int letter, boolean ascii, int at) {
        if (ascii) {
            return letter == 'd'
                    ? RegexEscapes.DIGITS
                    : letter == 'w' ? RegexEscapes.WORD : CodePoints.ofRanges('\t', '\r', ' ', ' ');
        } else if (letter == 'd') {
            return UnicodeProperties.members("Nd", source, at);
        } else if (letter == 's') {
            CodePoints space = CodePoints.ofRanges(
                    '\t', '\r', ' ', ' ', 0x85, 0x85, 0xA0, 0xA0, 0x1680, 0x1680, 0x2000, 0x200A, 0x2028, 0x2029,
                    0x202F, 0x202F, 0x205F, 0x205F, 0x3000, 0x3000);
            return dialect == PatternDialect.PYTHON ? space.union(CodePoints.range(0x1C, 0x1F)) : space;
        } else if (dialect == PatternDialect.PYTHON) {
            return UnicodeProperties.members("L", source, at)
                    .union(UnicodeProperties.members("N", source, at))
                    .union(CodePoints.of('_'));
        }
        return UnicodeProperties.members("Alphabetic", source, at)
                .union(UnicodeProperties.members("M", source, at))
                .union(UnicodeProperties.members("Nd", source, at))
                .union(UnicodeProperties.members("Pc", source, at))
                .union(CodePoints.range(0x200C, 0x200D));
    }

    private static Escape character(int codePoint, int end) {
        return new Escape(CodePoints.of(codePoint), codePoint, end);
    }

    private UnsupportedFeatureException unsupported(String feature, String what, int at) {
        return new UnsupportedFeatureException(feature, what + " is not supported", source.place(at));
    }

    /** Three octal digits, or a zero and others; all else is a back-reference. */
    private Escape digits(int at, boolean inClass) {
        int end = at + 1;
        int value = 0;
        while (end < at + 4 && source.at(end) >= '0' && source.at(end) <= '7') {
            value = 8 * value + source.at(end) - '0';
            end++;
        }
        boolean octal = source.at(at + 1) == '0' || end == at + 4 || (inClass && end > at + 1);
        if (dialect == PatternDialect.RUST || !octal || value > 0xFF) {
            throw unsupported("back-reference", "a back-reference", at);
        }
        return character(value, end);
    }

    private Escape hex(int at) {
        int letter = source.at(at + 1);
        boolean braced = source.at(at + 2) == '{' && dialect == PatternDialect.RUST;
        int from = braced ? at + 3 : at + 2;
        int digits = letter == 'x' ? 2 : letter == 'u' ? 4 : 8;
        int end = from;
        long value = 0;
        while ((braced ? end < from + 8 : end < from + digits)
                && source.at(end) < 0x80
                && Character.digit(source.at(end), 16) >= 0) {
            value = value << 4 | Character.digit(source.at(end), 16);
            end++;
        }
        boolean complete = braced ? end > from && source.at(end) == '}' : end == from + digits;
        if (!complete || value > Character.MAX_CODE_POINT) {
            throw source.error("expected hexadecimal digits of a character up to 10FFFF", at);
        }
        return character((int) value, braced ? end + 1 : end);
    }

    private Escape property(int at) {
        if (dialect == PatternDialect.PYTHON) {
            throw source.error("unknown escape \"\\p\"", at);
        }
        boolean braced = source.at(at + 2) == '{';
        int end = at + 3;
        while (braced && source.at(end) >= 0 && source.at(end) != '}') {
            end++;
        }
        String name = braced ? source.slice(at + 3, end) : source.slice(at + 2, at + 3);
        boolean negated = source.at(at + 1) == 'P' ^ name.startsWith("^");
        CodePoints members = UnicodeProperties.loose(name.startsWith("^") ? name.substring(1) : name, source, at);
        return new Escape(negated ? members.complement() : members, -1, braced ? end + 1 : end);
    }
}
