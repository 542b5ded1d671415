// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.model;

import dev.espalier.core.collect.IntList;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.encoder.split.Pieces;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** SentencePiece's unigram model (Kudo 2018): of all ways to cut a text into tokens, the one with the greatest sum of scores. */
public final class UnigramModel implements TokenModel {

    /** How much worse than the worst token an unknown character is. */
    private static final double PENALTY = 10;

    private final TextTrie trie = new TextTrie();
    private final Map<String, Integer> vocabulary;
    private final double[] scores;
    private final double unknownScore;
    private final Optional<int[]> bytes;
    private final int unknown;
    private final String source;

    /**
     * A model.
     *
     * @param readable the tokens that may be read out of a text
     * @param bytes the tokens of the bytes, if unknown characters are written so
     * @param unknown the unknown token, or -1
     * @param source the name of the file, for messages
     */
    public UnigramModel(
            Map<String, Integer> vocabulary,
            double[] scores,
            IntPredicate readable,
            Optional<int[]> bytes,
            int unknown,
            String source) {
        this.vocabulary = vocabulary;
        this.scores = scores;
        this.unknownScore = Arrays.stream(scores).min().orElse(0) - PENALTY;
        this.bytes = bytes;
        this.unknown = unknown;
        this.source = source;
        vocabulary.forEach((text, id) -> {
            if (!text.isEmpty() && readable.test(id)) {
                trie.put(text, id);
            }
        });
    }

    @Override
    public Pieces into(IntList tokens) {
        Best best = new Best();
        return (text, from, to) -> {
            best.reset(to - from);
            for (int at = from; at < to; ) {
                int next = at + Character.charCount(text.codePointAt(at));
                extend(text, from, at, next, to, best);
                at = next;
            }
            write(text, from, best.path(to - from), best, tokens);
        };
    }

    /** The best way to each index: its score, its last token and where that begins. */
    private static final class Best {

        private double[] scores = {};
        private int[] tokens = {};
        private int[] starts = {};

        void reset(int length) {
            if (scores.length <= length) {
                int room = Math.max(length + 1, Math.min(1 << 20, 2 * scores.length));
                scores = new double[room];
                tokens = new int[room];
                starts = new int[room];
            }
            Arrays.fill(starts, 0, length + 1, -1);
            scores[0] = 0;
        }

        void offer(int start, int end, int token, double score) {
            if (starts[end] < 0 || scores[start] + score > scores[end]) {
                scores[end] = scores[start] + score;
                tokens[end] = token;
                starts[end] = start;
            }
        }

        /** The ends of the tokens on the best way to an index, from left to right. */
        int[] path(int end) {
            IntList ends = new IntList();
            for (int at = end; at > 0; at = starts[at]) {
                ends.add(at);
            }
            int[] path = ends.toArray();
            for (int i = 0; i < path.length / 2; i++) {
                int other = path[path.length - 1 - i];
                path[path.length - 1 - i] = path[i];
                path[i] = other;
            }
            return path;
        }
    }

    private void extend(String text, int from, int at, int next, int to, Best best) {
        boolean single = false;
        int node = TextTrie.ROOT;
        for (int i = at; i < to; i++) {
            node = trie.step(node, text.charAt(i));
            if (node < 0) {
                break;
            }
            int token = trie.value(node);
            if (token >= 0) {
                best.offer(at - from, i + 1 - from, token, scores[token]);
                single |= i + 1 == next;
            }
        }
        if (!single) {
            best.offer(at - from, next - from, unknown, unknownScore);
        }
    }

    private void write(String text, int from, int[] path, Best best, IntList tokens) {
        int start = 0;
        for (int i = 0; i < path.length; i++) {
            if (best.tokens[path[i]] != unknown) {
                tokens.add(best.tokens[path[i]]);
                start = path[i];
            } else if (i + 1 == path.length || best.tokens[path[i + 1]] != unknown) {
                unknown(text.substring(from + start, from + path[i]), tokens);
                start = path[i];
            }
        }
    }

    /** Adds the tokens of characters that are unknown, all those that touch together. */
    private void unknown(String text, IntList tokens) {
        boolean spelled = bytes.isPresent()
                && text.codePoints().allMatch(c -> {
                    boolean all = true;
                    for (int shift = Utf8Bytes.shift(c); shift >= 0; shift -= 6) {
                        all &= bytes.get()[Utf8Bytes.at(c, shift)] >= 0;
                    }
                    return all;
                });
        if (spelled) {
            text.codePoints().forEach(c -> {
                for (int shift = Utf8Bytes.shift(c); shift >= 0; shift -= 6) {
                    tokens.add(bytes.orElseThrow()[Utf8Bytes.at(c, shift)]);
                }
            });
        } else if (unknown >= 0) {
            tokens.add(vocabulary.getOrDefault(text, unknown));
        } else {
            throw new InvalidInputException(source + " has no unknown token, and no token for a character of the text");
        }
    }
}
