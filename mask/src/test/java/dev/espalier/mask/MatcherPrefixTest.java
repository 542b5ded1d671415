// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.testing.Column;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Text that is read without tokens, and prompts whose end is spelled anew, against an Earley recogniser and against grammars with literals. */
class MatcherPrefixTest implements CountedTrials {

    private static final String ALPHABET = "aaabbc\"\n\u00e9\u65e5";
    private static final int TRIALS = 1_000;

    private int masks;
    private int inside;

    @RandomTrials(TRIALS)
    void masksAreThoseOfTheSlowOracle(long seed, Random random) {
        Grammar grammar = new RandomGrammars(seed, RandomGrammars.Shape.SMALL).nextProductive();
        Vocabulary vocabulary = RandomVocabulary.of(random, 60, ALPHABET, 1 + random.nextInt(6));
        SlowMask slow = new SlowMask(grammar, vocabulary);
        try (GrammarCompiler compiler = new GrammarCompiler(vocabulary)) {
            walk(compiler.compile(grammar).matcher(), slow.start(), random, "seed " + seed);
        } catch (UnsupportedFeatureException refused) {
            masks += 0;
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(masks >= 2 * TRIALS && inside >= TRIALS / 4, masks + " masks, " + inside + " inside a prefix");
    }

    /** Reads tokens, text and prefixes in turn. The oracle knows what is to be spelled first, and the place in the text after it. */
    private void walk(Matcher matcher, Column start, Random random, String where) {
        Vocabulary vocabulary = matcher.grammar().vocabulary();
        ByteString first = ByteString.EMPTY;
        Column column = start;
        for (int step = 0; step < 6; step++) {
            int action = random.nextInt(4);
            if (action == 0) {
                ByteString prefix = ByteString.utf8(ALPHABET.substring(random.nextInt(5), 5 + random.nextInt(5)));
                matcher.heal(prefix.toByteArray());
                first = joined(prefix, first);
            } else if (action == 1) {
                byte[] text = text(random, first, column);
                if (place(first, column, ByteString.of(text)).isLive()) {
                    matcher.accept(text);
                    column = place(first, column, ByteString.of(text));
                    first = rest(first, text.length);
                } else {
                    assertThrows(InvalidInputException.class, () -> matcher.accept(text), where);
                }
            }
            int[] expected = allowed(vocabulary, first, column);
            assertEquals(first.length() == 0 && column.isAccepting(), matcher.isAccepting(), where);
            assertArrayEquals(expected, mask(matcher).ids(), where + " step " + step);
            masks++;
            inside += first.length() > 0 ? 1 : 0;
            int[] ordinary = Arrays.stream(expected)
                    .filter(token -> !vocabulary.isEnd(token))
                    .toArray();
            if (ordinary.length == 0) {
                return;
            }
            int token = ordinary[random.nextInt(ordinary.length)];
            matcher.accept(token);
            column = place(first, column, vocabulary.bytes(token));
            first = rest(first, vocabulary.bytes(token).length());
        }
    }

    /** Some bytes that are live, or now and then are not. */
    private static byte[] text(Random random, ByteString first, Column column) {
        byte[] text = new byte[random.nextInt(5)];
        for (int i = 0; i < text.length; i++) {
            byte[] before = Arrays.copyOf(text, i);
            Column at = place(first, column, ByteString.of(before));
            int skipped = i;
            int[] live = IntStream.range(0, 256)
                    .filter(symbol -> skipped < first.length()
                            ? symbol == first.at(skipped)
                            : at.advance(symbol).isLive())
                    .toArray();
            text[i] = (byte) (live.length == 0 || random.nextInt(10) == 0 ? 'b' : live[random.nextInt(live.length)]);
        }
        return text;
    }

    private static ByteString joined(ByteString a, ByteString b) {
        byte[] both = Arrays.copyOf(a.toByteArray(), a.length() + b.length());
        b.copyTo(both, a.length());
        return ByteString.of(both);
    }

    private static ByteString rest(ByteString first, int read) {
        return ByteString.of(Arrays.copyOfRange(first.toByteArray(), Math.min(read, first.length()), first.length()));
    }

    /** The place after some bytes: dead if they do not begin with what is to be spelled. */
    private static Column place(ByteString first, Column column, ByteString bytes) {
        Column place = column;
        for (int i = 0; i < bytes.length(); i++) {
            boolean spelled = i < first.length();
            if (!spelled || bytes.at(i) != first.at(i)) {
                place = place.advance(spelled ? 1_000 : bytes.at(i));
            }
        }
        return place;
    }

    private static int[] allowed(Vocabulary vocabulary, ByteString first, Column column) {
        return IntStream.range(0, vocabulary.size())
                .filter(id -> vocabulary.isEnd(id)
                        ? first.length() == 0 && column.isAccepting()
                        : vocabulary.bytes(id).length() > 0
                                && place(first, column, vocabulary.bytes(id)).isLive())
                .toArray();
    }

    /** The mask, empty in a dead end. */
    private static TokenMask mask(Matcher matcher) {
        try {
            return matcher.mask();
        } catch (DeadEndException dead) {
            return TokenMask.none(matcher.grammar().vocabulary().size());
        }
    }

    @RandomTrials(300)
    void aPrefixIsALiteralBeforeTheGrammar(long seed, Random random) {
        Grammar grammar = new RandomGrammars(seed, RandomGrammars.Shape.SMALL).nextProductive();
        Vocabulary vocabulary = RandomVocabulary.complete(random, 50, ALPHABET, 1 + random.nextInt(6));
        String prefix = ALPHABET.substring(random.nextInt(5), 5 + random.nextInt(5));
        Map<String, Expression> rules = new LinkedHashMap<>(grammar.rules());
        rules.put("healed", Expression.Sequence.of(Expression.Literal.of(prefix), grammar.rule(grammar.root())));
        try (GrammarCompiler compiler = new GrammarCompiler(vocabulary)) {
            Matcher literal = compiler.compile(new Grammar("healed", rules)).matcher();
            Matcher healed = compiler.compile(grammar).matcher();
            healed.heal(prefix.getBytes(StandardCharsets.UTF_8));
            for (int step = 0; step < 5; step++) {
                String where = "seed " + seed + " step " + step;
                TokenMask mask = mask(literal);
                assertEquals(mask, mask(healed), where);
                assertArrayEquals(literal.forced(), healed.forced(), where);
                assertEquals(literal.leastBytesToEnd(), healed.leastBytesToEnd(), where);
                assertEquals(literal.leastTokensToEnd(), healed.leastTokensToEnd(), where);
                int budget = literal.leastTokensToEnd() + random.nextInt(2);
                if (budget > 0 && budget < 100) {
                    assertEquals(literal.mask(budget), healed.mask(budget), where);
                }
                if (mask.isEmpty() || literal.isTerminated()) {
                    return;
                }
                int token = mask.ids()[random.nextInt(mask.count())];
                literal.accept(token);
                healed.accept(token);
            }
        } catch (UnsupportedFeatureException refused) {
            masks += 0;
        }
    }

    @Test
    void textIsTakenBackWithTheTokenBeforeIt() {
        Vocabulary vocabulary = Vocabulary.builder()
                .token(0, "a")
                .token(1, "b")
                .token(2, "ab")
                .special(3, "<end>")
                .endIds(3)
                .build();
        try (GrammarCompiler compiler = new GrammarCompiler(vocabulary)) {
            Matcher matcher =
                    compiler.compile(new GbnfReader().read("root ::= \"abab\"")).matcher();
            matcher.accept("a".getBytes(StandardCharsets.UTF_8));
            matcher.accept(1);
            matcher.accept("a".getBytes(StandardCharsets.UTF_8));
            matcher.heal((byte) 'a');
            assertArrayEquals(new int[] {0, 2}, matcher.mask().ids());
            matcher.accept(2);
            assertArrayEquals(new int[] {3}, matcher.mask().ids());
            assertArrayEquals(new int[] {1, 2}, matcher.tokens());
            matcher.rollback(1);
            assertArrayEquals(new int[] {0, 2}, matcher.mask().ids());
            matcher.rollback(1);
            assertArrayEquals(new int[] {1}, matcher.mask().ids());
            matcher.reset();
            assertArrayEquals(new int[] {0, 2}, matcher.mask().ids());
            InvalidInputException refused = assertThrows(
                    InvalidInputException.class, () -> matcher.accept("abb".getBytes(StandardCharsets.UTF_8)));
            assertTrue(refused.getMessage().contains("byte 2 "), refused.getMessage());
            matcher.accept(2);
            matcher.accept(2);
            matcher.accept(3);
            assertThrows(InvalidInputException.class, () -> matcher.heal((byte) 'a'));
            assertThrows(InvalidInputException.class, () -> matcher.accept(new byte[1]));
        }
    }

    @Test
    void longTextIsReadPieceByPiece() {
        Vocabulary vocabulary = Vocabulary.builder().token(0, "a").token(1, "b").build();
        try (GrammarCompiler compiler = new GrammarCompiler(vocabulary)) {
            Matcher matcher =
                    compiler.compile(new GbnfReader().read("root ::= \"a\"* \"b\"")).matcher();
            byte[] text = "a".repeat(5_000).getBytes(StandardCharsets.UTF_8);
            matcher.accept(text);
            assertEquals(0, matcher.length());
            text[4_321] = 'c';
            InvalidInputException refused = assertThrows(InvalidInputException.class, () -> matcher.accept(text));
            assertTrue(refused.getMessage().contains("byte 4321 "), refused.getMessage());
            matcher.accept(1);
            assertTrue(matcher.isAccepting());
        }
    }
}
