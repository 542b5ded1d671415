// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode.draft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.core.testing.RandomTrials;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.ListedLanguage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What was likely after each token. */
class RecycledTokensTest {

    private static final Vocabulary LETTERS =
            Vocabulary.builder().token(0, "a").token(1, "b").token(2, "c").build();

    private static TokenMask mask(int size, int... ids) {
        return TokenMask.of(size, ids);
    }

    /** The oracle sorts. */
    @RandomTrials(200)
    void theLikeliestAllowedTokensAreKept(Random random) {
        int size = 1 + random.nextInt(100);
        int kept = 1 + random.nextInt(5);
        float[] logits = new float[size];
        List<Integer> allowed = new ArrayList<>();
        for (int id = 0; id < size; id++) {
            logits[id] = random.nextInt(6);
            if (random.nextInt(3) > 0) {
                allowed.add(id);
            }
        }
        RecycledTokens table = new RecycledTokens(size, kept);
        Vocabulary.Builder tokens = Vocabulary.builder();
        List<String> words = new ArrayList<>();
        for (int id = 0; id < size; id++) {
            tokens.token(id, Character.toString('A' + id));
            words.add(Character.toString('A' + id) + "!");
        }
        Vocabulary vocabulary = tokens.build();
        table.note(
                0,
                logits,
                mask(size, allowed.stream().mapToInt(Integer::intValue).toArray()));
        DraftTree tree = table.after(0, new ListedLanguage(vocabulary, words), 100, true);
        List<Integer> expected = allowed.stream()
                .sorted(Comparator.comparing((Integer id) -> -logits[id]))
                .limit(kept)
                .toList();
        // no word goes on after its letter, so that all nodes follow the text
        int[] nodes = tree.draft(new DraftLength(1, 0, true)).tokens();
        assertEquals(expected, IntStream.of(nodes).boxed().toList());
    }

    @Test
    void treesBranchAndRowsDoNot() {
        RecycledTokens table = new RecycledTokens(3, 2);
        table.note(0, new float[] {1, 3, 2}, mask(3, 0, 1, 2));
        table.note(1, new float[] {5, 1, 0}, mask(3, 0, 1, 2));
        ListedLanguage any = new ListedLanguage(LETTERS, Set.of("bab", "bbb", "cab", "bac"));
        DraftLength length = new DraftLength(4, 0, true);
        Draft tree = table.after(0, any, 5, true).draft(length);
        assertArrayEquals(new int[] {1, 0, 2, 1, 1}, tree.tokens());
        assertArrayEquals(new int[] {-1, 0, -1, 1, 0}, tree.parents());
        Draft row = table.after(0, any, 5, false).draft(length);
        assertArrayEquals(new int[] {1, 0, 1}, row.tokens());
        assertArrayEquals(new int[] {-1, 0, 1}, row.parents());
        assertEquals(0, table.after(2, any, 5, true).size(), "nothing is known after it");
    }
}
