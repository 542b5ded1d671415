// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.testing.Countdown;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.canvas.CanvasParser;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class MatcherCancellationTest {

    private static final Vocabulary VOCABULARY = RandomVocabulary.complete(new Random(7), 3_000, "abcdefg ,", 6);

    private static final List<String> GRAMMARS = List.of(
            "root ::= ([a-c]{1,5} \" \"?){1,9}",
            "root ::= \"a\" root \"b\"? | [a-f]",
            "root ::= item (\",\" item)*\nitem ::= \"(\" root \")\" | [a-g]{2,40} | \"a\" [b-e]*");

    private static CompiledGrammar compiled(String grammar) {
        return new GrammarCompiler(VOCABULARY).compile(new GbnfReader().read(grammar));
    }

    private static int[] path(CompiledGrammar grammar) {
        Matcher matcher = grammar.matcher();
        int[] ids = matcher.mask().ids();
        for (int i = 0; i < 4 && ids.length > 0; i++) {
            matcher.accept(ids[ids.length / 2]);
            ids = matcher.mask().ids();
        }
        return matcher.tokens();
    }

    @Test
    void aMaskThatIsCancelledAtAnyLookLeavesTheMatcherAsItWas() {
        for (String grammar : GRAMMARS) {
            assertTrue(endEverywhere(grammar, Countdown::cancelling) > 20);
        }
    }

    @Test
    void aMaskThatIsInterruptedAtAnyLookLeavesTheMatcherAsItWas() {
        for (String grammar : GRAMMARS) {
            assertTrue(endEverywhere(grammar, Countdown::interrupting) > 20);
        }
    }

    /** Ends the masks along a path at the k-th look, for each k; answers how many there are. */
    private static long endEverywhere(String grammar, LongFunction<Countdown> kind) {
        int[] path = path(compiled(grammar));
        Matcher oracle = compiled(grammar).matcher();
        long look = 0;
        Countdown countdown;
        do {
            look += 1 + look / 16; // all of the first, then fewer and fewer
            countdown = kind.apply(look);
            Matcher ended = compiled(grammar).matcher(countdown.cancellation());
            Matcher sound = oracle.fork();
            for (int token : path) {
                try {
                    assertEquals(sound.mask(), ended.mask());
                    assertEquals(sound.mask(9), ended.mask(9));
                    ended.accept(token);
                } catch (CancelledException expected) {
                    assertTrue(countdown.isOver());
                    Thread.interrupted();
                    assertEquals(sound.length(), ended.length());
                    ended = ended.fork(new Cancellation());
                    assertEquals(sound.mask(), ended.mask());
                    assertEquals(sound.mask(9), ended.mask(9));
                    ended.accept(token);
                }
                sound.accept(token);
            }
            assertArrayEquals(path, ended.tokens());
            assertEquals(sound.mask(), ended.fork(new Cancellation()).mask());
        } while (countdown.isOver());
        return look;
    }

    @Test
    void aCanvasThatIsCancelledAtAnyLookLeavesTheParserAsItWas() {
        CompiledGrammar grammar = compiled(GRAMMARS.get(2));
        Canvas canvas = Canvas.builder(VOCABULARY).gap(4).build();
        TokenMask first = new CanvasParser(grammar).parse(canvas).mask(0);
        CanvasParser parser = new CanvasParser(grammar);
        Countdown countdown;
        long look = 0;
        do {
            look += 1 + look / 2;
            countdown = Countdown.cancelling(look);
            WorkBudget budget = new WorkBudget(grammar.limits(), countdown.cancellation());
            if (look % 3 == 0) {
                parser = new CanvasParser(grammar);
            }
            try {
                assertEquals(first, parser.parse(canvas, budget).mask(0));
            } catch (CancelledException expected) {
                assertTrue(countdown.isOver());
            }
        } while (countdown.isOver());
        assertEquals(first, parser.parse(canvas).mask(0));
    }

    @Test
    void aCancelledMatcherMakesNoMaskAndItsForksNone() {
        Cancellation cancellation = new Cancellation();
        Matcher matcher = compiled(GRAMMARS.get(0)).matcher(cancellation);
        matcher.mask();
        cancellation.cancel();
        assertThrows(CancelledException.class, matcher::mask);
        assertThrows(CancelledException.class, () -> matcher.fork().mask(5));
        assertThrows(CancelledException.class, matcher::leastBytesToEnd);
        assertTrue(matcher.fork(new Cancellation()).mask().count() > 0);
    }

    @Test
    void theSameMaskTakesTheSameWork() {
        for (String grammar : GRAMMARS) {
            long[] work = new long[2];
            for (int trial = 0; trial < 2; trial++) {
                Matcher matcher = compiled(grammar).matcher();
                matcher.mask();
                work[trial] = matcher.lastWork();
            }
            assertTrue(work[0] > 0);
            assertEquals(work[0], work[1]);
        }
    }

    @Test
    void whatOneMaskWorksOutIsBoundedInBytes() {
        Limits limits = Limits.DEFAULT.withMaxCompileBytes(4_000);
        CompiledGrammar grammar = new GrammarCompiler(VOCABULARY, limits)
                .compile(AutomatonCompiler.compile(
                        new GbnfReader().read(GRAMMARS.get(0)), Map.of(), WorkBudget.standard()));
        Matcher matcher = grammar.matcher();
        LimitExceededException tooMuch = assertThrows(LimitExceededException.class, matcher::mask);
        assertEquals("maxCompileBytes", tooMuch.limit());
        assertEquals(0, matcher.length());
    }
}
