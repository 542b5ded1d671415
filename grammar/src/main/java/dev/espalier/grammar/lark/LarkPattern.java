// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.regex.PatternReader;
import java.util.List;

/**
 * The regular expression or string of a terminal, as text: Lark puts the texts of parts one behind the other, and sorts terminals by their lengths.
 *
 * @param isString whether it is a plain string
 * @param value the expression or string, without flags
 * @param flags letters of flags for the whole
 * @param length how long Lark's value is, in characters
 */
record LarkPattern(boolean isString, String value, String flags, int length) {

    private static final String SPECIAL = "()[]{}?*+-|^$\\.&~# \t\n\r\u000b\f";

    static LarkPattern of(boolean isString, String value, String flags) {
        return new LarkPattern(isString, value, flags, value.codePointCount(0, value.length()));
    }

    /** The texts of a pattern, in the syntax of Python's regular expressions. */
    String regex() {
        StringBuilder body = new StringBuilder();
        if (isString) {
            value.codePoints()
                    .forEach(c ->
                            body.append(SPECIAL.indexOf(c) >= 0 ? "\\" : "").appendCodePoint(c));
        } else {
            body.append(value);
        }
        String wrapped = body.toString();
        for (char flag : flags.toCharArray()) {
            wrapped = "(?" + flag + ":" + wrapped + ")";
        }
        return wrapped;
    }

    /** How long {@link #regex} is in Lark. */
    int regexLength() {
        int escapes = isString
                ? (int) value.codePoints().filter(c -> SPECIAL.indexOf(c) >= 0).count()
                : 0;
        return length + escapes + 5 * flags.length();
    }

    /** Patterns one behind the other. */
    static LarkPattern joined(List<LarkPattern> parts) {
        return wrapped("", parts, "", "");
    }

    /** Alternatives, the longest first. */
    static LarkPattern choice(List<LarkPattern> alternatives) {
        return wrapped("(?:", alternatives, "|", ")");
    }

    private static LarkPattern wrapped(String open, List<LarkPattern> parts, String separator, String close) {
        List<String> texts = parts.stream().map(LarkPattern::regex).toList();
        int length = open.length()
                + close.length()
                + separator.length() * (parts.size() - 1)
                + parts.stream().mapToInt(LarkPattern::regexLength).sum();
        return new LarkPattern(false, open + String.join(separator, texts) + close, "", length);
    }

    /** A pattern with an operator behind it. */
    LarkPattern repeated(String operator) {
        return new LarkPattern(false, "(?:" + regex() + ")" + operator, flags, regexLength() + 4 + operator.length());
    }

    /** The least and greatest number of characters, as Python counts them. */
    long[] width(PatternReader reader, String name, WorkBudget budget) {
        int characters = value.codePointCount(0, value.length());
        return isString
                ? new long[] {characters, characters}
                : reader.tree(name, regex(), budget).width();
    }
}
