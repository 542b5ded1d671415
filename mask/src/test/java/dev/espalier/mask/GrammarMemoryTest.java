// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.state.State;
import dev.espalier.core.Limits;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.frame.MaskInterner;
import dev.espalier.mask.frame.MaskStore;
import dev.espalier.mask.frame.Tuning;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GrammarMemoryTest {

    private static final String ALPHABET = "abcdefghij\"";
    private static final Vocabulary VOCABULARY = RandomVocabulary.complete(new Random(9), 20_000, ALPHABET, 5);

    /** Letters but one, for ever: a state that equals none of another grammar. */
    private static final class Letters implements State {

        private final byte[] ballast = new byte[1 << 20];
        private final int without;

        Letters(int without) {
            this.without = without;
        }

        @Override
        public void moves(int symbol, Moves moves) {
            if (symbol >= 'a' && symbol <= 'j' && symbol != without && ballast.length > 0) {
                moves.stay(this);
            }
        }

        @Override
        public int[] results() {
            return RESULT_ZERO;
        }

        @Override
        public void resume(int result, Moves moves) {}

        @Override
        public int distance(int result) {
            return 0;
        }
    }

    /** A compiler that walks for no mask twice: every state's mask is kept. */
    private static GrammarCompiler compiler(Limits limits) {
        return new GrammarCompiler(
                VOCABULARY,
                limits,
                new MaskStore(VOCABULARY, limits),
                new Tuning(0, 4_000, 16, true, 256, 64, 24L << 20));
    }

    @Test
    void masksOfStatesThatNoOtherGrammarHasGoWithTheirGrammar() throws InterruptedException {
        GrammarCompiler compiler = compiler(Limits.DEFAULT);
        List<WeakReference<CompiledGrammar>> dropped = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            CompiledGrammar grammar = compiler.compile(PushdownAutomaton.of(new Letters('a' + i % 10)));
            grammar.matcher().mask();
            assertEquals(1, grammar.memory().ownMasks());
            assertEquals(1, grammar.memory().idleWorkers());
            dropped.add(new WeakReference<>(grammar));
        }
        assertEquals(0, compiler.stats().entries());
        for (int i = 0; i < 100 && dropped.stream().anyMatch(each -> each.get() != null); i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertTrue(dropped.stream().allMatch(each -> each.get() == null));
        assertEquals(0, compiler.memories().bytes());
        CompiledGrammar last = compiler.compile(PushdownAutomaton.of(new Letters('a')));
        for (int i = 0; i < 300 && compiler.memories().size() > 1; i++) { // references are handed over a little later
            System.gc(); // the last one is dropped, too
            Thread.sleep(10);
            last = compiler.compile(PushdownAutomaton.of(new Letters('a')));
        }
        assertTrue(compiler.memories().size() <= 2, compiler.memories().size() + " memories");
        Reference.reachabilityFence(last);
    }

    @Test
    void equalMasksOfDifferentGrammarsAreOneObject() {
        GrammarCompiler compiler = compiler(Limits.DEFAULT);
        TokenMask one = compiler.compile(PushdownAutomaton.of(new Letters('c')))
                .matcher()
                .mask();
        TokenMask other = compiler.compile(PushdownAutomaton.of(new Letters('d')))
                .matcher()
                .mask();
        CompiledGrammar again = compiler.compile(PushdownAutomaton.of(new Letters('c')));
        assertFalse(one.isSparse());
        assertNotSame(one, other);
        // The whole mask has the end tokens, too, and is joined anew; the frame's own is shared.
        assertEquals(one, again.matcher().mask());
        MaskInterner interner = new MaskInterner();
        TokenMask copy = TokenMask.ofBits(one.size(), bits(one));
        assertSame(interner.intern(one), interner.intern(copy));
        assertSame(other, interner.intern(other));
        Reference.reachabilityFence(one);
    }

    private static long[] bits(TokenMask mask) {
        long[] words = new long[mask.words()];
        mask.copyTo(words);
        return words;
    }

    @Test
    void memoriesStayWithinTheirLimitAndForgettingChangesNoMask() {
        Limits limits = Limits.DEFAULT.withMaxCacheBytes(400_000);
        GrammarCompiler compiler = compiler(limits);
        List<CompiledGrammar> kept = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            CompiledGrammar grammar = compiler.compile(PushdownAutomaton.of(new Letters('a' + i % 10)));
            assertEquals(expected(i), grammar.matcher().mask());
            kept.add(grammar);
            assertTrue(
                    compiler.memories().bytes() <= 200_000, compiler.memories().bytes() + " bytes");
        }
        long remembering =
                kept.stream().filter(each -> each.memory().bytes() > 0).count();
        assertTrue(remembering > 0 && remembering < 40, remembering + " of 40");
        assertTrue(kept.get(39).memory().bytes() > 0);
        for (int i = 0; i < 40; i++) {
            assertEquals(expected(i), kept.get(i).matcher().mask());
        }
    }

    private static TokenMask expected(int i) {
        return compiler(Limits.DEFAULT)
                .compile(PushdownAutomaton.of(new Letters('a' + i % 10)))
                .matcher()
                .mask();
    }

    @Test
    void moreGrammarsThanWereOnceKeptAtRestKeepTheirWorkers() {
        GrammarCompiler compiler = new GrammarCompiler(VOCABULARY);
        List<Matcher> matchers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String grammar = "root ::= [a-c]{1," + (i + 1) + "}";
            matchers.add(compiler.compile(new GbnfReader().read(grammar)).matcher());
        }
        for (int round = 0; round < 3; round++) {
            for (Matcher matcher : matchers) {
                matcher.mask();
                assertEquals(round > 0, matcher.lastStats().remembered());
            }
        }
    }

    @Test
    void wherePlaceIsShortWorkersForgetTheirTransitionsBeforeTheirMasks() {
        GrammarCompiler compiler = compiler(Limits.DEFAULT);
        CompiledGrammar grammar =
                compiler.compile(new GbnfReader().read("root ::= (\"ab\" | \"cd\" | [e-g] root)* \"h\""));
        Matcher matcher = grammar.matcher();
        TokenMask first = matcher.mask();
        matcher.accept(ALPHABET.indexOf('e'));
        TokenMask second = matcher.mask();
        long before = grammar.memory().bytes();
        long freed = grammar.memory().slim();
        assertTrue(freed > 0, freed + " of " + before);
        assertTrue(grammar.memory().bytes() <= before);
        assertSame(second, matcher.mask());
        assertTrue(matcher.lastStats().remembered());
        assertSame(first, grammar.matcher().mask());
        matcher.accept(ALPHABET.indexOf('f'));
        for (int open = 3; open > 0; open--) {
            assertFalse(matcher.isAccepting());
            matcher.accept(ALPHABET.indexOf('h'));
        }
        assertTrue(matcher.isAccepting());
    }

    @Test
    void aClosedCompilerRemembersNothingAndItsGrammarsGoOn() {
        GrammarCompiler compiler = new GrammarCompiler(VOCABULARY);
        CompiledGrammar grammar = compiler.compile(PushdownAutomaton.of(new Letters('b')));
        CompiledGrammar rules = compiler.compile(new GbnfReader().read("root ::= \"\\\"\" [a-i]* \"\\\"\""));
        TokenMask before = grammar.matcher().mask();
        Matcher inside = rules.matcher();
        inside.accept(ALPHABET.indexOf('"'));
        inside.mask();
        assertTrue(compiler.cacheBytes() > 0);
        compiler.close();
        assertEquals(0, compiler.cacheBytes());
        assertEquals(before, grammar.matcher().mask());
    }
}
