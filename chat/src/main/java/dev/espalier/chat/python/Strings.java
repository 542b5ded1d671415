// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.python;

import dev.espalier.chat.value.Fault;
import dev.espalier.chat.value.Meter;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.TextBuilder;
import dev.espalier.chat.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Python's operations on strings that keep the marks of trust. */
public final class Strings {

    private Strings() {}

    /** {@code str.strip(characters)} at one end or both; white space where no characters are given. */
    public static Text strip(Text text, @Nullable Text characters, boolean left, boolean right) {
        IntPredicate isOuter = characters == null
                ? Characters::isSpace
                : c -> characters.string().indexOf(c) >= 0;
        String string = text.string();
        int from = 0;
        int to = string.length();
        while (left && from < to && isOuter.test(string.codePointAt(from))) {
            from += Character.charCount(string.codePointAt(from));
        }
        while (right && to > from && isOuter.test(string.codePointBefore(to))) {
            to -= Character.charCount(string.codePointBefore(to));
        }
        return text.substring(from, to);
    }

    /** {@code str.split(separator, most)}: at runs of white space where no separator is given; no bound if {@code most} is negative. */
    public static List<Value> split(Text text, @Nullable Text separator, int most) {
        return separator == null ? words(text, most) : parts(text, separator(separator), most);
    }

    private static String separator(Text separator) {
        if (separator.string().isEmpty()) {
            throw Fault.value("empty separator");
        }
        return separator.string();
    }

    private static List<Value> parts(Text text, String separator, int most) {
        List<Value> parts = new ArrayList<>();
        int start = 0;
        int found = text.string().indexOf(separator);
        while (found >= 0 && parts.size() != most) {
            parts.add(text.substring(start, found));
            start = found + separator.length();
            found = text.string().indexOf(separator, start);
        }
        parts.add(text.substring(start, text.string().length()));
        return parts;
    }

    private static List<Value> words(Text text, int most) {
        List<Value> words = new ArrayList<>();
        String string = text.string();
        int at = skip(string, 0, true);
        while (at < string.length()) {
            if (words.size() == most) {
                words.add(text.substring(at, string.length()));
                break;
            }
            int end = skip(string, at, false);
            words.add(text.substring(at, end));
            at = skip(string, end, true);
        }
        return words;
    }

    private static int skip(String string, int from, boolean spaces) {
        int at = from;
        while (at < string.length() && Characters.isSpace(string.charAt(at)) == spaces) {
            at++;
        }
        return at;
    }

    /** {@code str.rsplit(separator, most)}. */
    public static List<Value> splitFromEnd(Text text, @Nullable Text separator, int most) {
        List<Value> parts = separator == null ? lastWords(text, most) : lastParts(text, separator(separator), most);
        Collections.reverse(parts);
        return parts;
    }

    private static List<Value> lastWords(Text text, int most) {
        List<Value> words = new ArrayList<>();
        String string = text.string();
        int end = skipBack(string, string.length(), true);
        while (end > 0) {
            if (words.size() == most) {
                words.add(text.substring(0, end));
                break;
            }
            int start = skipBack(string, end, false);
            words.add(text.substring(start, end));
            end = skipBack(string, start, true);
        }
        return words;
    }

    private static int skipBack(String string, int from, boolean spaces) {
        int at = from;
        while (at > 0 && Characters.isSpace(string.charAt(at - 1)) == spaces) {
            at--;
        }
        return at;
    }

    private static List<Value> lastParts(Text text, String separator, int most) {
        List<Value> parts = new ArrayList<>();
        int end = text.string().length();
        int found = text.string().lastIndexOf(separator);
        while (found >= 0 && parts.size() != most) {
            parts.add(text.substring(found + separator.length(), end));
            end = found;
            found = end < separator.length() ? -1 : text.string().lastIndexOf(separator, end - separator.length());
        }
        parts.add(text.substring(0, end));
        return parts;
    }

    /** {@code str.splitlines(keepEnds)}. */
    public static List<Value> lines(Text text, boolean keepEnds) {
        List<Value> lines = new ArrayList<>();
        String string = text.string();
        int start = 0;
        int at = 0;
        while (at < string.length()) {
            if (!Characters.isLineEnd(string.charAt(at))) {
                at++;
                continue;
            }
            int next = at + (string.startsWith("\r\n", at) ? 2 : 1);
            lines.add(text.substring(start, keepEnds ? next : at));
            start = next;
            at = next;
        }
        if (start < string.length()) {
            lines.add(text.substring(start, string.length()));
        }
        return lines;
    }

    /** {@code str.replace(old, new, most)}; no bound if {@code most} is negative. */
    public static Text replace(Text text, Text old, Text replacement, int most, Meter meter) {
        TextBuilder out = new TextBuilder(meter);
        String string = text.string();
        int width = old.string().length();
        int start = 0;
        int found = most == 0 ? -1 : string.indexOf(old.string());
        for (int count = 1; found >= 0; count++) {
            out.append(text, start, found).append(replacement);
            start = found;
            if (width == 0) {
                if (found == string.length()) {
                    break;
                }
                start += Character.charCount(string.codePointAt(found));
                out.append(text, found, start);
            } else {
                start += width;
            }
            found = count == most ? -1 : string.indexOf(old.string(), start);
        }
        return out.append(text, start, string.length()).toText().asMarkup(text.isMarkup());
    }

    /** {@code separator.join(parts)}; the parts must be texts. */
    public static Text join(Text separator, Iterator<Value> parts, Meter meter) {
        TextBuilder out = new TextBuilder(meter);
        for (int i = 0; parts.hasNext(); i++) {
            Value part = parts.next();
            if (!(part instanceof Text text)) {
                throw Fault.type("sequence item " + i + ": expected str instance, " + part.type() + " found");
            }
            boolean escapes = separator.isMarkup();
            out.append(i == 0 ? Text.EMPTY : separator).append(escapes ? Markup.escape(text, meter) : text);
        }
        return out.toText().asMarkup(separator.isMarkup());
    }

    /** A text with so many code points of a filling on each side. */
    public static Text pad(Text text, int left, int right, Text filling, Meter meter) {
        if (filling.size() != 1) {
            throw Fault.type("The fill character must be exactly one character long");
        }
        TextBuilder out = new TextBuilder(meter);
        for (int i = 0; i < left; i++) {
            out.append(filling);
        }
        out.append(text);
        for (int i = 0; i < right; i++) {
            out.append(filling);
        }
        return out.toText().asMarkup(text.isMarkup());
    }

    /** {@code str.center(width, filling)}. */
    public static Text center(Text text, int width, Text filling, Meter meter) {
        int room = Math.max(0, width - text.size());
        int left = room / 2 + (room & width & 1);
        return pad(text, left, room - left, filling, meter);
    }

    /** {@code str.zfill(width)}. */
    public static Text zeroFill(Text text, int width, Meter meter) {
        int zeros = Math.max(0, width - text.size());
        boolean isSigned = text.string().startsWith("+") || text.string().startsWith("-");
        TextBuilder out = new TextBuilder(meter);
        out.append(text, 0, isSigned ? 1 : 0);
        for (int i = 0; i < zeros; i++) {
            out.append("0");
        }
        return out.append(text, isSigned ? 1 : 0, text.string().length())
                .toText()
                .asMarkup(text.isMarkup());
    }

    /** {@code str.expandtabs(size)}. */
    public static Text expandTabs(Text text, int size, Meter meter) {
        TextBuilder out = new TextBuilder(meter);
        int column = 0;
        String string = text.string();
        for (int i = 0; i < string.length(); i += Character.charCount(string.codePointAt(i))) {
            int c = string.codePointAt(i);
            if (c == '\t') {
                for (int blanks = size > 0 ? size - column % size : 0; blanks > 0; blanks--) {
                    out.append(" ", text.isTrusted(i));
                    column++;
                }
            } else {
                out.append(c, text.isTrusted(i));
                column = c == '\n' || c == '\r' ? 0 : column + 1;
            }
        }
        return out.toText().asMarkup(text.isMarkup());
    }
}
