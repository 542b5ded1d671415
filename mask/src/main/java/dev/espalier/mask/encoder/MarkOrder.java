// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Unicode's normal forms in n log n for any text. {@link Normalizer} sorts marks on one letter by insertion: a hundred thousand of them would take minutes. Long
 * runs of marks are sorted before it sees them. One thread.
 */
final class MarkOrder {

    /** The longest run that is left to insertion. */
    private static final int LONG = 500;

    private final Form decomposed;
    private final Map<Long, Boolean> swaps = new HashMap<>();

    private MarkOrder(Form form) {
        decomposed = form == Form.NFC || form == Form.NFD ? Form.NFD : Form.NFKD;
    }

    /** A text in a normal form. */
    static String normalized(String text, Form form) {
        String sorted = longestRun(text) <= LONG ? text : new MarkOrder(form).sorted(text);
        return Normalizer.normalize(sorted, form);
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            run = c >= 0x300 && (Character.isSurrogate(c) || isMark(c)) ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private String sorted(String text) {
        StringBuilder result = new StringBuilder(text.length());
        List<Integer> run = new ArrayList<>();
        text.codePoints().forEach(c -> {
            if (isMark(c)) {
                Normalizer.normalize(Character.toString(c), decomposed)
                        .codePoints()
                        .forEach(mark -> {
                            if (moves(mark)) {
                                run.add(mark);
                            } else {
                                flush(run, result);
                                result.appendCodePoint(mark);
                            }
                        });
            } else {
                flush(run, result);
                result.appendCodePoint(c);
            }
        });
        flush(run, result);
        return result.toString();
    }

    private void flush(List<Integer> run, StringBuilder result) {
        run.sort((a, b) -> swaps(a, b) ? 1 : swaps(b, a) ? -1 : 0);
        run.forEach(result::appendCodePoint);
        run.clear();
    }

    /** Whether a mark has a combining class other than 0: then it swaps with a mark of the class 1 behind it, or one of the class 240 before it. */
    private boolean moves(int mark) {
        return swaps(mark, 0x334) || swaps(0x345, mark);
    }

    /** Whether a normal form has two marks the other way round. */
    private boolean swaps(int first, int second) {
        return swaps.computeIfAbsent((long) first << 32 | second, unused -> {
            String pair = "x" + Character.toString(first) + Character.toString(second);
            return !Normalizer.normalize(pair, Form.NFD).equals(pair);
        });
    }
}
