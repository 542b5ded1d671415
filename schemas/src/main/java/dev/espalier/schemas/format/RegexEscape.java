// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.format;

import dev.espalier.grammar.source.UnicodeTable;
import java.util.ArrayList;
import java.util.List;

/**
 * The beginning of an escape of ECMA-262 with the {@code u} flag.
 *
 * @param status how much of it has been read, and its meaning if it is whole
 * @param value the code point of an escape that stands for a character; the number of a back-reference
 */
record RegexEscape(Status status, int value) {

    /** The status of the beginning of an escape. */
    enum Status {
        /** No escape begins so. */
        WRONG,
        /** An escape that is not whole yet. */
        OPEN,
        /** Whole, one character; a half of a surrogate pair may get its second half. */
        CHARACTER,
        /** Whole, a set of characters. */
        SET,
        /** Whole, an assertion. */
        ASSERTION,
        /** Whole, a back-reference by number, and digits may follow. */
        NUMBER,
        /** Whole, a back-reference by name. */
        NAME
    }

    /** The first number of a group that counts as malformed: no text holds so many groups. */
    private static final int MAX_GROUPS = 1 << 28;

    private static final RegexEscape WRONG = new RegexEscape(Status.WRONG, 0);
    private static final RegexEscape OPEN = new RegexEscape(Status.OPEN, 0);
    private static final RegexEscape SET = new RegexEscape(Status.SET, 0);

    private static RegexEscape character(int value) {
        return new RegexEscape(Status.CHARACTER, value);
    }

    /** The status of a text that begins with a backslash. */
    static RegexEscape of(String text, boolean inClass) {
        if (text.length() == 1) {
            return OPEN;
        }
        char letter = text.charAt(1);
        boolean alone = text.length() == 2;
        return switch (letter) {
            case 'd', 'D', 's', 'S', 'w', 'W' -> alone ? SET : WRONG;
            case 'f', 'n', 'r', 't', 'v' -> alone ? character("\f\n\r\t\u000B".charAt("fnrtv".indexOf(letter))) : WRONG;
            case 'b' -> !alone ? WRONG : inClass ? character('\b') : new RegexEscape(Status.ASSERTION, 0);
            case 'B' -> alone && !inClass ? new RegexEscape(Status.ASSERTION, 0) : WRONG;
            case '-' -> alone && inClass ? character('-') : WRONG;
            case 'c' -> control(text);
            case 'x' -> hex(text, 2, 2);
            case 'u' -> unicode(text);
            case 'p', 'P' -> property(text);
            case 'k' -> inClass ? WRONG : alone || text.charAt(2) == '<' ? OPEN : WRONG;
            case '0' -> alone ? character(0) : WRONG;
            case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> inClass ? WRONG : number(text);
            default -> alone && "^$\\.*+?()[]{}|/".indexOf(letter) >= 0 ? character(letter) : WRONG;
        };
    }

    private static RegexEscape control(String text) {
        if (text.length() == 2) {
            return OPEN;
        }
        char letter = text.charAt(2);
        boolean good = text.length() == 3 && (letter | 0x20) >= 'a' && (letter | 0x20) <= 'z';
        return good ? character(letter & 0x1F) : WRONG;
    }

    private static RegexEscape hex(String text, int from, int digits) {
        for (int i = from; i < text.length(); i++) {
            if (i - from >= digits || digit(text.charAt(i)) < 0) {
                return WRONG;
            }
        }
        return text.length() - from < digits ? OPEN : character(Integer.parseInt(text.substring(from), 16));
    }

    private static int digit(char letter) {
        return letter > 0x7F ? -1 : Character.digit(letter, 16);
    }

    private static RegexEscape unicode(String text) {
        if (text.length() > 2 && text.charAt(2) == '{') {
            return braced(text);
        }
        if (text.length() <= 6) {
            return hex(text, 2, 4);
        }
        RegexEscape first = hex(text.substring(0, 6), 2, 4);
        if (first.status != Status.CHARACTER) {
            return WRONG; // a surrogate pair needs four digits first
        }
        char lead = (char) first.value;
        String second = text.substring(6);
        if (!Character.isHighSurrogate(lead) || !"\\u".startsWith(second.substring(0, Math.min(2, second.length())))) {
            return WRONG;
        }
        RegexEscape trail = second.length() <= 2 ? OPEN : hex(second, 2, 4);
        boolean shaped = (second.length() <= 2 || (second.charAt(2) | 0x20) == 'd')
                && (second.length() <= 3 || digit(second.charAt(3)) >= 12);
        return !shaped || trail.status != Status.CHARACTER
                ? new RegexEscape(shaped ? trail.status : Status.WRONG, 0)
                : character(Character.toCodePoint(lead, (char) trail.value));
    }

    private static RegexEscape braced(String text) {
        long value = 0;
        for (int i = 3; i < text.length(); i++) {
            if (text.charAt(i) == '}') {
                return i > 3 && i + 1 == text.length() ? character((int) value) : WRONG;
            }
            int digit = digit(text.charAt(i));
            value = value << 4 | digit;
            if (digit < 0 || value > Character.MAX_CODE_POINT) {
                return WRONG;
            }
        }
        return OPEN;
    }

    private static RegexEscape property(String text) {
        if (text.length() == 2) {
            return OPEN;
        }
        String name = text.substring(3);
        if (text.charAt(2) != '{') {
            return WRONG;
        }
        return name.endsWith("}")
                ? UnicodeTable.names().contains(name.substring(0, name.length() - 1)) ? SET : WRONG
                : UnicodeTable.completion(name) == null ? WRONG : OPEN;
    }

    private static RegexEscape number(String text) {
        long number = 0;
        for (int i = 1; i < text.length(); i++) {
            number = 10 * number + text.charAt(i) - '0';
            if (text.charAt(i) < '0' || text.charAt(i) > '9' || number >= MAX_GROUPS) {
                return WRONG;
            }
        }
        return new RegexEscape(Status.NUMBER, (int) number);
    }

    /** Whether a whole escape may still become a longer one. */
    static boolean isExtensible(String text, RegexEscape read) {
        return read.status == Status.NUMBER
                || (text.equals("\\0"))
                || (text.length() == 6 && text.charAt(1) == 'u' && isLead(text));
    }

    /** Whether an escape begins with the first half of a surrogate pair, {@code \}{@code uD83D}. */
    static boolean isLead(String text) {
        if (text.length() < 6 || text.charAt(1) != 'u' || text.charAt(2) == '{') {
            return false;
        }
        RegexEscape half = hex(text.substring(0, 6), 2, 4);
        return half.status == Status.CHARACTER && Character.isHighSurrogate((char) half.value);
    }

    /**
     * Texts that complete an escape, the shortest among them: to a character of at least some code point, or to anything.
     *
     * @param least the least code point wanted; 0 if a set will do as well
     */
    static List<String> completions(String text, boolean inClass, int least) {
        List<String> all = new ArrayList<>();
        if (text.length() == 1) {
            all.add(least == 0 ? "d" : least <= '}' ? "}" : least <= 0xFF ? "xff" : unicode(least));
        } else if (text.charAt(1) == 'x') {
            all.add("ff".substring(text.length() - 2));
        } else if (text.charAt(1) == 'c') {
            all.add("z");
        } else if (text.charAt(1) == 'p' || text.charAt(1) == 'P') {
            String rest = text.length() == 2 ? null : UnicodeTable.completion(text.substring(3));
            all.add(text.length() == 2 ? "{L}" : rest + "}");
        } else if (text.charAt(1) == 'u') {
            unicode(text, least, all);
        }
        all.removeIf(rest -> of(text + rest, inClass).status == Status.WRONG || of(text + rest, inClass).value < least);
        return all;
    }

    private static String unicode(int least) {
        return least <= 0xFFFF ? "uffff" : "u{" + Integer.toHexString(least) + "}";
    }

    private static void unicode(String text, int least, List<String> all) {
        String shortest = Integer.toHexString(least);
        if (text.length() == 2) {
            all.add("{" + shortest + "}");
            all.add("ffff");
        } else if (text.charAt(2) == '{') {
            String digits = text.substring(3);
            all.add("}");
            for (String fill = ""; fill.length() <= 6; fill += "f") {
                all.add(fill + "}");
                all.add("0".repeat(fill.length()) + "}");
            }
            for (int i = 0; i <= shortest.length(); i++) {
                all.add(shortest.substring(i) + "}");
            }
            all.removeIf(rest -> digits.isEmpty() && rest.equals("}"));
        } else if (text.length() < 6) {
            all.add("ffff".substring(text.length() - 2));
            leads(text, all);
        } else {
            all.add("\\udfff".substring(Math.min(6, text.length() - 6)));
        }
    }

    /** Adds texts that complete four digits to the first half of a surrogate pair, with the greatest digits, and add the second half. */
    private static void leads(String text, List<String> all) {
        String lead = "dbff";
        String read = text.substring(2).toLowerCase(java.util.Locale.ROOT);
        for (String half : List.of(lead, read + "ff", read + "bff", read + "f")) {
            if (half.length() == 4 && half.startsWith(read)) {
                all.add(half.substring(read.length()) + "\\udfff");
            }
        }
    }
}
