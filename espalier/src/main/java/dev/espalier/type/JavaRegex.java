// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import java.util.Optional;

/**
 * A regular expression of {@code java.util.regex} that must match a whole text, as one of ECMA-262. Characters, sets, groups, alternatives and quantifiers
 * become the same language; what the two notations read differently, or only one of them has, is refused by the caller. One use, one thread.
 */
final class JavaRegex {

    private static final String SYNTAX = "\\^$.|?*+()[]{}/";

    /** The dot of Java: no line terminator, of which ECMA-262 has one less. */
    private static final String DOT = "[^\\n\\r\\u0085\\u2028\\u2029]";

    private static final String SPACES = "\\t-\\r ";

    private final String text;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private JavaRegex(String text) {
        this.text = text;
    }

    /** The expression with anchors at both ends; empty if it has something that does not mean the same. */
    static Optional<String> toEcma(String java) {
        JavaRegex regex = new JavaRegex(withoutAnchors(java));
        return regex.alternatives() && regex.at == regex.text.length()
                ? Optional.of("^(?:" + regex.out + ")$")
                : Optional.empty();
    }

    /** Anchors at the ends say nothing where the whole text must match, unless they are part of an alternative. */
    private static String withoutAnchors(String java) {
        if (java.indexOf('|') >= 0) {
            return java;
        }
        String text = java.startsWith("^") ? java.substring(1) : java;
        return text.endsWith("$") && !text.endsWith("\\$") ? text.substring(0, text.length() - 1) : text;
    }

    private boolean alternatives() {
        while (true) {
            while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
                if (!atom() || !quantifier()) {
                    return false;
                }
            }
            if (at == text.length() || text.charAt(at) == ')') {
                return true;
            }
            out.append('|');
            at++;
        }
    }

    private boolean atom() {
        char c = text.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> set();
            case '.' -> append(DOT);
            case '\\' -> escape(false);
            case '^', '$', '*', '+', '?', '{', '}', ']' -> false;
            default -> character(c, false);
        };
    }

    private boolean group() {
        if (text.startsWith("?:", at)) {
            at += 2;
        } else if (at < text.length() && text.charAt(at) == '?') {
            return false;
        }
        out.append("(?:");
        if (!alternatives() || at == text.length()) {
            return false;
        }
        at++;
        return append(")");
    }

    private boolean set() {
        out.append('[');
        if (at < text.length() && text.charAt(at) == '^') {
            out.append('^');
            at++;
        }
        int start = at;
        while (at < text.length() && text.charAt(at) != ']') {
            char c = text.charAt(at++);
            boolean read = switch (c) {
                case '\\' -> escape(true);
                case '[', '^' -> false;
                case '&' -> !text.startsWith("&", at) && character(c, true);
                case '-' -> hyphen(start);
                default -> character(c, true);
            };
            if (!read) {
                return false;
            }
        }
        if (at == start || at == text.length()) {
            return false;
        }
        at++;
        return append("]");
    }

    /** A hyphen at an end of a set is itself; between two characters it is a range, and beside a class neither notation is clear. */
    private boolean hyphen(int start) {
        boolean end = at == text.length() || text.charAt(at) == ']';
        if (at - 1 == start || end) {
            return append("\\-");
        }
        boolean behindClass = at >= 3 && text.charAt(at - 3) == '\\' && "dDsSwW".indexOf(text.charAt(at - 2)) >= 0;
        boolean beforeClass =
                text.charAt(at) == '\\' && at + 1 < text.length() && "dDsSwW".indexOf(text.charAt(at + 1)) >= 0;
        return !behindClass && !beforeClass && text.charAt(at) != '-' && append("-");
    }

    private boolean escape(boolean inSet) {
        if (at == text.length()) {
            return false;
        }
        char c = text.charAt(at++);
        switch (c) {
            case 'd', 'D', 'w', 'W', 't', 'n', 'r', 'f':
                return append("\\" + c);
            case 's':
                return append(inSet ? SPACES : "[" + SPACES + "]");
            case 'S':
                return !inSet && append("[^" + SPACES + "]");
            case 'u':
                return text.substring(at).matches("(?s)[0-9a-fA-F]{4}.*")
                        && !Character.isSurrogate((char) Integer.parseInt(text.substring(at, at + 4), 16))
                        && append("\\u" + text.substring(at, at += 4));
            default:
                return !Character.isLetterOrDigit(c) && c < 0x80 && character(c, inSet);
        }
    }

    private boolean character(char c, boolean inSet) {
        if (SYNTAX.indexOf(c) >= 0 || (inSet && c == '-')) {
            out.append('\\');
        }
        out.append(c);
        return true;
    }

    private boolean quantifier() {
        if (at == text.length()) {
            return true;
        }
        char c = text.charAt(at);
        if (c == '*' || c == '+' || c == '?') {
            out.append(c);
            at++;
        } else if (c == '{') {
            int end = text.indexOf('}', at);
            if (end < 0 || !text.substring(at, end + 1).matches("\\{\\d{1,6}(,\\d{0,6})?\\}")) {
                return false;
            }
            out.append(text, at, end + 1);
            at = end + 1;
        } else {
            return true;
        }
        if (at < text.length() && text.charAt(at) == '?') {
            at++; // reluctant: the same texts match from end to end
        }
        return at == text.length() || "*+?{".indexOf(text.charAt(at)) < 0;
    }

    private boolean append(String part) {
        out.append(part);
        return true;
    }
}
