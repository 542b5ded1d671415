// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.error.DeadEndException;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.frame.MaskStore;
import dev.espalier.mask.frame.Tuning;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Masks, budgets and forced bytes of sets of stacks that are packed: against every token read by itself, and against matchers that
 * merge.
 */
class PackedMasksTest {

    private static final Tuning PACKING = new Tuning(8_000, 4_000, 16, true, 256, 64, 24L << 20, 0, 0);
    private static final Tuning PACKING_SMALL = new Tuning(0, 5, 1, true, 1, 3, 24L << 20, 0, 0);

    private static final String DEEP = "root ::= s\ns ::= \"a\" s \"b\"? | \"a\"\n";
    private static final String NESTED = """
            root ::= r0 | [a-z] r1
            r0 ::= r1 . (r1){3,} r0 r0 | [\\]] r1
            r1 ::= (r0 "\\U0001F600"){0,3} [a-z] | [a-] r0
            """;

    private static final List<String> GRAMMARS = List.of(
            DEEP,
            NESTED,
            "root ::= s\ns ::= s s s | s s | \"a\" | \"b\" s? \"c\"\n",
            "root ::= p \".\"?\np ::= \"a\" p \"a\" | \"b\" p \"b\" | \"a\" | \"b\"\n",
            "root ::= x \"c\"* | \"a\"* y\nx ::= \"a\" x \"b\" | \"ab\"\ny ::= \"b\" y \"c\" | \"bc\"\n",
            "root ::= t{0,40} \"b\"\nt ::= \"a\" t? \"b\"? | \"aa\" | (t){2,9} \"a\"\n",
            "root ::= w (\" \" w)*\nw ::= [a-c]+ w? | \"a\" w \"b\"? | [a-z]{1,5} w?\n",
            "root ::= s\ns ::= x? s \"a\"? s | \"a\" | \"b\"\nx ::= s \"b\"? | x x | \"a\"?\n");

    private static Matcher matcher(Vocabulary vocabulary, String grammar, Tuning tuning) {
        Limits limits = Limits.DEFAULT.withStepDeadline(Duration.ofMillis(600_000));
        return new GrammarCompiler(vocabulary, limits, new MaskStore(vocabulary, limits), tuning)
                .compile(new GbnfReader().read(grammar))
                .matcher();
    }

    @Test
    void masksOfPackedSetsAreThoseOfMergedOnesAndOfEveryTokenByItself() {
        for (long seed = 0; seed < 2L * GRAMMARS.size(); seed++) {
            Random random = new Random(seed);
            String grammar = GRAMMARS.get((int) (seed % GRAMMARS.size()));
            Vocabulary vocabulary =
                    RandomVocabulary.withAllBytes(random, 120, "aaabbc] -.\ud83d\ude00", 1 + random.nextInt(7));
            Matcher packing = matcher(vocabulary, grammar, random.nextBoolean() ? PACKING : PACKING_SMALL);
            Matcher merging = matcher(vocabulary, grammar, Tuning.DEFAULT);
            for (int step = 0; step < 8 && !packing.isTerminated(); step++) {
                String where = "seed " + seed + " step " + step + " " + grammar;
                int[] allowed = packing.mask().ids();
                assertArrayEquals(merging.mask().ids(), allowed, where);
                int[] each = IntStream.range(0, vocabulary.size())
                        .filter(packing::allows)
                        .toArray();
                assertArrayEquals(each, allowed, where);
                assertEquals(merging.leastBytesToEnd(), packing.leastBytesToEnd(), where);
                assertEquals(merging.isAccepting(), packing.isAccepting(), where);
                assertArrayEquals(merging.forced(), packing.forced(), where);
                int budget = packing.leastBytesToEnd() + random.nextInt(4);
                if (!grammar.equals(NESTED)) { // whose budgets are searches that run out of memory, packed or not
                    assertArrayEquals(within(merging, budget), within(packing, budget), where);
                }
                int token = allowed[random.nextInt(allowed.length)];
                packing.accept(token);
                merging.accept(token);
            }
        }
    }

    private static int token(Vocabulary vocabulary, String text) {
        return IntStream.range(0, vocabulary.size())
                .filter(id -> vocabulary.text(id).equals(text))
                .findFirst()
                .orElseThrow();
    }

    private static int[] within(Matcher matcher, int budget) {
        try {
            return matcher.mask(budget).ids();
        } catch (DeadEndException none) {
            return new int[0];
        }
    }

    @Test
    void aThousandLevelsThatMayAllEndAtOnceHaveAMask() {
        Vocabulary vocabulary = RandomVocabulary.withAllBytes(new Random(3), 60, "aab", 5);
        int a = token(vocabulary, "a");
        int b = token(vocabulary, "b");
        Matcher matcher = matcher(vocabulary, DEEP, Tuning.DEFAULT);
        for (int i = 0; i < 1_000; i++) {
            matcher.accept(a);
        }
        matcher.accept(b);
        assertTrue(matcher.isAccepting());
        assertEquals(0, matcher.leastBytesToEnd());
        assertEquals(0, matcher.forced().length);
        assertArrayEquals(
                IntStream.range(0, vocabulary.size()).filter(matcher::allows).toArray(),
                matcher.mask().ids());
        assertTrue(matcher.allows(b));
        assertFalse(matcher.allows(a));
        matcher.rollback(1);
        assertTrue(matcher.allows(a));
    }
}
