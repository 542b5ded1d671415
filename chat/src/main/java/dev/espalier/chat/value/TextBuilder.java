// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

import java.util.Arrays;

/** A text that grows by parts, each trusted or not. */
public final class TextBuilder {

    private static final int[] NONE = {};

    private final Meter meter;
    private final StringBuilder string = new StringBuilder();
    private int[] cuts = NONE;
    private int cutCount;
    private int depth;

    /** An empty text, whose growth a meter counts. */
    public TextBuilder(Meter meter) {
        this.meter = meter;
    }

    /** What counts the growth of this text. */
    public Meter meter() {
        return meter;
    }

    /** Adds a trusted part: literal text of the template, or a sign that an operation adds. */
    public TextBuilder append(String part) {
        return append(part, true);
    }

    /** Adds a part. */
    public TextBuilder append(String part, boolean isTrusted) {
        if (!part.isEmpty()) {
            mark(isTrusted);
            string.append(part);
            meter.write(part.length(), string.length());
        }
        return this;
    }

    /** Adds a code point. */
    public TextBuilder append(int codePoint, boolean isTrusted) {
        mark(isTrusted);
        string.appendCodePoint(codePoint);
        meter.write(1, string.length());
        return this;
    }

    /** Adds a text with its marks. */
    public TextBuilder append(Text text) {
        return append(text, 0, text.string().length());
    }

    /** Adds a part of a text with its marks. */
    public TextBuilder append(Text text, int from, int to) {
        int start = from;
        while (start < to) {
            int end = Math.min(to, text.runEnd(start));
            mark(text.isTrusted(start));
            string.append(text.string(), start, end);
            start = end;
        }
        meter.write(Math.max(0, to - from), string.length());
        return this;
    }

    /** Adds the printed form of a value. */
    public TextBuilder append(Value value) {
        value.print(this);
        return this;
    }

    /** The printed form of a value: a text is its own. */
    public static Text print(Value value, Meter meter) {
        return value instanceof Text text
                ? text
                : new TextBuilder(meter).append(value).toText();
    }

    /** Enters the notation of a container, to be left by {@link #leave}: no notation nests more deeply than a container. */
    TextBuilder enter() {
        Depth.check(++depth);
        return this;
    }

    /** Leaves the notation that was entered last. */
    void leave() {
        depth--;
    }

    private void mark(boolean isTrusted) {
        boolean isNowTrusted = (cutCount & 1) == 0;
        if (isTrusted != isNowTrusted) {
            if (cutCount == cuts.length) {
                cuts = Arrays.copyOf(cuts, Math.max(4, 2 * cutCount));
            }
            cuts[cutCount++] = string.length();
        }
    }

    /** The number of characters so far. */
    public int length() {
        return string.length();
    }

    /** The text so far. */
    public Text toText() {
        return new Text(string.toString(), Arrays.copyOf(cuts, cutCount), false);
    }
}
