// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.mask.frame.Residual;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Tries of what is left of tokens, against the tails that they are made of. */
class ResidualTriesTest {

    private static TokenTable table(List<String> tokens) {
        byte[] blob = String.join("", tokens).getBytes(StandardCharsets.UTF_8);
        int[] offsets = new int[tokens.size() + 1];
        for (int i = 0; i < tokens.size(); i++) {
            offsets[i + 1] = offsets[i] + tokens.get(i).length();
        }
        return new TokenTable(blob, offsets, Map.of(), Map.of());
    }

    @Test
    void equalTailsAreOneTrieAndOthersAreTold() {
        long seed = Long.getLong("espalier.mask.seed", 20261123);
        Random random = new Random(seed);
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            tokens.add("ab\",:".repeat(2).substring(random.nextInt(5), 5 + random.nextInt(5)));
        }
        TokenTable table = table(tokens);
        ResidualTries tries = new ResidualTries(table);
        List<long[]> kept = new ArrayList<>();
        List<TokenTrie> keptTries = new ArrayList<>();
        int same = 0;
        for (int round = 0; round < 2_000; round++) {
            boolean again = !kept.isEmpty() && random.nextBoolean();
            int at = again ? random.nextInt(kept.size()) : kept.size();
            long[] tails = again ? kept.get(at).clone() : tails(tokens, random);
            TokenTrie trie = tries.of(tails);
            assertEquals(strings(tails, tokens), strings(trie), "seed " + seed + ", round " + round);
            if (again) {
                same += trie == keptTries.get(at) ? 1 : 0;
            } else {
                kept.add(tails);
                keptTries.add(trie);
            }
        }
        assertTrue(same > 0, "no trie was found again");
    }

    @Test
    void theLastTailsAreFoundAgain() {
        TokenTable table = table(List.of("ab", "cab", "b"));
        ResidualTries tries = new ResidualTries(table);
        long[] tails = {ResidualTries.tail(0, 1), ResidualTries.tail(1, 2)};
        TokenTrie trie = tries.of(tails);
        assertSame(trie, tries.of(tails.clone()));
        assertNotSame(trie, tries.of(new long[] {ResidualTries.tail(0, 1), ResidualTries.tail(1, 1)}));
        assertEquals(new Residual(0, trie, null), new Residual(0, tries.of(tails.clone()), null));
    }

    private static long[] tails(List<String> tokens, Random random) {
        long[] tails = new long[1 + random.nextInt(12)];
        for (int i = 0; i < tails.length; i++) {
            int id = random.nextInt(tokens.size());
            tails[i] = ResidualTries.tail(id, 1 + random.nextInt(tokens.get(id).length()));
        }
        return tails;
    }

    /** How often each string stands for each token. */
    private static Map<String, Integer> strings(long[] tails, List<String> tokens) {
        Map<String, Integer> strings = new TreeMap<>();
        for (long tail : tails) {
            String token = tokens.get((int) (tail >>> 32));
            strings.merge(token.substring(token.length() - (int) tail) + (tail >>> 32), 1, Integer::sum);
        }
        return strings;
    }

    private static Map<String, Integer> strings(TokenTrie trie) {
        Map<String, Integer> strings = new TreeMap<>();
        StringBuilder text = new StringBuilder();
        for (int node = 0; node < trie.nodeCount(); node++) {
            text.setLength((trie.label(node) >>> 8) - 1);
            text.append((char) (trie.label(node) & 0xff));
            for (int i = trie.firstToken(node); i < trie.firstToken(node + 1); i++) {
                strings.merge(text.toString() + trie.tokens()[i], 1, Integer::sum);
            }
        }
        return strings;
    }
}
