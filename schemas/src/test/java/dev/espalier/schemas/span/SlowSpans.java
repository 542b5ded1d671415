// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.span;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Spans of a text by looking at each of them, character by character. */
@org.jspecify.annotations.NullUnmarked
public final class SlowSpans {

    private static final Pattern SPACES = Pattern.compile("(?U)\\s+");
    private static final Pattern IN_WORD = Pattern.compile("[\\p{L}\\p{M}\\p{Nd}\\p{Nl}\\p{Pc}]{2}");

    private SlowSpans() {}

    /** Whether a text is a span of a source. */
    public static boolean holds(String source, String text, boolean folded, boolean words) {
        return !places(source, text, folded, words).isEmpty();
    }

    /** Where a text stands in a source, from and to in turn; of two spans that differ in white space at their ends only the longer one. */
    static List<int[]> places(String source, String text, boolean folded, boolean words) {
        List<int[]> found = new ArrayList<>();
        for (int from = 0; from < source.length(); from++) {
            for (int to = from + 1; to <= source.length(); to++) {
                String span = source.substring(from, to);
                boolean isSame = folded ? fold(span).equals(fold(text)) : span.equals(text);
                boolean isInPairs = !isInside(source, from) && !isInside(source, to);
                boolean isInRuns = !folded || !(isInRun(source, from) || isInRun(source, to));
                if (isSame && isInPairs && isInRuns && (!words || isWhole(source, from) && isWhole(source, to))) {
                    found.add(new int[] {from, to});
                }
            }
        }
        return found;
    }

    private static boolean isInside(String source, int at) {
        return at > 0 && at < source.length() && Character.isSurrogatePair(source.charAt(at - 1), source.charAt(at));
    }

    private static boolean isInRun(String source, int at) {
        return at > 0
                && at < source.length()
                && SPACES.matcher(source.substring(at - 1, at + 1)).matches();
    }

    private static boolean isWhole(String source, int at) {
        if (at == 0 || at == source.length()) {
            return true;
        }
        int before = source.codePointBefore(at);
        return !IN_WORD.matcher(Character.toString(before) + Character.toString(source.codePointAt(at)))
                .matches();
    }

    private static String fold(String text) {
        StringBuilder folded = new StringBuilder();
        SPACES.matcher(text).replaceAll(" ").codePoints().forEach(c -> {
            boolean isAlone = c == 'İ' || c == 'ı';
            folded.appendCodePoint(isAlone ? c : Character.toLowerCase(Character.toUpperCase(c)));
        });
        return folded.toString();
    }
}
