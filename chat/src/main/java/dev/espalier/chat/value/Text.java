// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;

/**
 * A string of code points, each of which is trusted or not. Equality is by content; marks do not count.
 *
 * <p>Marks are the offsets at which trust changes, the start being trusted: {@code [3, 8]} says that the characters 3 to 7 are not. Offsets
 * are those of Java's {@code char}; indexes and sizes are code points.
 */
public final class Text implements Indexed, Comparable<Text> {

    private static final int[] TRUSTED = {};
    private static final int[] UNTRUSTED = {0};

    /** The empty text. */
    public static final Text EMPTY = trusted("");

    private final String string;
    private final int[] cuts;
    private final boolean isMarkup;
    private final int size;

    Text(String string, int[] cuts, boolean isMarkup) {
        this.string = string;
        this.cuts = cuts;
        this.isMarkup = isMarkup;
        this.size = string.codePointCount(0, string.length());
    }

    /** A text that is trusted. */
    public static Text trusted(String string) {
        return new Text(string, TRUSTED, false);
    }

    /** A text that is trusted or not. */
    public static Text of(String string, boolean isTrusted) {
        return new Text(string, isTrusted || string.isEmpty() ? TRUSTED : UNTRUSTED, false);
    }

    /** Its characters. */
    public String string() {
        return string;
    }

    /** Whether it is what jinja2 calls markup: operators escape other texts that they join it with. */
    public boolean isMarkup() {
        return isMarkup;
    }

    /** This text as markup, or not. */
    public Text asMarkup(boolean markup) {
        return markup == isMarkup ? this : new Text(string, cuts, markup);
    }

    /** Whether the character at an offset is trusted. */
    public boolean isTrusted(int offset) {
        return (cutsUpTo(offset) & 1) == 0;
    }

    /** The offset after the character's neighbours that have the same mark. */
    public int runEnd(int offset) {
        int next = cutsUpTo(offset);
        return next == cuts.length ? string.length() : cuts[next];
    }

    private int cutsUpTo(int offset) {
        int found = Arrays.binarySearch(cuts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The part between two offsets, with its marks. */
    public Text substring(int from, int to) {
        if (from >= to) {
            return isMarkup ? EMPTY.asMarkup(true) : EMPTY;
        }
        int first = cutsUpTo(from);
        int last = cutsUpTo(to - 1);
        int lead = first & 1; // an untrusted start
        int[] part = new int[lead + last - first];
        for (int i = first; i < last; i++) {
            part[lead + i - first] = cuts[i] - from;
        }
        return new Text(string.substring(from, to), part, isMarkup);
    }

    /** The offset of a code point. */
    public int offset(int index) {
        return size == string.length() ? index : string.offsetByCodePoints(0, index);
    }

    /** The part between two indexes of code points, with its marks. */
    public Text slice(int from, int to) {
        return from >= to ? substring(0, 0) : substring(offset(from), offset(to));
    }

    /** This text changed by a function that maps each character by itself, and so keeps the marks. */
    public Text map(UnaryOperator<String> function) {
        int[] moved = new int[cuts.length];
        int start = 0;
        int length = 0;
        for (int i = 0; i < cuts.length; i++) {
            length += function.apply(string.substring(start, cuts[i])).length();
            moved[i] = length;
            start = cuts[i];
        }
        return new Text(function.apply(string), moved, isMarkup);
    }

    @Override
    public Text at(int index) {
        int from = offset(index);
        return substring(from, from + Character.charCount(string.codePointAt(from)));
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Iterator<Value> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < string.length();
            }

            @Override
            public Value next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                int from = next;
                next += Character.charCount(string.codePointAt(from));
                return substring(from, next).asMarkup(false);
            }
        };
    }

    @Override
    public long weight() {
        return 1 + string.length() / Meter.CHARACTERS_A_SCAN;
    }

    @Override
    public String type() {
        return "str";
    }

    @Override
    public void print(TextBuilder out) {
        out.append(this);
    }

    @Override
    public void represent(TextBuilder out) {
        if (isMarkup) {
            out.append("Markup(");
        }
        char quote = string.indexOf('\'') >= 0 && string.indexOf('"') < 0 ? '"' : '\'';
        out.append(quote, true);
        for (int i = 0; i < string.length(); i += Character.charCount(string.codePointAt(i))) {
            int c = string.codePointAt(i);
            boolean isTrusted = isTrusted(i);
            if (c == quote || c == '\\') {
                out.append("\\", isTrusted).append(c, isTrusted);
            } else if (c == '\n' || c == '\r' || c == '\t') {
                out.append(c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t", isTrusted);
            } else if (isPrintable(c)) {
                out.append(c, isTrusted);
            } else {
                out.append(String.format(c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c), isTrusted);
            }
        }
        out.append(quote, true);
        if (isMarkup) {
            out.append(")");
        }
    }

    /** Whether Python shows a character as it is. */
    public static boolean isPrintable(int c) {
        if (c < 0x7f) {
            return c >= ' ';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    /** Order by code points. */
    @Override
    public int compareTo(Text other) {
        int end = Math.min(string.length(), other.string.length());
        for (int i = 0; i < end; i++) {
            char mine = string.charAt(i);
            char its = other.string.charAt(i);
            if (mine != its) {
                boolean bothWide = Character.isSurrogate(mine) == Character.isSurrogate(its);
                return bothWide ? Character.compare(mine, its) : Character.isSurrogate(mine) ? 1 : -1;
            }
        }
        return Integer.compare(string.length(), other.string.length());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text text && string.equals(text.string);
    }

    @Override
    public int hashCode() {
        return string.hashCode();
    }

    @Override
    public String toString() {
        return string;
    }
}
