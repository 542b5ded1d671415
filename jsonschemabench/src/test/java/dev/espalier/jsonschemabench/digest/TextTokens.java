// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.digest;

import dev.espalier.mask.index.TokenTrie;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Arrays;
import java.util.Random;

/** Cuts texts into tokens: mostly the longest that fits, now and then a shorter one, so that masks of other places are seen too. */
final class TextTokens {

    private static final int BYTE = 0xff;
    private static final int SHORTER = 6;

    private final TokenTrie trie;

    TextTokens(Vocabulary vocabulary) {
        this.trie = vocabulary.trie();
    }

    /**
     * Tokens that spell a text, or its beginning if some byte is no token.
     *
     * @param most how many tokens at most
     */
    int[] of(byte[] text, int most, Random random) {
        int[] tokens = new int[most];
        int count = 0;
        for (int at = 0; at < text.length && count < most; count++) {
            int token = next(text, at, random.nextInt(SHORTER) == 0 ? 1 + random.nextInt(3) : Integer.MAX_VALUE);
            if (token < 0) {
                break;
            }
            tokens[count] = token;
            at += lastLength;
        }
        return Arrays.copyOf(tokens, count);
    }

    private int lastLength;

    /** The token of the most bytes, at most so many, that the text has at a place; -1 if there is none. */
    private int next(byte[] text, int from, int most) {
        int found = -1;
        int node = 0;
        int end = trie.nodeCount();
        for (int length = 1; length <= most && from + length <= text.length; length++) {
            int label = length << 8 | text[from + length - 1] & BYTE;
            while (node < end && trie.label(node) != label) {
                node = trie.end(node);
            }
            if (node >= end) {
                break;
            }
            int stop = node + 1 < trie.nodeCount() ? trie.firstToken(node + 1) : trie.tokens().length;
            if (trie.firstToken(node) < stop) {
                found = trie.tokens()[trie.firstToken(node)];
                lastLength = length;
            }
            end = trie.end(node);
            node++;
        }
        return found;
    }
}
