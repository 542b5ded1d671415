// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.library;

import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Meter;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.TextBuilder;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** C's {@code strftime}, in English and without a time zone. */
final class DateFormat {

    private DateFormat() {}

    /** A format with its fields filled in, each trusted as its sign is. */
    static Text format(Text format, LocalDateTime time, Meter meter) {
        TextBuilder out = new TextBuilder(meter);
        String string = format.string();
        int at = 0;
        for (int i = string.indexOf('%'); i >= 0 && i + 1 < string.length(); i = string.indexOf('%', at)) {
            int end = i + (isFlag(string, i + 1) ? 3 : 2);
            out.append(format, at, i).append(format(string.substring(i, end), time), format.isTrusted(i));
            at = end;
        }
        return out.append(format, at, string.length()).toText();
    }

    private static boolean isFlag(String format, int at) {
        return "-_0^".indexOf(format.charAt(at)) >= 0 && at + 1 < format.length();
    }

    private static String format(String format, LocalDateTime time) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.append(c);
                continue;
            }
            char directive = format.charAt(++i);
            boolean isFlag = isFlag(format, i);
            char flag = isFlag ? directive : ' ';
            out.append(flagged(flag, field(isFlag ? format.charAt(++i) : directive, time)));
        }
        return out.toString();
    }

    private static String flagged(char flag, String field) {
        return switch (flag) {
            case '-' -> field.replaceFirst("^[0 ]+(?=.)", "");
            case '_' -> field.replaceFirst("^0(?=.)", " ");
            case '0' -> field.replaceFirst("^ ", "0");
            case '^' -> field.toUpperCase(Locale.ROOT);
            default -> field;
        };
    }

    private static String field(char directive, LocalDateTime time) {
        return switch (directive) {
            case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'c' -> format("%a %b %e %H:%M:%S %Y", time);
            case 'D', 'x' -> format("%m/%d/%y", time);
            case 'F' -> format("%Y-%m-%d", time);
            case 'R' -> format("%H:%M", time);
            case 'r' -> format("%I:%M:%S %p", time);
            case 'T', 'X' -> format("%H:%M:%S", time);
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            case 'z', 'Z' -> "";
            default -> dateField(directive, time);
        };
    }

    private static String dateField(char directive, LocalDateTime time) {
        int weekday = time.getDayOfWeek().getValue();
        return switch (directive) {
            case 'C' -> number("%02d", time.getYear() / 100);
            case 'd' -> number("%02d", time.getDayOfMonth());
            case 'e' -> number("%2d", time.getDayOfMonth());
            case 'G' -> number("%d", time.get(IsoFields.WEEK_BASED_YEAR));
            case 'g' -> number("%02d", time.get(IsoFields.WEEK_BASED_YEAR) % 100);
            case 'j' -> number("%03d", time.getDayOfYear());
            case 'm' -> number("%02d", time.getMonthValue());
            case 'u' -> number("%d", weekday);
            case 'U' -> number("%02d", (time.getDayOfYear() + 6 - weekday % DayOfWeek.values().length) / 7);
            case 'V' -> number("%02d", time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'w' -> number("%d", weekday % 7);
            case 'W' -> number("%02d", (time.getDayOfYear() + 7 - weekday) / 7);
            case 'y' -> number("%02d", time.getYear() % 100);
            case 'Y' -> number("%d", time.getYear());
            default -> clockField(directive, time);
        };
    }

    private static String clockField(char directive, LocalDateTime time) {
        int hour = (time.getHour() + 11) % 12 + 1;
        return switch (directive) {
            case 'f' -> number("%06d", time.getNano() / 1000);
            case 'H' -> number("%02d", time.getHour());
            case 'I' -> number("%02d", hour);
            case 'k' -> number("%2d", time.getHour());
            case 'l' -> number("%2d", hour);
            case 'M' -> number("%02d", time.getMinute());
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'P' -> time.getHour() < 12 ? "am" : "pm";
            case 'S' -> number("%02d", time.getSecond());
            default -> throw Fault.value("strftime_now() does not know %" + directive);
        };
    }

    private static String number(String format, int value) {
        return String.format(Locale.ROOT, format, value);
    }
}
