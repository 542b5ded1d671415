// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.antlr;

import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.antlr.AntlrNode.Characters;
import dev.espalier.grammar.antlr.AntlrNode.Text;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.UnicodeProperties;

/** Reads the characters inside strings and sets. Not thread-safe. */
final class AntlrCharacters {

    private static final String ESCAPES = "nrbtf\\";
    private static final String MEANINGS = "\n\r\b\t\f\\";

    private final SourceText source;
    private final WorkBudget budget;
    private int at;

    /** A reader of one file. */
    AntlrCharacters(SourceText source, WorkBudget budget) {
        this.source = source;
        this.budget = budget;
    }

    /** The text of a string, in which two surrogates are one character. */
    String text(Text written) {
        StringBuilder text = new StringBuilder();
        at = written.spot().offset();
        while (at < written.end()) {
            budget.step();
            text.appendCodePoint(character("'"));
        }
        if (text.codePoints().anyMatch(SourceText::isSurrogate)) {
            throw source.error(
                    "a surrogate is not a character; write those past U+FFFF as \\u{1F600}",
                    written.spot().offset() - 1);
        }
        if (text.isEmpty()) {
            throw source.error(
                    "a string needs at least one character", written.spot().offset() - 1);
        }
        return text.toString();
    }

    /** The one character of a string. */
    int only(Text written) {
        String text = text(written);
        int character = text.codePointAt(0);
        if (text.length() > Character.charCount(character)) {
            throw source.error(
                    "a string of one character belongs here", written.spot().offset() - 1);
        }
        return character;
    }

    /** The members of a set. Surrogates are none, since texts have none. */
    CodePoints members(Characters written, boolean ignoresCase) {
        CodePoints members = CodePoints.NONE;
        at = written.spot().offset();
        if (at >= written.end()) {
            throw source.error("a set needs at least one character", at - 1);
        }
        while (at < written.end()) {
            budget.step();
            int start = at;
            if (source.at(at) == '\\' && (source.at(at + 1) == 'p' || source.at(at + 1) == 'P')) {
                members = members.union(property(written.end()));
                continue;
            }
            int first = character("]-");
            int last = first;
            if (source.at(at) == '-' && at + 1 < written.end()) {
                at++;
                last = character("]-");
            }
            if (last < first) {
                throw source.error("the ends of a range are the wrong way round", start);
            }
            members = members.union(range(first, last, ignoresCase));
        }
        return members;
    }

    /**
     * The characters of a range. Where case is ignored, they are those between the small forms of its ends and between the capital ones, if both ranges have one length
     * and both ends one case; so does ANTLR.
     */
    static CodePoints range(int first, int last, boolean ignoresCase) {
        int small = Character.toLowerCase(first);
        int capital = Character.toUpperCase(first);
        int length = Character.toLowerCase(last) - small;
        boolean isMixed = (small == first) != (Character.toLowerCase(last) == last);
        if (!ignoresCase || isMixed || length != Character.toUpperCase(last) - capital) {
            return CodePoints.range(first, last);
        }
        return CodePoints.ofRanges(small, small + length, capital, capital + length);
    }

    private CodePoints property(int end) {
        int start = at;
        int close = start;
        while (close < end && source.at(close) != '}') {
            close++;
        }
        if (source.at(start + 2) != '{' || close == end) {
            throw source.error("expected \\p{a property}", start);
        }
        at = close + 1;
        String name = source.slice(start + 3, close);
        CodePoints found = UnicodeProperties.loose(name, source, start);
        return source.at(start + 1) == 'P' ? found.complement() : found;
    }

    /** One character, escaped or not. */
    private int character(String mayBeEscaped) {
        int start = at;
        int c = source.at(at++);
        if (c == '\\') {
            int escape = source.at(at++);
            int known = ESCAPES.indexOf(escape);
            if (known >= 0) {
                return MEANINGS.charAt(known);
            } else if (mayBeEscaped.indexOf(escape) >= 0) {
                return escape;
            } else if (escape != 'u') {
                throw source.error("unknown escape \\" + source.slice(start + 1, start + 2), start);
            }
            c = number(start);
        }
        return c;
    }

    private int number(int start) {
        boolean isBraced = source.at(at) == '{';
        int from = isBraced ? at + 1 : at;
        int to = from;
        while (Character.digit(Math.min(source.at(to), 0x7F), 16) >= 0 && to - from < (isBraced ? 8 : 4)) {
            to++;
        }
        boolean isClosed = isBraced ? to > from && source.at(to) == '}' : to - from == 4;
        long value = isClosed ? Long.parseLong(source.slice(from, to), 16) : Long.MAX_VALUE;
        if (!isClosed) {
            throw source.error("expected \\u and four hexadecimal digits, or \\u{...}", start);
        } else if (value > Character.MAX_CODE_POINT) {
            throw source.error("there is no character past U+10FFFF", start);
        }
        at = isBraced ? to + 1 : to;
        return (int) value;
    }
}
