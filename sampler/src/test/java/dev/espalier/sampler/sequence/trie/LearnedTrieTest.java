// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.trie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.sequence.HashTree;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import dev.espalier.sampler.sequence.SequenceSampler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LearnedTrieTest {

    private static LearnedTrie learned(HashTree tree, LearnedTrie.Learning learning, int maxNodes) {
        LearnedTrie trie = new LearnedTrie(learning, maxNodes);
        SequenceSampler sampler = learning == LearnedTrie.Learning.MASKS
                ? RejectionSampler.constrained(trie)
                : RejectionSampler.adaptive(trie);
        sampler.sample(tree, Integer.MAX_VALUE, SamplingRun.seeded(8).withMaxRuns(30));
        return trie;
    }

    @Test
    void whatIsLoadedGoesOnAsTheOriginal() {
        HashTree tree = HashTree.gad3();
        LearnedTrie trie = learned(tree, LearnedTrie.Learning.MASKS, 1000);
        LearnedTrie copy = TrieStates.trie(TrieStates.bytes(trie), 1000);
        assertEquals(trie.size(), copy.size());
        for (int node = 0; node < trie.size(); node++) {
            assertEquals(trie.logBound(node), copy.logBound(node));
        }
        SampleSet expected = RejectionSampler.constrained(trie).sample(tree, 50, SamplingRun.seeded(3));
        SampleSet actual = RejectionSampler.constrained(copy).sample(tree, 50, SamplingRun.seeded(3));
        assertEquals(expected.samples(), actual.samples());
        assertEquals(expected.runs(), actual.runs());
        assertEquals(
                new AsapSampler(trie).sample(tree, 50, SamplingRun.seeded(4)).samples(),
                new AsapSampler(copy).sample(tree, 50, SamplingRun.seeded(4)).samples());
        assertTrue(Arrays.equals(TrieStates.bytes(trie), TrieStates.bytes(copy)));
    }

    @Test
    void anotherFingerprintIsRefused() {
        byte[] bytes = TrieStates.bytes(learned(HashTree.gad3(), LearnedTrie.Learning.TOKENS, 1000));
        assertThrows(
                InvalidInputException.class,
                () -> LearnedTrie.load(new ByteArrayInputStream(bytes), "another prompt", 1000));
        assertThrows(InvalidInputException.class, () -> TrieStates.trie(bytes, 3));
    }

    @Test
    void everyDamageIsATypedError() {
        for (LearnedTrie.Learning learning : LearnedTrie.Learning.values()) {
            byte[] bytes = TrieStates.bytes(learned(HashTree.gad3(), learning, 1000));
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThrows(InvalidInputException.class, () -> TrieStates.trie(cut, 1000));
            }
            Random random = new Random(1);
            for (int at = 0; at < bytes.length; at++) {
                byte[] damaged = bytes.clone();
                damaged[at] ^= (byte) (1 + random.nextInt(255));
                assertThrows(InvalidInputException.class, () -> TrieStates.trie(damaged, Integer.MAX_VALUE));
            }
        }
    }

    @Test
    void nothingAfterItIsRead() throws IOException {
        byte[] bytes = TrieStates.bytes(new LearnedTrie(LearnedTrie.Learning.MASKS, 7));
        ByteArrayInputStream in = new ByteArrayInputStream(Arrays.copyOf(bytes, bytes.length + 5));
        assertEquals(0, LearnedTrie.load(in, "a prompt", 7).size());
        assertEquals(5, in.available());
    }

    @Test
    void itNeverGrowsPastItsLimit() {
        for (int maxNodes : new int[] {0, 1, 2, 7, 17}) {
            for (LearnedTrie.Learning learning : LearnedTrie.Learning.values()) {
                assertTrue(learned(HashTree.gad3(), learning, maxNodes).size() <= maxNodes);
            }
        }
        assertThrows(InvalidInputException.class, () -> new LearnedTrie(LearnedTrie.Learning.MASKS, -1));
    }

    @Test
    void boundsStayExactHoweverSmallTheyGet() {
        LearnedTrie trie = new LearnedTrie(LearnedTrie.Learning.MASKS, 1000);
        double each = Math.log(1e-3);
        int node = trie.add(LearnedTrie.NONE, -1, 0, each);
        for (int depth = 1; depth < 400; depth++) {
            trie.setRest(node, Double.NEGATIVE_INFINITY);
            node = trie.add(node, 1, each, each);
        }
        trie.settle(node);
        assertEquals(400 * each, trie.logBound(), 1e-9);
        trie.setRest(0, each);
        trie.settle(0);
        assertEquals(each, trie.logBound(), 1e-15);
        assertEquals(List.of(1, 399), List.of(trie.token(node), trie.parent(node) + 1));
    }
}
