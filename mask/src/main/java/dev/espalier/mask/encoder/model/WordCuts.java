// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.model;

import dev.espalier.core.collect.PairMap;
import dev.espalier.core.oracle.FastPath;

/**
 * Places within a word that no token reaches over: between two characters that stand side by side in no token. The parts can be merged one by one, with the
 * same result. A text of SentencePiece, which is one word for all its length, so falls into words.
 */
@FastPath(oracle = "MergerTest")
final class WordCuts {

    private final CharacterSymbols symbols;
    private final PairMap joined = new PairMap();

    WordCuts(CharacterSymbols symbols) {
        this.symbols = symbols;
    }

    /** Notes the characters of a token that merges make. */
    void add(String token) {
        for (int i = 0; i < token.length(); ) {
            int c = token.codePointAt(i);
            i += Character.charCount(c);
            if (i < token.length()) {
                joined.put(c, token.codePointAt(i), 1);
            }
        }
    }

    /** The end of the part that begins at an index. */
    int end(String text, int from, int to) {
        int c = text.codePointAt(from);
        for (int i = from + Character.charCount(c); i < to; ) {
            int next = text.codePointAt(i);
            if (joined.get(c, next) < 0 && symbols.isToken(c) && symbols.isToken(next)) {
                return i;
            }
            i += Character.charCount(next);
            c = next;
        }
        return to;
    }
}
