// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.core.Limits;
import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Budgets count tokens: masks under them, and the least number to the end, against all ways of so many tokens. */
class LeastTokensTest {

    private static final String ALPHABET = "aaabbc\"\né";
    private static final int DEEPEST = 4;

    static Vocabulary tokens(String... texts) {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int id = 0; id < texts.length; id++) {
            builder.token(id, texts[id]);
        }
        return builder.special(texts.length, "</s>").endIds(texts.length).build();
    }

    static CompiledGrammar compile(String gbnf, Vocabulary vocabulary) {
        return new GrammarCompiler(vocabulary).compile(new GbnfReader().read(gbnf));
    }

    @Test
    void masksUnderABudgetAreThoseOfAllWaysOfSoManyTokens() {
        int checked = checkRandom(0, 400, Limits.DEFAULT);
        assertTrue(checked > 600, checked + " places checked");
    }

    @Test
    void masksUnderABudgetAreTheSameWhereMemoryIsShortAndLittleIsKept() {
        int checked = checkRandom(400, 480, Limits.DEFAULT.withMaxCompileBytes(1L << 19));
        assertTrue(checked > 60, checked + " places checked");
    }

    @Test
    void whatIsNotDecidedInTimeIsLeftOutAndCounted() {
        int narrowed = 0;
        int checked = 0;
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Grammar grammar = new RandomGrammars(seed, RandomGrammars.Shape.SMALL).nextProductive();
            Vocabulary vocabulary =
                    RandomVocabulary.withAllBytes(random, 4 + random.nextInt(12), ALPHABET, 1 + random.nextInt(5));
            Limits hurried = Limits.DEFAULT.withBudgetDeadline(Duration.ofMillis(0));
            try {
                Matcher exact = new GrammarCompiler(vocabulary, Limits.DEFAULT)
                        .compile(grammar)
                        .matcher();
                Matcher matcher = new GrammarCompiler(vocabulary, hurried)
                        .compile(grammar)
                        .matcher();
                for (int step = 0; step < 4 && !matcher.isTerminated(); step++) {
                    int budget = 1 + random.nextInt(6);
                    if (exact.canEndWithin(budget)) {
                        String place = "seed " + seed + " " + grammar + " after " + Arrays.toString(matcher.tokens());
                        narrowed += assertNarrowed(exact.exactMask(budget), matcher, budget, place);
                        checked++;
                    }
                    int[] next = exact.mask().ids();
                    if (next.length == 0) {
                        break;
                    }
                    int token = next[random.nextInt(next.length)];
                    exact.accept(token);
                    matcher.accept(token);
                }
            } catch (UnsupportedFeatureException | LimitExceededException refusal) {
                // ambiguity past a limit
            }
        }
        assertTrue(checked > 200 && narrowed > 20, narrowed + " of " + checked + " masks narrowed");
    }

    /** Checks a mask that may leave tokens out; answers 1 if it does. */
    static int assertNarrowed(TokenMask exact, Matcher matcher, int budget, String place) {
        String where = place + " budget " + budget;
        TokenMask mask = matcher.mask(budget);
        int undecided = matcher.lastStats().undecided();
        for (int id : mask.ids()) {
            assertTrue(exact.allows(id), where + " token " + id);
        }
        assertEquals(exact.isEmpty(), mask.isEmpty(), where);
        assertTrue(mask.count() + undecided >= exact.count(), where + " undecided " + undecided);
        assertArrayEquals(exact.ids(), matcher.exactMask(budget).ids(), where);
        assertEquals(0, matcher.lastStats().undecided(), where);
        return undecided > 0 ? 1 : 0;
    }

    private static int checkRandom(long from, long to, Limits limits) {
        int checked = 0;
        for (long seed = from; seed < to; seed++) {
            Random random = new Random(seed);
            Grammar grammar = new RandomGrammars(seed, RandomGrammars.Shape.SMALL).nextProductive();
            int longest = 1 + random.nextInt(5);
            int count = 4 + random.nextInt(12);
            Vocabulary vocabulary = switch (random.nextInt(3)) {
                case 0 -> RandomVocabulary.of(random, count, ALPHABET, longest);
                case 1 -> RandomVocabulary.complete(random, count, ALPHABET, longest);
                default -> RandomVocabulary.withAllBytes(random, count, ALPHABET, longest);
            };
            try {
                CompiledGrammar compiled = new GrammarCompiler(vocabulary, limits).compile(grammar);
                checked += walk(compiled, random, "seed " + seed + " " + grammar);
            } catch (UnsupportedFeatureException | LimitExceededException refusal) {
                // ambiguity past a limit
            }
        }
        return checked;
    }

    /** Checks the places of one random text; answers how many. */
    static int walk(CompiledGrammar compiled, Random random, String where) {
        SlowBudget slow = new SlowBudget(compiled);
        Matcher matcher = compiled.matcher();
        int checked = 0;
        for (int step = 0; step < 4 && !matcher.isTerminated(); step++) {
            String place = where + " after " + Arrays.toString(matcher.tokens());
            StackSet set = slow.after(matcher.tokens());
            List<Integer> budgets = new ArrayList<>(List.of(0, 1, 2, 3, DEEPEST));
            Collections.shuffle(budgets, random);
            for (int budget : budgets) {
                assertMask(slow.mask(set, budget), matcher, budget, place);
                assertEquals(slow.fits(set, budget), matcher.canEndWithin(budget), place + " within " + budget);
            }
            int least = 0;
            while (least <= DEEPEST && !slow.fits(set, least)) {
                least++;
            }
            if (least <= DEEPEST) {
                assertEquals(least, matcher.leastTokensToEnd(), place);
            }
            checked++;
            int[] next = slow.mask(set, DEEPEST);
            if (next.length == 0) {
                break;
            }
            matcher.accept(next[random.nextInt(next.length)]);
        }
        return checked;
    }

    static void assertMask(int[] expected, Matcher matcher, int budget, String place) {
        String where = place + " budget " + budget;
        if (expected.length == 0 && !matcher.isAccepting()) {
            assertThrows(DeadEndException.class, () -> matcher.mask(budget), where);
        } else {
            assertArrayEquals(expected, matcher.mask(budget).ids(), where);
        }
    }

    @Test
    void aLongerTextOfFewerTokensFitsWhereAShorterOneOfMoreDoesNot() {
        CompiledGrammar grammar = compile("root ::= \"aaaa\" | \"b\" | \"abab\"", tokens("a", "b", "aa", "ba"));
        Matcher matcher = grammar.matcher();
        assertEquals(1, matcher.leastTokensToEnd());
        assertArrayEquals(new int[] {0, 1, 2}, matcher.mask(3).ids());
        assertArrayEquals(new int[] {1, 2}, matcher.mask(2).ids());
        matcher.accept(0);
        assertEquals(2, matcher.leastTokensToEnd());
        assertEquals(3, matcher.leastBytesToEnd());
    }

    @Test
    void theBudgetMayNeedALongerCompletionInBytes() {
        CompiledGrammar grammar = compile("root ::= \"x\" (\"yz\" | \"longer\")", tokens("x", "y", "z", "longer"));
        Matcher matcher = grammar.matcher();
        assertEquals(2, matcher.leastTokensToEnd());
        matcher.accept(0);
        assertArrayEquals(new int[] {3}, matcher.mask(1).ids());
        assertArrayEquals(new int[] {1, 3}, matcher.mask(2).ids());
    }

    @Test
    void whatTheVocabularyCannotSpellIsLeftOutAndSaid() {
        CompiledGrammar grammar = compile("root ::= \"a\" \"q\" | \"ab\"", tokens("a", "b"));
        Matcher matcher = grammar.matcher();
        assertEquals(2, matcher.leastTokensToEnd());
        assertArrayEquals(new int[] {0}, matcher.mask(2).ids());
        CompiledGrammar none = compile("root ::= \"a\" \"q\"", tokens("a", "b"));
        assertEquals(Integer.MAX_VALUE, none.matcher().leastTokensToEnd());
        DeadEndException dead =
                assertThrows(DeadEndException.class, () -> none.matcher().mask(9));
        assertTrue(String.valueOf(dead.getMessage()).contains("no number of tokens"), dead.getMessage());
    }

    @Test
    void namedTokensCountAndEndTokensDoNot() {
        Vocabulary vocabulary = Vocabulary.builder()
                .token(0, "a")
                .token(1, "b")
                .special(2, "<tool>")
                .special(3, "</s>")
                .endIds(3)
                .build();
        CompiledGrammar grammar = compile("root ::= \"a\" (<tool> | \"bbb\")", vocabulary);
        Matcher matcher = grammar.matcher();
        assertEquals(2, matcher.leastTokensToEnd());
        assertArrayEquals(new int[] {0}, matcher.mask(2).ids());
        assertThrows(DeadEndException.class, () -> matcher.mask(1));
        matcher.accept(0);
        assertArrayEquals(new int[] {2}, matcher.mask(2).ids());
        assertArrayEquals(new int[] {1, 2}, matcher.mask(3).ids());
        matcher.accept(2);
        assertEquals(0, matcher.leastTokensToEnd());
        assertArrayEquals(new int[] {3}, matcher.mask(0).ids());
    }

    @Test
    void theMessageSaysHowManyTokensAreNeeded() {
        CompiledGrammar grammar = compile("root ::= \"aaaaaa\"", tokens("a", "aa"));
        DeadEndException dead =
                assertThrows(DeadEndException.class, () -> grammar.matcher().mask(2));
        assertTrue(String.valueOf(dead.getMessage()).contains("at least 3"), dead.getMessage());
    }
}
