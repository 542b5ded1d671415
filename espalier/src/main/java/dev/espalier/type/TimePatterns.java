// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Regular expressions of dates and times that admit exactly what the calendar has, so that every text that fits can be read back. Years are those of four
 * digits.
 */
final class TimePatterns {

    static final String DATE = "(\\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)"
            + "|02-(0[1-9]|1\\d|2[0-8]))|(\\d\\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)";
    static final String MONTH_DAY =
            "--((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|[12]\\d))";
    static final String YEAR_MONTH = "\\d{4}-(0[1-9]|1[0-2])";
    static final String TIME = "([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,9})?)?";
    static final String FULL_TIME = "([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?";
    static final String OFFSET = "(Z|[+-](0\\d|1[0-7]):[0-5]\\d|[+-]18:00)";

    private static final String MINUTES = "([0-5]?\\d)M";
    private static final String SECONDS = "([0-5]?\\d(\\.\\d{1,9})?)S";
    private static final String HOURS = "(\\d{1,9})H";

    /** Days that become hours of nine digits, or a time; what is negative has the sign at each number, as {@code Duration} writes it. */
    static final String DURATION = "P("
            + "T(" + times("", HOURS) + "|" + times("-", HOURS) + ")"
            + "|\\d{1,7}D(T(" + times("", "([01]?\\d|2[0-3])H") + "))?)";

    /** Years, months and days, or weeks; each may be negative. */
    static final String PERIOD = "P(" + "-?\\d{1,9}Y(-?\\d{1,9}M)?(-?\\d{1,9}D)?" + "|-?\\d{1,9}M(-?\\d{1,9}D)?"
            + "|-?\\d{1,9}D" + "|-?\\d{1,8}W)";

    private static final String DAY_TO_28 = "(0[1-9]|1\\d|2[0-8])";
    private static final String ANY_YEAR = "\\d{4}";
    private static final String LEAP_YEAR = "(\\d\\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)";

    /** The same of {@code yyyy}, the year of an era, which has no year 0. */
    private static final Map<String, String> OF_ERA = Map.of(
            ANY_YEAR,
            "(\\d{3}[1-9]|\\d\\d[1-9]0|\\d[1-9]00|[1-9]000)",
            LEAP_YEAR,
            "(\\d\\d(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)");

    /** Ways for a day to be in the calendar: year, month, day. */
    private static final List<String[]> CALENDAR = List.of(
            new String[] {ANY_YEAR, "(0[1-9]|1[0-2])", DAY_TO_28},
            new String[] {ANY_YEAR, "(0[13-9]|1[0-2])", "(29|30)"},
            new String[] {ANY_YEAR, "(0[13578]|1[02])", "31"},
            new String[] {LEAP_YEAR, "02", "29"});

    private static final Map<Class<?>, Set<String>> FIELDS = Map.of(
            LocalDate.class, Set.of("uuuu", "MM", "dd"),
            LocalTime.class, Set.of("HH", "mm"),
            LocalDateTime.class, Set.of("uuuu", "MM", "dd", "HH", "mm"),
            OffsetDateTime.class, Set.of("uuuu", "MM", "dd", "HH", "mm", "XXX"),
            YearMonth.class, Set.of("uuuu", "MM"));

    private TimePatterns() {}

    /** Hours, minutes and seconds in this order, at least one of them, each with a sign in front. */
    private static String times(String sign, String hours) {
        String minutes = sign + MINUTES;
        String seconds = sign + SECONDS;
        return sign + hours + "(" + minutes + ")?(" + seconds + ")?|" + minutes + "(" + seconds + ")?|" + seconds;
    }

    /**
     * The regular expression of the texts that a pattern of {@code java.time} reads, for a type and the letters u, y, M, d, H, m, s, S and
     * XXX, each field of fixed width; empty for others, and for patterns that do not have each field of the type exactly once.
     */
    static Optional<String> ofFormat(Class<?> type, String format) {
        Set<String> needed = FIELDS.get(type);
        Optional<List<String>> parts = parts(format);
        if (needed == null || parts.isEmpty()) {
            return Optional.empty();
        }
        Set<String> fields = new TreeSet<>();
        for (String part : parts.get()) {
            if (isField(part) && !fields.add(part.equals("yyyy") ? "uuuu" : part)) {
                return Optional.empty();
            }
        }
        boolean fraction = fields.removeIf(field -> field.startsWith("S"));
        boolean seconds = fields.remove("ss");
        boolean ofTime = needed.contains("mm");
        if (!fields.equals(new TreeSet<>(needed)) || (seconds && !ofTime) || (fraction && !seconds)) {
            return Optional.empty();
        }
        if (!needed.contains("dd")) {
            return Optional.of(text(parts.get(), new String[] {ANY_YEAR, "(0[1-9]|1[0-2])", ""}));
        }
        List<String> ways = new ArrayList<>();
        for (String[] day : CALENDAR) {
            ways.add(text(parts.get(), day));
        }
        return Optional.of("(" + String.join("|", ways) + ")");
    }

    private static boolean isField(String part) {
        return !part.isEmpty() && part.charAt(0) != '\'';
    }

    /** Fields by their letters; literals behind an apostrophe. Empty if there is anything else. */
    private static Optional<List<String>> parts(String format) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at);
            int end = at + 1;
            if (c == '\'') {
                end = format.indexOf('\'', at + 1);
                if (end < 0) {
                    return Optional.empty();
                }
                parts.add("'" + (end == at + 1 ? "'" : format.substring(at + 1, end)));
                at = end + 1;
                continue;
            }
            if (!Character.isLetter(c)) {
                if ("[]{}#".indexOf(c) >= 0) {
                    return Optional.empty();
                }
                parts.add("'" + c);
                at++;
                continue;
            }
            while (end < format.length() && format.charAt(end) == c) {
                end++;
            }
            String field = format.substring(at, end);
            if (!field.matches("uuuu|yyyy|MM|dd|HH|mm|ss|S{1,9}|XXX")) {
                return Optional.empty();
            }
            parts.add(field);
            at = end;
        }
        return Optional.of(parts);
    }

    private static String text(List<String> parts, String[] day) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            switch (part) {
                case "uuuu" -> text.append(day[0]);
                case "yyyy" -> text.append(OF_ERA.get(day[0]));
                case "MM" -> text.append(day[1]);
                case "dd" -> text.append(day[2]);
                case "HH" -> text.append("([01]\\d|2[0-3])");
                case "mm", "ss" -> text.append("[0-5]\\d");
                case "XXX" -> text.append(OFFSET);
                default -> text.append(part.charAt(0) == 'S' ? "\\d{" + part.length() + "}" : literal(part));
            }
        }
        return text.toString();
    }

    private static String literal(String part) {
        return part.substring(1).replaceAll("[\\\\^$.|?*+()\\[\\]{}/]", "\\\\$0");
    }
}
