// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Expression.Permutation;
import dev.espalier.grammar.gbnf.GbnfReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SlowRecognizerTest {

    private static SlowRecognizer gbnf(String text) {
        return new SlowRecognizer(new GbnfReader().read(text));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void leftRecursionEmptyRulesAndCyclesAreRead() {
        SlowRecognizer hidden = gbnf("root ::= opt root \"a\" | \"b\" | root\nopt ::= \"-\"?\n");
        for (String sentence : List.of("b", "ba", "-ba", "--baa", "-baa")) {
            assertTrue(hidden.accepts(utf8(sentence)), sentence);
        }
        for (String other : List.of("", "-", "a", "-b", "--ba")) {
            assertFalse(hidden.accepts(utf8(other)), other);
        }
        assertTrue(hidden.isPrefix(utf8("---")));
        assertFalse(hidden.isPrefix(utf8("ab")));
    }

    @Test
    void whatHasNoSentenceIsNeverEntered() {
        SlowRecognizer dead = gbnf("root ::= \"a\" | \"b\" x\nx ::= \"c\" x\n");
        assertTrue(dead.isPrefix(utf8("a")));
        assertFalse(dead.isPrefix(utf8("b")));
        assertFalse(gbnf("root ::= \"a\" root\n").isProductive());
    }

    @Test
    void charactersAreReadByteByByteAndNeverBeyondUnicode() {
        SlowRecognizer notA = gbnf("root ::= [^a]\n");
        assertTrue(notA.isPrefix(new byte[] {(byte) 0xF0, (byte) 0x9F}));
        assertTrue(notA.accepts(utf8("😀")));
        for (int[] bad : new int[][] {{0xC0}, {0xC1}, {0xED, 0xA0}, {0xE0, 0x80}, {0xF4, 0x90}, {0xF0, 0x80}, {0xFF}}) {
            byte[] bytes = new byte[bad.length];
            for (int i = 0; i < bad.length; i++) {
                bytes[i] = (byte) bad[i];
            }
            assertFalse(notA.isPrefix(bytes), java.util.Arrays.toString(bad));
        }
    }

    @Test
    void permutationsCountEachItemAndAllOfThem() {
        Permutation permutation = new Permutation(
                List.of(
                        new Permutation.Item(Literal.of("a"), 1, 1),
                        new Permutation.Item(Literal.of("b"), 0, 2),
                        new Permutation.Item(Expression.NOTHING, 0, 1)),
                Literal.of(","),
                1,
                2);
        SlowRecognizer recognizer = SlowRecognizer.of(permutation);
        for (String sentence : List.of("a", "a,b", "b,a")) {
            assertTrue(recognizer.accepts(utf8(sentence)), sentence);
        }
        for (String other : List.of("", "b", "a,", "b,b", "b,a,b", "a,a")) {
            assertFalse(recognizer.accepts(utf8(other)), other);
        }
        assertTrue(recognizer.isPrefix(utf8("b,")));
        assertFalse(recognizer.isPrefix(utf8("a,b,")));
        assertFalse(recognizer.isPrefix(utf8("b,b")));
    }

    @Test
    void regularExpressionsAgreeWithJavaOnSentencesAndPrefixes() {
        long seed = 20261120;
        RandomGrammars grammars = new RandomGrammars(seed, new RandomGrammars.Shape(1, 4, false, false));
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            Expression expression = grammars.nextRegular();
            SlowRecognizer recognizer = SlowRecognizer.of(expression);
            Pattern pattern = Pattern.compile(java(expression));
            for (int i = 0; i < 8; i++) {
                StringBuilder text = new StringBuilder();
                for (int left = random.nextInt(7); left > 0; left--) {
                    text.append((char) ('a' + random.nextInt(3)));
                }
                Matcher matcher = pattern.matcher(text);
                boolean matches = matcher.matches();
                String about = "seed " + seed + " round " + round + ": " + expression + " on " + text;
                assertEquals(matches, recognizer.accepts(utf8(text.toString())), about);
                // hitEnd is only an upper bound: the engine may give up late
                boolean extensible = matches || matcher.hitEnd();
                if (!extensible) {
                    assertFalse(recognizer.isPrefix(utf8(text.toString())), about);
                }
            }
        }
    }

    private static String java(Expression expression) {
        if (expression instanceof Literal literal) {
            return "(?:" + literal.bytes().toUtf8() + ")";
        } else if (expression instanceof Expression.CharacterClass one) {
            return one.members().rangeCount() == 1
                            && one.members().first(0) == one.members().last(0)
                    ? "a"
                    : "[ab]";
        } else if (expression instanceof Expression.Sequence sequence) {
            StringBuilder text = new StringBuilder("(?:");
            sequence.items().forEach(item -> text.append(java(item)));
            return text.append(')').toString();
        } else if (expression instanceof Expression.Choice choice) {
            return "(?:"
                    + String.join(
                            "|",
                            choice.alternatives().stream()
                                    .map(SlowRecognizerTest::java)
                                    .toList()) + ")";
        }
        Expression.Repeat repeat = (Expression.Repeat) expression;
        return "(?:" + java(repeat.item()) + "){" + repeat.min() + "," + (repeat.max() < 0 ? "" : repeat.max()) + "}";
    }
}
