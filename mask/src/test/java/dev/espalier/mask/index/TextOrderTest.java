// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.mask.RandomVocabulary;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Plain tokens below a node lie side by side; all others are in a trie of their own. */
class TextOrderTest {

    private static final String ALPHABET = "ab \"\\\né日\u007f😀";

    @Test
    void thePlainTokensBelowANodeLieSideBySide() {
        for (int seed = 0; seed < 40; seed++) {
            Vocabulary vocabulary = RandomVocabulary.withAllBytes(new Random(seed), 60, ALPHABET, 5);
            TokenTable table = vocabulary.tokens();
            TokenTrie trie = vocabulary.index().trie();
            TextOrder order = vocabulary.index().textOrder();
            for (int node = 0; node < trie.nodeCount(); node++) {
                int first = trie.firstToken(node);
                int behind = trie.firstToken(trie.end(node));
                int[] expected = Arrays.stream(trie.tokens(), first, behind)
                        .filter(id -> isPlain(table, id))
                        .toArray();
                int[] found = Arrays.copyOfRange(order.plain(), order.before(first), order.before(behind));
                assertArrayEquals(expected, found, "seed " + seed + " node " + node);
            }
            int[] rest = order.rest().tokens().clone();
            Arrays.sort(rest);
            int[] others = IntStream.range(0, table.count())
                    .filter(id -> table.length(id) > 0 && !isPlain(table, id))
                    .toArray();
            assertArrayEquals(others, rest, "seed " + seed);
            assertEquals(others.length, trie.tokens().length - order.plain().length);
        }
    }

    /** Well-formed, and without quotation marks, backslashes and control characters. */
    private static boolean isPlain(TokenTable table, int id) {
        byte[] bytes = table.bytes(id).toByteArray();
        String text = new String(bytes, StandardCharsets.UTF_8);
        return Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8))
                && text.chars().allMatch(c -> c >= ' ' && c != '"' && c != '\\' && c != 0x7f);
    }
}
