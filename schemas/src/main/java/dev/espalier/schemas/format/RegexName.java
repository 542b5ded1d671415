// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.format;

import dev.espalier.grammar.source.UnicodeTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The names of groups in regular expressions of ECMA-262: identifiers, in which characters may be escaped. */
final class RegexName {

    private RegexName() {}

    /** The name that a text spells; null if it spells none. */
    static @Nullable String of(String written) {
        StringBuilder name = new StringBuilder();
        return tail(written, name) == written.length() && !name.isEmpty() ? name.toString() : null;
    }

    /** The index of an escape at the end that is not whole yet; the length if there is none; -1 if no name begins like this. */
    private static int tail(String written, StringBuilder name) {
        int at = 0;
        while (at < written.length()) {
            int c = written.codePointAt(at);
            int end = at + Character.charCount(c);
            if (c == '\\') {
                end = escapeEnd(written, at);
                if (end < 0) {
                    return at;
                }
                RegexEscape read = RegexEscape.of(written.substring(at, end), false);
                c = read.status() == RegexEscape.Status.CHARACTER ? read.value() : -1;
            }
            if (!isPart(c, at == 0)) {
                return -1;
            }
            name.appendCodePoint(c);
            at = end;
        }
        return at;
    }

    /** The index after an escape; -1 if the escape is not whole. */
    private static int escapeEnd(String written, int at) {
        if (written.startsWith("\\u{", at)) {
            return written.indexOf('}', at) < 0 ? -1 : written.indexOf('}', at) + 1;
        }
        boolean pair = written.length() >= at + 6 && RegexEscape.isLead(written.substring(at, at + 6));
        int end = at + (pair ? 12 : 6);
        return end <= written.length() ? end : -1;
    }

    private static boolean isPart(int c, boolean first) {
        return c == '$'
                || c == '_'
                || isOf(first ? "ID_Start" : "ID_Continue", c)
                || (!first && (c == 0x200C || c == 0x200D));
    }

    private static boolean isOf(String property, int c) {
        return Objects.requireNonNull(UnicodeTable.members(property)).contains(c);
    }

    /** Whether some name begins like this. */
    static boolean isBeginning(String written) {
        int tail = tail(written, new StringBuilder());
        return tail == written.length() || (tail >= 0 && rest(written.substring(tail), tail == 0) != null);
    }

    /** The text that completes the last escape so that the whole is a name; null if there is none. */
    private static @Nullable String escapeCompletion(String written) {
        int tail = tail(written, new StringBuilder());
        return tail < 0 ? null : tail == written.length() ? "" : rest(written.substring(tail), tail == 0);
    }

    /** The shortest text that completes an escape to a character of a name; null if there is none. */
    private static @Nullable String rest(String escape, boolean first) {
        if (escape.length() <= 2) {
            return "\\u".startsWith(escape) ? "u{61}".substring(escape.length() - 1) : null;
        }
        if (!escape.startsWith("\\u")) {
            return null;
        }
        if (escape.charAt(2) == '{') {
            return braced(escape.substring(3), first);
        }
        if (escape.length() >= 6) {
            int lead = Integer.parseInt(escape.substring(2, 6), 16);
            return second(lead, escape.substring(6), first);
        }
        int missing = 6 - escape.length();
        int from = value(escape.substring(2)) << 4 * missing;
        int found = from < 0 ? -1 : part(from, from + (1 << 4 * missing) - 1, first);
        if (found >= 0) {
            return padded(found - from, missing);
        }
        for (int lead = Math.max(from, 0xD800); lead <= Math.min(from + (1 << 4 * missing) - 1, 0xDBFF); lead++) {
            String pair = second(lead, "", first);
            if (pair != null) {
                return padded(lead - from, missing) + pair;
            }
        }
        return null;
    }

    private static @Nullable String braced(String digits, boolean first) {
        int value = digits.isEmpty() ? 0 : value(digits);
        for (int more = digits.isEmpty() ? 1 : 0; value >= 0 && more <= 6; more++) {
            long from = (long) value << 4 * more;
            long to = Math.min(from + (1L << 4 * more) - 1, Character.MAX_CODE_POINT);
            int found = from > to ? -1 : part((int) from, (int) to, first);
            if (found >= 0) {
                return padded(found - (int) from, more) + "}";
            }
        }
        return null;
    }

    /** The rest of the second half of a surrogate pair that stands for a character of a name; null if there is none. */
    private static @Nullable String second(int lead, String begun, boolean first) {
        String shape = "\\u";
        if (begun.length() < 2) {
            String pair = shape.startsWith(begun) ? second(lead, shape, first) : null;
            return pair == null ? null : shape.substring(begun.length()) + pair;
        }
        String digits = begun.substring(2);
        int missing = 4 - digits.length();
        int value = digits.isEmpty() ? 0 : value(digits);
        int from = Math.max(value << 4 * missing, 0xDC00);
        int to = Math.min((value << 4 * missing) + (1 << 4 * missing) - 1, 0xDFFF);
        if (!begun.startsWith(shape) || value < 0 || from > to) {
            return null;
        }
        int found = part(
                Character.toCodePoint((char) lead, (char) from), Character.toCodePoint((char) lead, (char) to), first);
        return found < 0 ? null : padded((Character.lowSurrogate(found)) - (value << 4 * missing), missing);
    }

    private static int value(String digits) {
        long value = 0;
        for (int i = 0; i < digits.length() && value >= 0; i++) {
            int digit = digits.charAt(i) > 0x7F ? -1 : Character.digit(digits.charAt(i), 16);
            value = digit < 0 || value > Character.MAX_CODE_POINT ? -1 : value << 4 | digit;
        }
        return (int) value;
    }

    private static int part(int from, int to, boolean first) {
        for (int c = from; c <= to; c++) {
            if (isPart(c, first)) {
                return c;
            }
        }
        return -1;
    }

    private static String padded(int value, int digits) {
        String hex = Integer.toHexString(value);
        return digits == 0 ? "" : "0".repeat(digits - hex.length()) + hex;
    }

    /** The shortest name of one letter that no group has. */
    static String unused(Set<String> names) {
        for (int c = 'a'; ; c++) {
            if (isPart(c, true) && !names.contains(Character.toString(c))) {
                return Character.toString(c);
            }
        }
    }

    /** Texts that end a name, the best among them. */
    static List<String> endings(String token, boolean definition, RegexGroups groups) {
        String rest = token.isEmpty() || of(token) != null ? "" : escapeCompletion(token);
        List<String> all = new ArrayList<>();
        if (rest == null) {
            return all;
        }
        String name = token.isEmpty() ? "" : java.util.Objects.requireNonNull(of(token + rest));
        List<String> known = new ArrayList<>(groups.wanted());
        known.addAll(definition ? List.of() : groups.names());
        for (String one : known) {
            if (one.startsWith(name)) {
                all.add(rest + one.substring(name.length()) + ">");
            }
        }
        if (name.isEmpty()) {
            all.add(unused(groups.names()) + ">");
        } else if (!definition || !groups.names().contains(name)) {
            all.add(rest + ">");
        } else {
            for (int c = 'a'; c <= 'z'; c++) {
                all.add(rest + (char) c + ">");
            }
            all.add(rest + "a".repeat(groups.names().size()) + ">");
        }
        return all;
    }

    /** {@link TextReading#alikeUntil} inside a name. */
    static int alikeUntil(int codePoint) {
        int at = Arrays.binarySearch(Runs.STARTS, codePoint + 1);
        int next = at < 0 ? -1 - at : at;
        return next < Runs.STARTS.length ? Runs.STARTS[next] - 1 : Character.MAX_CODE_POINT;
    }

    /** Runs of characters that may stand in the same places of names. */
    private static final class Runs {

        /** The first characters of the runs, ascending. Found once, in some hundredths of a second. */
        static final int[] STARTS = find();

        private Runs() {}

        private static int[] find() {
            IntStream.Builder starts = IntStream.builder();
            int before = -1;
            for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
                int places = isPart(c, true) ? 3 : isPart(c, false) ? 1 : 0; // what begins a name goes on with one
                if (places != before) {
                    starts.add(c);
                }
                before = places;
            }
            return starts.build().toArray();
        }
    }
}
