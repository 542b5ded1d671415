// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.span;

import java.util.ArrayList;
import java.util.List;

/**
 * Where texts stand in a source. A span that begins or ends with white space, where runs of it are one, has the whole run. Immutable.
 *
 * <p>Source: Knuth, Morris and Pratt, "Fast pattern matching in strings" (1977).
 */
public final class SpanPlaces {

    private final SpanRule rule;
    private final SpanSymbols source;

    /** Places in a source. Cost: linear in it. */
    public SpanPlaces(String source, SpanRule rule) {
        this.rule = rule;
        this.source = SpanSymbols.of(source, rule.folded());
    }

    /**
     * The places of a text from left to right, each the indexes of its first {@code char} and of the one behind it; they may overlap. None of the
     * empty text. Cost: linear in text and source.
     */
    public List<int[]> of(String text) {
        SpanSymbols wanted = SpanSymbols.of(text, rule.folded());
        List<int[]> found = new ArrayList<>();
        int[] borders = borders(wanted);
        int matched = 0;
        for (int at = 0; at < source.size() && wanted.size() > 0; at++) {
            while (matched > 0 && (matched == wanted.size() || wanted.get(matched) != source.get(at))) {
                matched = borders[matched];
            }
            matched += wanted.get(matched) == source.get(at) ? 1 : 0;
            int from = at + 1 - matched;
            if (matched == wanted.size() && (!rule.words() || (source.isBoundary(from) && source.isBoundary(at + 1)))) {
                found.add(new int[] {source.start(from), source.start(at + 1)});
            }
        }
        return found;
    }

    /** By length of a beginning of a text the length of its longest border: what it begins and ends with, and is shorter. */
    private static int[] borders(SpanSymbols text) {
        int[] borders = new int[text.size() + 1];
        int length = 0;
        for (int i = 1; i < text.size(); i++) {
            while (length > 0 && text.get(length) != text.get(i)) {
                length = borders[length];
            }
            length += text.get(length) == text.get(i) ? 1 : 0;
            borders[i + 1] = length;
        }
        return borders;
    }
}
