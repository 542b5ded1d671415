// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.model;

import java.util.Map;

/**
 * The code points of a word, with marks that say where in the word they stand.
 *
 * @param vocabulary tokens by their text
 * @param prefix stands before every code point but the first
 * @param suffix stands behind the last
 */
record AffixSymbols(Map<String, Integer> vocabulary, String prefix, String suffix, Unknown unknown)
        implements SymbolReader {

    @Override
    public void read(String text, int from, int to, Merger symbols) {
        int waiting = -1;
        for (int i = from; i < to; ) {
            int end = i + Character.charCount(text.codePointAt(i));
            String symbol = (i > from ? prefix : "") + text.substring(i, end) + (end == to ? suffix : "");
            waiting = unknown.add(vocabulary.getOrDefault(symbol, -1), waiting, symbols);
            i = end;
        }
        unknown.finish(waiting, symbols);
    }
}
