// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.ModelException;
import dev.espalier.core.testing.RandomTrials;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sequences in a memory of tokens instead of keys and values, beside lists of their tokens. */
class KeyValueCacheTest {

    private static final int CONTEXT = 2000;

    /** The memory: a token in each row. */
    private static final class Tokens implements KeyValueCache.Memory {

        private int[] rows = new int[0];
        private int copied;
        private boolean full;

        @Override
        public void reserve(int size) {
            if (full) {
                throw new ModelException("full");
            }
            int old = rows.length;
            rows = Arrays.copyOf(rows, size);
            Arrays.fill(rows, old, size, -1);
        }

        @Override
        public void copy(int source, int target, int length) {
            assertTrue(source + length <= target || target + length <= source, "ranges overlap");
            System.arraycopy(rows, source, rows, target, length);
            copied += length;
        }
    }

    /** A sequence, and the tokens that it should have. */
    private record Text(SequenceRows rows, List<Integer> tokens) {

        static Text of(KeyValueCache cache) {
            return new Text(cache.open(), new ArrayList<>());
        }

        Text fork() {
            return new Text(rows.fork(), new ArrayList<>(tokens));
        }
    }

    @RandomTrials(300)
    void sequencesKeepTheirTokens(long seed) {
        Random random = new Random(seed);
        Tokens memory = new Tokens();
        KeyValueCache cache = new KeyValueCache(memory, CONTEXT);
        List<Text> texts = new ArrayList<>(List.of(Text.of(cache)));
        int token = 0;
        for (int step = 0; step < 60; step++) {
            Text text = texts.get(random.nextInt(texts.size()));
            switch (random.nextInt(7)) {
                case 0 -> texts.add(text.fork());
                case 1 -> {
                    int length = random.nextInt(text.tokens.size() + 1);
                    text.rows.truncate(length);
                    text.tokens.subList(length, text.tokens.size()).clear();
                }
                case 2 -> {
                    if (texts.size() > 1) {
                        text.rows.close();
                        texts.remove(text);
                    }
                }
                case 3 -> token = keep(memory, text, token, random);
                default -> token = pass(memory, some(texts, random), token, random);
            }
            check(memory, texts, step);
        }
        texts.forEach(text -> text.rows.close());
        assertEquals(cache.rows()[0], cache.rows()[1], "rows that nobody gave back");
    }

    private static List<Text> some(List<Text> texts, Random random) {
        List<Text> some = new ArrayList<>(texts);
        some.removeIf(text -> text.tokens.size() > CONTEXT - 300 || some.size() > 1 && random.nextInt(3) == 0);
        return some;
    }

    /** Appends tokens to each text. */
    private static int pass(Tokens memory, List<Text> texts, int first, Random random) {
        int token = first;
        int[] counts = texts.stream()
                .mapToInt(text -> 1 + random.nextInt(random.nextBoolean() ? 300 : 3))
                .toArray();
        for (int i = 0; i < texts.size(); i++) {
            SequenceRows rows = texts.get(i).rows;
            rows.prepare(counts[i], texts.size() == 1);
            assertTrue(texts.size() > 1 || rows.begin() == 0, "a sequence alone has all rows to itself");
        }
        for (int i = 0; i < texts.size(); i++) {
            Text text = texts.get(i);
            for (int j = 0; j < counts[i]; j++) {
                memory.rows[text.rows.start() + text.tokens.size()] = token;
                text.tokens.add(token++);
            }
            text.rows.grow(counts[i]);
        }
        return token;
    }

    /** Reads a few tokens and keeps some of them. */
    private static int keep(Tokens memory, Text text, int first, Random random) {
        int count = Math.min(1 + random.nextInt(12), CONTEXT - text.tokens.size());
        text.rows.prepare(count, random.nextBoolean());
        int row = text.rows.start() + text.tokens.size();
        for (int i = 0; i < count; i++) {
            memory.rows[row + i] = first + i;
        }
        int[] kept = IntStream.range(0, count).filter(i -> random.nextBoolean()).toArray();
        Arrays.stream(kept).forEach(i -> text.tokens.add(first + i));
        text.rows.keep(kept);
        return first + count;
    }

    private static void check(Tokens memory, List<Text> texts, int step) {
        int[][] seen = new int[texts.size()][];
        for (int i = 0; i < seen.length; i++) {
            SequenceRows rows = texts.get(i).rows;
            seen[i] = new int[rows.length()];
            Arrays.fill(seen[i], -2);
            for (int position = rows.begin(); position < rows.length(); position++) {
                seen[i][position] = memory.rows[rows.start() + position];
            }
        }
        long[] parts = KeyValueCache.parts(texts.stream().map(text -> text.rows).toList());
        for (int at = 0; at < parts.length; at += 4 + (int) parts[at + 3]) {
            for (int reader = 0; reader < parts[at + 3]; reader++) {
                int[] tokens = seen[(int) parts[at + 4 + reader]];
                for (int i = 0; i < parts[at + 1]; i++) {
                    assertEquals(-2, tokens[(int) parts[at + 2] + i], "a position is in two parts");
                    tokens[(int) parts[at + 2] + i] = memory.rows[(int) parts[at] + i];
                }
            }
        }
        for (int i = 0; i < seen.length; i++) {
            assertEquals(texts.get(i).tokens, Arrays.stream(seen[i]).boxed().toList(), "step " + step + ", text " + i);
        }
    }

    @Test
    void whatForksShareIsThereOnce() {
        Tokens memory = new Tokens();
        KeyValueCache cache = new KeyValueCache(memory, CONTEXT);
        Text prompt = Text.of(cache);
        Random random = new Random(1);
        while (prompt.tokens.size() < 500) {
            pass(memory, List.of(prompt), 0, random);
        }
        List<Text> forks = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            forks.add(prompt.fork());
        }
        memory.copied = 0;
        forks.forEach(fork -> fork.rows.prepare(1, false));
        assertEquals(0, memory.copied);
        long[] parts = KeyValueCache.parts(forks.stream().map(fork -> fork.rows).toList());
        assertEquals(4 + 64, parts.length, "one part, which all see");
        assertEquals(prompt.tokens.size(), parts[1]);
        int used = cache.rows()[0] - cache.rows()[1];
        assertTrue(used <= 1024 + 64 * RowPool.CHUNK, used + " rows");
    }

    @Test
    void aSequenceWithoutRoomStaysAsItWas() {
        Tokens memory = new Tokens();
        KeyValueCache cache = new KeyValueCache(memory, CONTEXT);
        Text text = Text.of(cache);
        pass(memory, List.of(text), 0, new Random(3));
        Text fork = text.fork();
        memory.full = true;
        int[] rows = cache.rows();
        assertThrows(ModelException.class, () -> fork.rows.prepare(1900, true));
        assertThrows(ModelException.class, () -> text.rows.prepare(1900, false));
        check(memory, List.of(text, fork), 0);
        assertEquals(rows[1], cache.rows()[1]);
    }
}
