// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.state.State;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MaskBatchTest {

    private static final Vocabulary VOCABULARY =
            RandomVocabulary.complete(new Random(5), 2_000, "abc{}[]\",:1 \\u\u00e9tfnrseluo", 5);
    private static final Executor HERE = Runnable::run;

    /** One sequence of each of several grammars, each some random tokens into its text. */
    private static List<Matcher> sequences(GrammarCompiler compiler, int count, long seed) {
        Random random = new Random(seed);
        List<String> roots = List.of(
                "root ::= [abc]{1,40}",
                "root ::= \"[\" root (\",\" root)* \"]\" | [a-c1]+",
                "root ::= (\"tab\" | \"cab\" | \"b\" root)+",
                "root ::= \"{\" ([ab]+ \":\" root)? \"}\" | [^{}]+");
        List<Matcher> matchers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String grammar = roots.get(i % roots.size()).replace("40", String.valueOf(20 + i));
            Matcher matcher = compiler.compile(new GbnfReader().read(grammar)).matcher();
            for (int step = random.nextInt(6); step > 0; step--) {
                int[] allowed = matcher.mask().ids();
                if (allowed.length > 0 && !matcher.isTerminated()) {
                    matcher.accept(allowed[random.nextInt(allowed.length)]);
                }
            }
            matchers.add(matcher);
        }
        return matchers;
    }

    private static int words() {
        return (VOCABULARY.size() + 63) / 64;
    }

    @Test
    void rowsAreTheMasksOfEachMatcherAloneWhateverTheExecutorDoes() {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Executor> executors = List.of(
                    HERE,
                    pool,
                    task -> {}, // runs nothing
                    task -> {
                        throw new RejectedExecutionException("full");
                    });
            long seed = 11;
            for (Executor executor : executors) {
                for (int count : new int[] {0, 1, 2, 64}) {
                    List<Matcher> matchers = sequences(new GrammarCompiler(VOCABULARY), count, seed);
                    List<Matcher> alone = sequences(new GrammarCompiler(VOCABULARY), count, seed);
                    long[] bits = new long[count * words()];
                    assertEquals(List.of(), new MaskBatch(executor, 4).fill(matchers, LongBuffer.wrap(bits), words()));
                    for (int i = 0; i < count; i++) {
                        long[] expected = new long[words()];
                        alone.get(i).fillMask(expected);
                        assertArrayEquals(
                                expected,
                                Arrays.copyOfRange(bits, i * words(), (i + 1) * words()),
                                "seed " + seed + " row " + i);
                    }
                    TokenMask[] masks = new TokenMask[count];
                    assertEquals(List.of(), new MaskBatch(executor, 4).masks(matchers, masks));
                    for (int i = 0; i < count; i++) {
                        assertEquals(alone.get(i).mask(), masks[i], "seed " + seed + " row " + i);
                    }
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void rowsMayHaveBudgets() {
        Random random = new Random(4);
        List<Matcher> matchers = sequences(new GrammarCompiler(VOCABULARY), 24, 3);
        List<Matcher> alone = sequences(new GrammarCompiler(VOCABULARY), 24, 3);
        int[] budgets = random.ints(24, 0, 3).toArray();
        int[] rows = new int[24];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = 23 - i;
        }
        long[] bits = new long[24 * words()];
        List<Integer> failed = new MaskBatch(HERE, 2)
                .fill(matchers, budgets, rows, LongBuffer.wrap(bits), words()).stream()
                        .map(MaskBatch.Failure::index)
                        .sorted()
                        .toList();
        List<Integer> tooFew = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            long[] expected = new long[words()];
            try {
                alone.get(i).mask(budgets[i]).copyTo(expected);
            } catch (DeadEndException dead) {
                tooFew.add(i);
            }
            assertArrayEquals(expected, Arrays.copyOfRange(bits, rows[i] * words(), (rows[i] + 1) * words()), "" + i);
        }
        assertEquals(tooFew, failed);
        assertTrue(!tooFew.isEmpty() && tooFew.size() < 24, tooFew.toString());
        assertThrows(
                InvalidInputException.class,
                () -> new MaskBatch(HERE, 1).fill(matchers, new int[2], rows, LongBuffer.wrap(bits), words()));
    }

    @Test
    void namedRowsOfMemoryOutsideTheHeapAreWrittenAndNoOthers() {
        List<Matcher> matchers = sequences(new GrammarCompiler(VOCABULARY), 3, 7);
        int stride = words() + 2;
        ByteBuffer bytes = ByteBuffer.allocateDirect(8 * stride * 5).order(ByteOrder.LITTLE_ENDIAN);
        LongBuffer bits = bytes.asLongBuffer();
        for (int i = 0; i < bits.capacity(); i++) {
            bits.put(i, -1);
        }
        bits.position(11);
        new MaskBatch(HERE, 2).fill(matchers, new int[] {4, 0, 2}, bits, stride);
        assertEquals(11, bits.position());
        IntBuffer halves = bytes.asIntBuffer();
        for (int row : new int[] {1, 3}) {
            for (int i = 0; i < stride; i++) {
                assertEquals(-1, bits.get(row * stride + i));
            }
        }
        int[] rows = {4, 0, 2};
        for (int i = 0; i < rows.length; i++) {
            TokenMask mask = matchers.get(i).mask();
            for (int token = 0; token < 64 * stride; token++) {
                int half = halves.get(2 * rows[i] * stride + token / 32);
                assertEquals(mask.allows(token), (half >>> token % 32 & 1) != 0, "row " + rows[i] + " token " + token);
            }
        }
    }

    @Test
    void aSequenceThatFailsFailsAloneAndAllowsNothing() {
        GrammarCompiler compiler = new GrammarCompiler(VOCABULARY);
        List<Matcher> matchers = new ArrayList<>(sequences(compiler, 6, 3));
        matchers.set(
                2, compiler.compile(new GbnfReader().read("root ::= \"#\"")).matcher());
        matchers.set(4, compiler.compile(PushdownAutomaton.of(new Broken())).matcher());
        List<TokenMask> before = new ArrayList<>();
        for (int i : new int[] {0, 1, 3, 5}) {
            before.add(matchers.get(i).mask());
        }
        long[] bits = new long[6 * words()];
        Arrays.fill(bits, -1);
        List<MaskBatch.Failure> failures = new MaskBatch(HERE, 3).fill(matchers, LongBuffer.wrap(bits), words());
        assertEquals(2, failures.size());
        assertEquals(2, failures.get(0).index());
        assertInstanceOf(DeadEndException.class, failures.get(0).cause());
        assertEquals(4, failures.get(1).index());
        assertInstanceOf(IllegalStateException.class, failures.get(1).cause());
        for (int row : new int[] {2, 4}) {
            assertTrue(Arrays.stream(bits, row * words(), (row + 1) * words()).allMatch(word -> word == 0));
        }
        TokenMask[] masks = new TokenMask[6];
        assertEquals(2, new MaskBatch(HERE, 3).masks(matchers, masks).size());
        assertEquals(before, List.of(masks[0], masks[1], masks[3], masks[5]));
        assertEquals(VOCABULARY.size(), masks[2].size());
        assertTrue(masks[2].isEmpty() && masks[4].isEmpty());
    }

    @Test
    void aBatchAsksForAsManyThreadsAsItMayAndNoMoreThanItHasRows() {
        AtomicInteger asked = new AtomicInteger();
        Executor counting = task -> {
            asked.incrementAndGet();
            task.run();
        };
        List<Matcher> matchers = sequences(new GrammarCompiler(VOCABULARY), 8, 1);
        new MaskBatch(counting, 1).fill(matchers, LongBuffer.allocate(8 * words()), words());
        assertEquals(0, asked.get());
        new MaskBatch(counting, 4).fill(matchers, LongBuffer.allocate(8 * words()), words());
        assertEquals(3, asked.getAndSet(0));
        new MaskBatch(counting, 4).fill(matchers.subList(0, 1), LongBuffer.allocate(words()), words());
        assertEquals(0, asked.get());
    }

    @Test
    void anInterruptIsKeptAndEndsTheMasksThatAreNotMade() {
        List<Matcher> matchers = sequences(new GrammarCompiler(VOCABULARY), 4, 2);
        TokenMask[] masks = new TokenMask[4];
        Thread.currentThread().interrupt();
        try {
            List<MaskBatch.Failure> failures = new MaskBatch(HERE, 2).masks(matchers, masks);
            assertEquals(4, failures.size());
            failures.forEach(failure -> assertInstanceOf(CancelledException.class, failure.cause()));
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertEquals(List.of(), new MaskBatch(HERE, 2).masks(matchers, masks));
        assertEquals(matchers.get(3).mask(), masks[3]);
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAnythingIsWritten() {
        List<Matcher> matchers = sequences(new GrammarCompiler(VOCABULARY), 2, 2);
        MaskBatch batch = new MaskBatch(HERE, 2);
        LongBuffer bits = LongBuffer.allocate(2 * words());
        List<Matcher> twice = List.of(matchers.get(0), matchers.get(0));
        assertThrows(InvalidInputException.class, () -> batch.fill(twice, bits, words()));
        assertThrows(InvalidInputException.class, () -> batch.masks(twice, new TokenMask[2]));
        assertThrows(InvalidInputException.class, () -> batch.masks(matchers, new TokenMask[1]));
        assertThrows(InvalidInputException.class, () -> batch.fill(matchers, bits, words() - 1));
        assertThrows(InvalidInputException.class, () -> batch.fill(matchers, bits, words() + 1));
        for (int[] rows : new int[][] {{0}, {0, 0}, {-1, 0}, {0, 2}, {0, Integer.MAX_VALUE}}) {
            assertThrows(InvalidInputException.class, () -> batch.fill(matchers, rows, bits, words()));
        }
        assertThrows(InvalidInputException.class, () -> new MaskBatch(HERE, 0));
        for (int i = 0; i < bits.capacity(); i++) {
            assertEquals(0, bits.get(i));
        }
    }

    /** A frame of a user who made a mistake. */
    private record Broken() implements State {

        @Override
        public void moves(int symbol, Moves moves) {
            throw new IllegalStateException("broken");
        }

        @Override
        public int[] results() {
            return NO_RESULTS;
        }

        @Override
        public void resume(int result, Moves moves) {}

        @Override
        public int distance(int result) {
            return 1;
        }
    }
}
