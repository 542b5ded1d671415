// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.model;

import dev.espalier.core.collect.IntList;
import dev.espalier.core.collect.PairMap;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntPredicate;

/** Which two symbols side by side become which, and in what order of preference. Built once, then read only. */
final class MergeTable {

    /** The longest token that is cut into all its pairs, in characters. */
    static final int LONGEST = 1024;

    private final PairMap merges;
    private final IntList ranks = new IntList();
    private final IntList results = new IntList();

    /** A table with room for some merges. */
    MergeTable(int room) {
        merges = new PairMap(room);
    }

    /** Adds a merge; a later one of the same pair replaces it. */
    void add(int left, int right, int rank, int result) {
        merges.put(left, right, ranks.size());
        ranks.add(rank);
        results.add(result);
    }

    /**
     * Adds every way to make a token of two symbols, preferred by the token's score: SentencePiece's order, and tiktoken's with negative ranks.
     *
     * @param symbols the symbols by their text, tokens and others
     * @param made whether the symbol of a number may be made
     * @param scores the scores by number
     */
    void addByScore(Map<String, Integer> symbols, IntPredicate made, float[] scores) {
        float[] sorted = scores.clone();
        Arrays.sort(sorted);
        symbols.forEach((text, id) -> {
            if (id < scores.length && made.test(id) && text.length() <= LONGEST) {
                int rank = sorted.length - 1 - last(sorted, scores[id]);
                for (int cut = 1; cut < text.length(); cut++) {
                    Integer left = symbols.get(text.substring(0, cut));
                    Integer right = left == null ? null : symbols.get(text.substring(cut));
                    if (left != null && right != null) {
                        add(left, right, rank, id);
                    }
                }
            }
        });
    }

    /** The last index of a score among sorted ones: equal scores have equal ranks. */
    private static int last(float[] sorted, float score) {
        int at = Arrays.binarySearch(sorted, score);
        while (at + 1 < sorted.length && Float.compare(sorted[at + 1], score) == 0) {
            at++;
        }
        return at;
    }

    /** The number of the merge of a pair, or -1. */
    int find(int left, int right) {
        return merges.get(left, right);
    }

    int rank(int merge) {
        return ranks.get(merge);
    }

    int result(int merge) {
        return results.get(merge);
    }

    /** The number of merges that were added. */
    int size() {
        return ranks.size();
    }
}
