// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.pattern;

/** The matches of a pattern in one text after the other. One thread; keeps two bytes a character of the longest text. */
public final class TextScanner {

    private final TextPattern pattern;
    private char[] sets = new char[64];
    private String text = "";
    private int from;
    private int to;
    private int start;
    private int end;

    public TextScanner(TextPattern pattern) {
        this.pattern = pattern;
    }

    /** Begins to look for matches in a part of a text, which is matched as if nothing stood around it. */
    public void reset(String newText, int newFrom, int newTo) {
        text = newText;
        from = newFrom;
        to = newTo;
        start = newFrom;
        end = newFrom;
        if (sets.length <= to - from) {
            sets = new char[Math.max(to - from + 1, 2 * Math.min(sets.length, 1 << 20))];
        }
        int set = 0;
        sets[to - from] = 0;
        for (int at = to; at > from; ) {
            int c = text.codePointBefore(at);
            at = Math.max(from, at - Character.charCount(c));
            set = pattern.back(set, c);
            sets[at - from] = (char) set;
        }
    }

    /** Looks for the first match at or behind an index; whether there is one. */
    public boolean find(int index) {
        int at = index;
        while (at <= to && !pattern.begins(sets[at - from])) {
            at += at < to ? Character.charCount(text.codePointAt(at)) : 1;
        }
        if (at > to) {
            return false;
        }
        start = at;
        int state = pattern.way(sets[at - from], pattern.start());
        while (state != TextPattern.END) {
            at += Character.charCount(text.codePointAt(at));
            state = pattern.way(sets[at - from], state);
        }
        end = at;
        return true;
    }

    /** The index of the match that was found last. */
    public int start() {
        return start;
    }

    /** The index behind it. */
    public int end() {
        return end;
    }
}
