// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.model;

import org.jspecify.annotations.Nullable;

/** The tokens of words that came before, at most 2^14 short ones. Threads may share it: its entries are immutable, and a lost one is made again. */
final class WordCache {

    private static final int SIZE = 1 << 14;
    private static final int LONGEST = 40;

    private record Word(String text, int[] tokens) {}

    private final @Nullable Word[] words = new Word[SIZE];

    /** The tokens of a word, which the caller does not change; null if it is not known. */
    int @Nullable [] get(String text, int from, int to) {
        if (to - from > LONGEST) {
            return null;
        }
        Word word = words[place(text, from, to)];
        boolean found =
                word != null && word.text.length() == to - from && word.text.regionMatches(0, text, from, to - from);
        return found ? word.tokens : null;
    }

    void put(String text, int from, int to, int[] tokens) {
        if (to - from <= LONGEST) {
            words[place(text, from, to)] = new Word(text.substring(from, to), tokens);
        }
    }

    private static int place(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return ((hash ^ (hash >>> 14)) * 0x9E3779B9) >>> 18;
    }
}
