// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Text that is written already, tokens that must come, and masks in other forms. */
class MatcherWrittenTest implements CountedTrials {

    private static final String ALPHABET = "aaabbc\"\n\u00e9";

    private int compared;
    private int refusals;

    @Override
    public void afterTrials() {
        assertTrue(refusals == 0 || compared > refusals, compared + " compared, " + refusals + " refused");
    }

    /** A matcher behind a prefix, beside one of a grammar that begins with it. */
    @RandomTrials(300)
    void aPrefixIsReadAsIfTheGrammarBeganWithIt(long seed, Random random) {
        Grammar grammar = new RandomGrammars(seed, RandomGrammars.Shape.SMALL).nextProductive();
        Vocabulary vocabulary = RandomVocabulary.complete(random, 50, ALPHABET, 1 + random.nextInt(6));
        StringBuilder prefix = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            prefix.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        Map<String, Expression> rules = new LinkedHashMap<>(grammar.rules());
        rules.put(
                "behind",
                Expression.Sequence.of(
                        Expression.Literal.of(prefix.toString()), new Expression.RuleReference(grammar.root())));
        try (GrammarCompiler compiler = new GrammarCompiler(vocabulary)) {
            Matcher expected = compiler.compile(new Grammar("behind", rules)).matcher();
            Matcher actual = compiler.compile(grammar).matcherAfter(prefix.toString());
            for (int step = 0; step < 10; step++) {
                TokenMask mask = maskOf(expected);
                assertEquals(mask, maskOf(actual));
                if (mask.isEmpty()) {
                    break;
                }
                assertEquals(expected.leastBytesToEnd(), actual.leastBytesToEnd());
                int[] allowed = mask.sortedIds();
                int token = allowed[random.nextInt(allowed.length)];
                expected.accept(token);
                actual.accept(token);
                assertEquals(expected.isAccepting(), actual.isAccepting());
            }
            actual.reset();
            assertEquals(maskOf(compiler.compile(new Grammar("behind", rules)).matcher()), maskOf(actual));
            compared++;
        } catch (UnsupportedFeatureException refused) {
            refusals++;
        }
    }

    /** The mask; empty at a dead end, where the vocabulary lacks a byte. */
    private static TokenMask maskOf(Matcher matcher) {
        try {
            return matcher.mask();
        } catch (DeadEndException e) {
            return TokenMask.none(matcher.grammar().vocabulary().size());
        }
    }

    @RandomTrials(200)
    void writtenTextLeadsWhereItsTokensLead(long seed, Random random) {
        Grammar grammar = new RandomGrammars(seed, RandomGrammars.Shape.SMALL).nextProductive();
        Vocabulary vocabulary = RandomVocabulary.complete(random, 50, ALPHABET, 3);
        try (GrammarCompiler compiler = new GrammarCompiler(vocabulary)) {
            CompiledGrammar compiled = compiler.compile(grammar);
            Matcher tokens = compiled.matcher();
            Matcher text = compiled.matcher();
            for (int step = 0; step < 8 && !tokens.isTerminated(); step++) {
                int[] forced = tokens.forcedTokens(5);
                int[] allowed = maskOf(tokens).sortedIds();
                assertEquals(allowed.length == 1, forced.length > 0);
                if (allowed.length == 0) {
                    break;
                }
                int token = forced.length > 0 ? forced[0] : allowed[random.nextInt(allowed.length)];
                tokens.accept(token);
                if (tokens.isTerminated()) {
                    break;
                }
                text.acceptText(bytes(vocabulary.bytes(token)));
                assertEquals(maskOf(tokens), maskOf(text));
                if (forced.length > 1) {
                    assertArrayEquals(new int[] {forced[1]}, tokens.mask().sortedIds());
                }
            }
            compared++;
        } catch (UnsupportedFeatureException refused) {
            refusals++;
        }
    }

    private static byte[] bytes(ByteString text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) text.at(i);
        }
        return bytes;
    }

    private static final Vocabulary TOY = Vocabulary.builder()
            .token(0, "ab")
            .token(1, "a")
            .token(2, "b")
            .token(3, "abc")
            .token(4, "c")
            .special(5, "<end>")
            .endIds(5)
            .build();

    @Test
    void aTokenIsHealed() {
        try (GrammarCompiler compiler = new GrammarCompiler(TOY)) {
            CompiledGrammar grammar = compiler.compile(new GbnfReader().read("root ::= \"c\" \"b\"*"));
            Matcher matcher = grammar.matcherAfter("ab"); // the prompt ended with token 0
            assertArrayEquals(new int[] {0, 1, 3}, matcher.mask().sortedIds());
            matcher.accept(3);
            assertArrayEquals(new int[] {2, 5}, matcher.mask().sortedIds());
            Matcher text = grammar.matcher();
            text.acceptText("cbb".getBytes(StandardCharsets.UTF_8));
            assertTrue(text.isAccepting());
            InvalidInputException refused = assertThrows(
                    InvalidInputException.class,
                    () -> text.acceptText(("b".repeat(1500) + "cbb").getBytes(StandardCharsets.UTF_8)));
            assertTrue(String.valueOf(refused.getMessage()).startsWith("byte 1500 of a text of 1503 bytes"));
            assertTrue(text.isAccepting(), "it is where it was");
        }
    }

    @Test
    void tokensThatMustComeAreForcedToTheEnd() {
        try (GrammarCompiler compiler = new GrammarCompiler(TOY)) {
            Matcher matcher = compiler.compile(new GbnfReader().read("root ::= \"b\" \"c\" \"bc\" | \"bcbb\""))
                    .matcher();
            assertArrayEquals(new int[] {2, 4, 2}, matcher.forcedTokens(10));
            assertArrayEquals(new int[] {2, 4}, matcher.forcedTokens(2));
            assertEquals(0, matcher.length());
            matcher.accept(2);
            matcher.accept(4);
            matcher.accept(2);
            matcher.accept(4);
            assertArrayEquals(new int[] {5}, matcher.forcedTokens(10));
        }
    }

    @RandomTrials(200)
    void masksOfIntsAreThoseOfLongs(Random random) {
        int size = 1 + random.nextInt(1500);
        int[] ids = random.ints(random.nextInt(random.nextBoolean() ? 20 : 1500), 0, size)
                .distinct()
                .toArray();
        TokenMask mask = TokenMask.of(size, ids);
        TokenMask dense = TokenMask.ofBits(size, words(mask));
        int from = random.nextInt(3);
        int length = (size + 31) / 32 + random.nextInt(3);
        int[] target = random.ints(from + length + 1).toArray();
        int last = target[from + length];
        for (TokenMask each : List.of(mask, dense)) {
            each.copyTo(target, from, length);
            for (int id = 0; id < 32 * length; id++) {
                assertEquals(id < size && mask.allows(id), (target[from + id / 32] >>> id % 32 & 1) == 1);
            }
            assertEquals(last, target[from + length]);
        }
        assertThrows(InvalidInputException.class, () -> mask.copyTo(target, 0, (size + 31) / 32 - 1));
        assertThrows(InvalidInputException.class, () -> mask.copyTo(target, 3, target.length));
    }

    private static long[] words(TokenMask mask) {
        long[] words = new long[mask.words()];
        mask.copyTo(words);
        return words;
    }

    @Test
    void aBatchReadsTokensAndFillsIntsAndOneFailsAlone() {
        try (GrammarCompiler compiler = new GrammarCompiler(TOY)) {
            CompiledGrammar grammar = compiler.compile(new GbnfReader().read("root ::= \"ab\"{2} \"c\"*"));
            List<Matcher> matchers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                matchers.add(grammar.matcher());
            }
            MaskBatch batch = new MaskBatch(Runnable::run, 2);
            List<MaskBatch.Failure> failures = batch.accept(matchers, new int[] {0, 4, 1, 0});
            assertEquals(
                    List.of(1), failures.stream().map(MaskBatch.Failure::index).toList());
            assertTrue(failures.get(0).cause() instanceof InvalidTokenException);
            assertArrayEquals(
                    new int[] {1, 0, 1, 1},
                    matchers.stream().mapToInt(Matcher::length).toArray());
            int[] remaining = {5, 5, 5, 1};
            int[] target = new int[8];
            assertEquals(List.of(), batch.fill(matchers, remaining, target, 2));
            long[] rows = new long[4];
            int[] order = IntStream.range(0, 4).toArray();
            assertEquals(List.of(), batch.fill(matchers, remaining, order, LongBuffer.wrap(rows), 1));
            for (int i = 0; i < 4; i++) {
                assertEquals(rows[i], target[2 * i] & 0xffffffffL | (long) target[2 * i + 1] << 32);
            }
            assertThrows(InvalidInputException.class, () -> batch.accept(matchers, new int[3]));
            assertThrows(InvalidInputException.class, () -> batch.fill(matchers, remaining, new int[7], 2));
        }
    }
}
