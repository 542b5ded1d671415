// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.frame.MaskStore;
import dev.espalier.mask.frame.Tuning;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MatcherLimitsTest {

    private static final Vocabulary LETTERS = Vocabulary.builder()
            .token(0, "a")
            .token(1, "b")
            .token(2, "ab")
            .special(3, "<end>")
            .special(4, "<stop>")
            .endIds(3, 4)
            .size(7)
            .build();

    private static Matcher matcher(String gbnf) {
        return new GrammarCompiler(LETTERS).compile(new GbnfReader().read(gbnf)).matcher();
    }

    @Test
    void endTokensEndOnceAndOnlyWhereTheTextIsComplete() {
        Matcher matcher = matcher("root ::= \"a\" \"a\"?");
        assertArrayEquals(new int[] {0}, matcher.mask().ids());
        assertThrows(InvalidTokenException.class, () -> matcher.accept(3));
        matcher.accept(0);
        assertArrayEquals(new int[] {0, 3, 4}, matcher.mask().ids());
        matcher.accept(4);
        assertTrue(matcher.isTerminated() && matcher.isAccepting());
        assertEquals(0, matcher.mask().count());
        assertThrows(InvalidTokenException.class, () -> matcher.accept(0));
        assertThrows(InvalidTokenException.class, () -> matcher.accept(3));
        matcher.rollback(1);
        assertFalse(matcher.isTerminated());
        assertArrayEquals(new int[] {0, 3, 4}, matcher.mask().ids());
    }

    @Test
    void idsOutsideTheVocabularyAndPaddingAreRefused() {
        Matcher matcher = matcher("root ::= [ab]*");
        for (int id : new int[] {-1, 5, 6, 7, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThrows(InvalidTokenException.class, () -> matcher.accept(id));
            assertFalse(matcher.allows(id));
        }
        assertArrayEquals(new int[] {0, 1, 2, 3, 4}, matcher.mask().ids());
        long[] words = new long[3];
        matcher.fillMask(words);
        assertArrayEquals(new long[] {0b11111, 0, 0}, words);
        assertThrows(InvalidInputException.class, () -> matcher.fillMask(new long[0]));
    }

    @Test
    void aVocabularyWithoutTheNeededByteIsADeadEnd() {
        Matcher matcher = matcher("root ::= \"a\" \"c\"");
        matcher.accept(0);
        assertThrows(DeadEndException.class, matcher::mask);
        assertThrows(DeadEndException.class, () -> matcher.mask(10));
    }

    @Test
    void rollbackStaysInItsWindow() {
        Limits limits = Limits.DEFAULT.withRollbackWindow(20);
        Matcher matcher = new GrammarCompiler(LETTERS, limits)
                .compile(new GbnfReader().read("root ::= (\"ab\")* \"b\""))
                .matcher();
        for (int i = 0; i < 1_000; i++) {
            matcher.accept(i % 2);
        }
        assertThrows(LimitExceededException.class, () -> matcher.rollback(21));
        matcher.rollback(19);
        assertEquals(981, matcher.length());
        assertArrayEquals(new int[] {1}, matcher.mask().ids());
        matcher.rollback(1);
        assertArrayEquals(new int[] {0, 1, 2}, matcher.mask().ids());
        assertThrows(LimitExceededException.class, () -> matcher.rollback(1));
        assertThrows(InvalidInputException.class, () -> matcher.rollback(-1));
        assertThrows(InvalidInputException.class, () -> matcher.rollback(2_000));
    }

    @Test
    void aMaskPastItsDeadlineIsATypedError() {
        Vocabulary vocabulary = RandomVocabulary.complete(new java.util.Random(1), 20_000, "abcdefghijk", 12);
        Limits limits = Limits.DEFAULT.withStepDeadline(Duration.ofMillis(0));
        Matcher matcher = new GrammarCompiler(vocabulary, limits)
                .compile(new GbnfReader().read("root ::= [a-k]*"))
                .matcher();
        LimitExceededException failure = assertThrows(LimitExceededException.class, matcher::mask);
        assertEquals("stepDeadline", failure.limit());
        matcher.accept(0);
        assertTrue(matcher.isAccepting());
    }

    @Test
    void aMaskOfManyFramesThatMayEndLooksAtTheClock() {
        Limits limits = Limits.DEFAULT.withStepDeadline(Duration.ofMillis(0));
        Matcher matcher = new GrammarCompiler(LETTERS, limits)
                .compile(new GbnfReader().read("root ::= \"a\" (root [ab]?)? \"b\"?"))
                .matcher();
        for (int i = 0; i < 50_000; i++) {
            matcher.accept(0);
        }
        LimitExceededException failure = assertThrows(LimitExceededException.class, matcher::mask);
        assertEquals("stepDeadline", failure.limit());
    }

    @Test
    void specialTokensMustExist() {
        GrammarCompiler compiler = new GrammarCompiler(LETTERS);
        assertThrows(ReferenceException.class, () -> compiler.compile(special("<none>", -1)));
        assertThrows(InvalidInputException.class, () -> compiler.compile(special("", 5)));
        assertThrows(InvalidInputException.class, () -> compiler.compile(special("", 99)));
        Matcher matcher = compiler.compile(special("<stop>", -1)).matcher();
        assertArrayEquals(new int[] {0, 2, 4}, matcher.mask().ids());
        matcher.accept(4);
        assertArrayEquals(new int[] {3, 4}, matcher.mask().ids());
    }

    private static Grammar special(String name, int id) {
        return Grammar.of(Expression.Choice.of(new Expression.SpecialToken(name, id), Expression.Literal.of("ab")));
    }

    @Test
    void storesStayUnderTheirLimitAndMasksStayTheSame() {
        Vocabulary vocabulary = RandomVocabulary.complete(new java.util.Random(2), 3_000, "abcdefghijk", 6);
        Limits small = Limits.DEFAULT.withMaxCacheBytes(60_000);
        MaskStore store = new MaskStore(vocabulary, small);
        Tuning noShortWalks = new Tuning(0, 100, 16, true, 256, 64, 1);
        for (int round = 0; round < 3; round++) {
            for (int n = 1; n < 60; n++) {
                Grammar grammar = new GbnfReader().read("root ::= [a-k]{" + n + "} [a-e]{" + n + "}");
                GrammarCompiler compiler = new GrammarCompiler(vocabulary, small, store, noShortWalks);
                TokenMask mask = compiler.compile(grammar).matcher().mask();
                assertEquals(
                        new GrammarCompiler(vocabulary)
                                .compile(grammar)
                                .matcher()
                                .mask(),
                        mask);
                assertTrue(compiler.cacheBytes() <= 60_000, compiler.stats() + "");
            }
        }
        assertTrue(store.stats().evictions() > 0);
        store.clear();
        assertEquals(0, store.stats().bytes());
    }

    @Test
    void storesBelongToOneVocabulary() {
        MaskStore store = new MaskStore(LETTERS, Limits.DEFAULT);
        assertThrows(
                InvalidInputException.class, () -> new GrammarCompiler(LETTERS.withSize(9), Limits.DEFAULT, store));
        assertEquals(
                0,
                new GrammarCompiler(LETTERS.withEndIds(3), Limits.DEFAULT, store)
                        .stats()
                        .entries());
    }

    @Test
    void threadsThatShareAGrammarSeeWhatOneThreadSees() throws Exception {
        Vocabulary vocabulary = RandomVocabulary.complete(new java.util.Random(3), 2_000, "abc{}[]\",:1 ", 6);
        Grammar grammar = JsonText.grammar(JsonText.ANY);
        String alone = walk(new GrammarCompiler(vocabulary).compile(grammar), 0);
        CompiledGrammar shared = new GrammarCompiler(vocabulary).compile(grammar);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> tasks = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                int seed = i % 4;
                tasks.add(() -> walk(shared, seed));
            }
            List<Future<String>> all = pool.invokeAll(tasks);
            for (int i = 0; i < all.size(); i++) {
                assertEquals(all.get(i % 4).get(), all.get(i).get());
            }
            assertEquals(alone, all.get(0).get());
        } finally {
            pool.shutdownNow();
        }
    }

    private static String walk(CompiledGrammar compiled, int seed) {
        java.util.Random random = new java.util.Random(seed);
        Matcher matcher = compiled.matcher();
        StringBuilder digest = new StringBuilder();
        for (int i = 0; i < 60 && !matcher.isTerminated(); i++) {
            TokenMask mask = matcher.mask();
            digest.append(mask.hashCode()).append(' ');
            int[] ids = mask.ids();
            matcher.accept(ids[random.nextInt(ids.length)]);
        }
        return digest.toString();
    }
}
