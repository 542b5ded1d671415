// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.mask.RandomVocabulary;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TokenTrieTest {

    @Test
    void preorderVisitsEveryTokenWithItsBytesInOrder() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Vocabulary vocabulary = RandomVocabulary.of(random, 1 + random.nextInt(200), "abc\"\\\n\u00e9", 8);
            TreeMap<ByteString, List<Integer>> expected = new TreeMap<>();
            for (int id = 0; id < vocabulary.size(); id++) {
                if (vocabulary.bytes(id).length() > 0) {
                    expected.computeIfAbsent(vocabulary.bytes(id), bytes -> new ArrayList<>())
                            .add(id);
                }
            }
            TreeMap<ByteString, List<Integer>> actual = new TreeMap<>();
            List<ByteString> order = new ArrayList<>();
            read(vocabulary.index().trie(), actual, order);
            assertEquals(expected, actual, "seed " + seed);
            assertEquals(new ArrayList<>(expected.keySet()), order, "seed " + seed);
        }
    }

    @Test
    void subtreesEndBehindTheirLastNodeAndHoldOneRunOfTokens() {
        Vocabulary vocabulary = Vocabulary.builder()
                .token(0, "a")
                .token(1, "ab")
                .token(2, "abc")
                .token(3, "b")
                .token(4, "a")
                .build();
        TokenTrie trie = vocabulary.index().trie();
        assertEquals(4, trie.nodeCount());
        assertEquals(3, trie.end(0));
        assertEquals(4, trie.end(3));
        assertEquals(0, trie.firstToken(0));
        assertEquals(2, trie.firstToken(1));
        assertEquals(4, trie.firstToken(3));
        assertEquals(5, trie.firstToken(4));
    }

    @Test
    void stringsLongerThanAnyFieldWidthFit() {
        String longest = "x".repeat(70_000);
        Vocabulary vocabulary =
                Vocabulary.builder().token(0, longest).token(1, "x").build();
        TokenTrie trie = vocabulary.index().trie();
        assertEquals(70_000, trie.nodeCount());
        assertEquals(70_000, trie.depth());
        assertEquals(70_000, trie.label(69_999) >>> 8);
    }

    static void read(TokenTrie trie, TreeMap<ByteString, List<Integer>> found, List<ByteString> order) {
        byte[] path = new byte[trie.depth()];
        for (int node = 0; node < trie.nodeCount(); node++) {
            int depth = trie.label(node) >>> 8;
            path[depth - 1] = (byte) trie.label(node);
            assertTrue(trie.end(node) > node && trie.end(node) <= trie.nodeCount());
            if (trie.firstToken(node) == trie.firstToken(node + 1)) {
                continue;
            }
            ByteString bytes = ByteString.of(java.util.Arrays.copyOf(path, depth));
            order.add(bytes);
            for (int i = trie.firstToken(node); i < trie.firstToken(node + 1); i++) {
                found.computeIfAbsent(bytes, key -> new ArrayList<>()).add(trie.tokens()[i]);
            }
        }
    }
}
