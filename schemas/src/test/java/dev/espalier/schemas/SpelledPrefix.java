// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;

/**
 * Whether a text begins some text of a value, however that is spelled: an oracle that tries what may follow. For values with few
 * digits, and characters of one {@code char}.
 */
@NullUnmarked
final class SpelledPrefix {

    private static final int NO = -1;
    private static final Map<Character, String> ESCAPES = Map.of('"', "\"", '\\', "\\", '\n', "n", '\t', "t", '/', "/");

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final Map<List<Object>, Boolean> numbers = new HashMap<>();
    private final Map<BigDecimal, Set<String>> rests = new HashMap<>();
    private String text;
    /** Whether the text ended inside the value. */
    private boolean cut;

    /** Whether a text is the beginning of one of a value, or all of it. */
    boolean begins(String beginning, Object value) {
        text = beginning;
        cut = false;
        int end = value(0, value);
        return cut || (end != NO && text.substring(end).isBlank());
    }

    private int blanks(int from) {
        int at = from;
        while (at < text.length() && " \n\t\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private int cut() {
        cut = true;
        return text.length();
    }

    private int value(int from, Object value) {
        int at = blanks(from);
        if (at == text.length()) {
            return cut();
        } else if (value instanceof List<?> items) {
            return items(at, items);
        } else if (value instanceof Map<?, ?> members) {
            return members(at, members);
        } else if (value instanceof String string) {
            return string(at, string);
        } else if (value instanceof BigDecimal number) {
            return number(at, number);
        }
        String word = String.valueOf(value);
        if (text.length() - at < word.length()) {
            return word.startsWith(text.substring(at)) ? cut() : NO;
        }
        return text.startsWith(word, at) ? at + word.length() : NO;
    }

    private int symbol(int from, char symbol) {
        int at = blanks(from);
        return at == text.length() ? cut() : text.charAt(at) == symbol ? at + 1 : NO;
    }

    private int items(int from, List<?> items) {
        int at = symbol(from, '[');
        for (int i = 0; i < items.size() && at != NO && !cut; i++) {
            at = i == 0 ? at : symbol(at, ',');
            at = at == NO || cut ? at : value(at, items.get(i));
        }
        return at == NO || cut ? at : symbol(at, ']');
    }

    private int members(int from, Map<?, ?> members) {
        int at = symbol(from, '{');
        Map<Object, Object> left = new HashMap<>(members);
        while (!left.isEmpty() && at != NO && !cut) {
            at = left.size() == members.size() ? at : symbol(at, ',');
            if (at == NO || cut) {
                return at;
            }
            at = member(blanks(at), left);
        }
        return at == NO || cut ? at : symbol(at, '}');
    }

    private int member(int at, Map<Object, Object> left) {
        if (at == text.length()) {
            return cut();
        }
        boolean mayCut = false;
        for (Object key : Set.copyOf(left.keySet())) {
            int end = string(at, (String) key);
            if (cut) {
                mayCut = true;
                cut = false;
            } else if (end != NO) {
                int colon = symbol(end, ':');
                return colon == NO || cut ? colon : value(colon, left.remove(key));
            }
        }
        return mayCut ? cut() : NO;
    }

    private int string(int from, String string) {
        if (text.charAt(from) != '"') {
            return NO;
        }
        int at = from + 1;
        for (char c : string.toCharArray()) {
            List<String> spellings = new ArrayList<>(List.of(String.format("\\u%04x", (int) c)));
            if (c >= ' ' && c != '"' && c != '\\') {
                spellings.add(String.valueOf(c));
            }
            if (ESCAPES.containsKey(c)) {
                spellings.add("\\" + ESCAPES.get(c));
            }
            int end = NO;
            for (String spelling : spellings) {
                int length = Math.min(spelling.length(), text.length() - at);
                boolean hex = spelling.length() == 6;
                String read = text.substring(at, at + length);
                boolean same = hex && length > 2
                        ? read.substring(0, 2).equals("\\u")
                                && read.substring(2).equalsIgnoreCase(spelling.substring(2, length))
                        : read.equals(spelling.substring(0, length));
                if (same && length < spelling.length()) {
                    return cut();
                }
                end = same ? at + length : end;
            }
            if (end == NO) {
                return NO;
            }
            at = end;
        }
        return at == text.length() ? cut() : text.charAt(at) == '"' ? at + 1 : NO;
    }

    private int number(int from, BigDecimal number) {
        int end = from;
        while (end < text.length() && "0123456789.eE+-".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        String read = text.substring(from, end);
        if (read.isEmpty()) {
            return NO;
        }
        if (end < text.length()) {
            return is(read, number) ? end : NO;
        }
        boolean may = numbers.computeIfAbsent(
                List.of(read, number),
                key -> rests.computeIfAbsent(number, SpelledPrefix::rests).stream()
                        .anyMatch(rest -> is(read + rest, number)));
        return may ? cut() : NO;
    }

    static boolean is(String text, BigDecimal number) {
        return NUMBER.matcher(text).matches() && new BigDecimal(text).compareTo(number) == 0;
    }

    /** What may be the rest of a number's text. */
    private static Set<String> rests(BigDecimal number) {
        String some = number.unscaledValue().abs().toString();
        Set<String> digits = new HashSet<>(List.of("", "0", "00", some, some + "0", "0" + some, "00" + some));
        digits.add(some.substring(1));
        Set<String> mantissas = new HashSet<>(digits);
        for (String whole : digits) {
            digits.forEach(fraction -> mantissas.add(whole + "." + fraction));
        }
        Set<String> rests = new HashSet<>(mantissas);
        for (int power = 0; power < 10; power++) {
            for (String sign : List.of("", "-")) {
                rests.add(power + "");
                rests.add(sign + power);
                for (String mantissa : mantissas) {
                    rests.add(mantissa + "e" + sign + power);
                }
            }
        }
        return rests;
    }
}
