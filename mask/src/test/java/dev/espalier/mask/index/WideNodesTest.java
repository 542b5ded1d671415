// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.core.ByteString;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WideNodesTest {

    @Test
    void childrenInASetAreFoundInTheOrderOfTheirBytes() {
        int asked = 0;
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            TokenTrie trie = trie(random);
            for (int node = -1; node < trie.nodeCount(); node++) {
                int entry = trie.wide().entry(node);
                List<Integer> children = children(trie, node);
                assertEquals(children.size() >= 8, entry != WideNodes.NONE, "seed " + seed + " node " + node);
                if (entry == WideNodes.NONE) {
                    continue;
                }
                int bound = 1 + random.nextInt(100);
                int[] draws = random.ints(256, 0, 100).toArray();
                ByteSet live = ByteSet.of(symbol -> draws[symbol] < bound);
                List<Integer> expected = children.stream()
                        .filter(child -> live.contains(trie.label(child) & 0xff))
                        .toList();
                assertEquals(expected, found(trie, entry, live), "seed " + seed + " node " + node);
                asked++;
            }
        }
        assertTrue(asked > 200, "only " + asked);
    }

    private static TokenTrie trie(Random random) {
        int letters = random.nextBoolean() ? 256 : 1 + random.nextInt(60);
        Vocabulary.Builder builder = Vocabulary.builder();
        int tokens = 1 + random.nextInt(600);
        for (int id = 0; id < tokens; id++) {
            byte[] bytes = new byte[1 + random.nextInt(4)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (255 - random.nextInt(letters));
            }
            builder.token(id, ByteString.of(bytes));
        }
        return builder.build().index().trie();
    }

    private static List<Integer> children(TokenTrie trie, int node) {
        List<Integer> children = new ArrayList<>();
        int to = node < 0 ? trie.nodeCount() : trie.end(node);
        for (int child = node + 1; child < to; child = trie.end(child)) {
            children.add(child);
        }
        return children;
    }

    private static List<Integer> found(TokenTrie trie, int entry, ByteSet live) {
        List<Integer> found = new ArrayList<>();
        int child = trie.wide().child(entry, 0, live);
        while (child != WideNodes.NONE) {
            found.add(child);
            child = trie.wide().child(entry, (trie.label(child) & 0xff) + 1, live);
        }
        return found;
    }
}
