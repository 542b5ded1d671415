// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.OtherToken;
import dev.espalier.grammar.Expression.SpecialToken;
import dev.espalier.grammar.Expression.TokenTerminal;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.testing.Column;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.grammar.testing.SlowRecognizer;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Masks of any one token but some, by hand and against an oracle that reads each token both as text and as itself. */
class OtherTokenMasksTest implements CountedTrials {

    private static final int TRIALS = 600;

    private static final Vocabulary SMALL = Vocabulary.builder()
            .token(0, "a")
            .token(1, "b")
            .token(2, "ab")
            .special(3, "<tool>")
            .special(4, "<think>")
            .special(6, "<end>")
            .endIds(6)
            .build();

    private long masks;

    private static Matcher matcher(String gbnf) {
        return new GrammarCompiler(SMALL).compile(new GbnfReader().read(gbnf)).matcher();
    }

    @Test
    void anyTokenComesButThisOneHolesAndTheEnd() {
        assertArrayEquals(
                new int[] {0, 1, 2, 4}, matcher("root ::= !<tool>").mask().ids());
        assertArrayEquals(
                new int[] {0, 2, 3, 4}, matcher("root ::= !<[1]>").mask().ids());
        assertArrayEquals(
                new int[] {0, 1, 2, 3, 4}, matcher("root ::= !<end>").mask().ids());
    }

    @Test
    void aLoopOfOtherTokensEndsWithTheOneThatWasLeftOut() {
        Matcher matcher = matcher("root ::= !<think>* <think> \"b\"");
        for (int token : new int[] {2, 3, 0, 4}) {
            assertArrayEquals(new int[] {0, 1, 2, 3, 4}, matcher.mask().ids());
            matcher.accept(token);
        }
        assertArrayEquals(new int[] {1}, matcher.mask().ids());
    }

    @Test
    void aTokenIsReadAsTextAndAsItself() {
        Matcher matcher = matcher("root ::= !<tool> \"b\" | \"abb\" \"a\"");
        matcher.accept(2);
        assertArrayEquals(new int[] {1}, matcher.mask().ids());
        matcher.accept(1);
        assertArrayEquals(new int[] {0, 6}, matcher.mask().ids());
    }

    @Test
    void budgetsCountOtherTokens() {
        Matcher matcher = matcher("root ::= !<tool> !<tool> !<[0]> | \"b\"");
        assertArrayEquals(new int[] {1}, matcher.mask(1).ids());
        assertArrayEquals(new int[] {1}, matcher.mask(2).ids());
        assertArrayEquals(new int[] {0, 1, 2, 4}, matcher.mask(3).ids());
    }

    @Test
    void aTokenThatTheVocabularyDoesNotHaveCannotBeLeftOut() {
        assertThrows(ReferenceException.class, () -> matcher("root ::= !<no>"));
    }

    @RandomTrials(TRIALS)
    void masksAreThoseOfReadingEachTokenInBothWays(long seed) {
        Random random = new Random(seed);
        RandomGrammars grammars = new RandomGrammars(seed, RandomGrammars.Shape.SMALL);
        Vocabulary vocabulary = RandomVocabulary.complete(random, 40, "aaabbc", 1 + random.nextInt(4));
        Grammar grammar = withOthers(grammars.nextProductive(), vocabulary, random);
        Oracle oracle = new Oracle(grammar, vocabulary);
        Matcher matcher;
        try {
            matcher = new GrammarCompiler(vocabulary).compile(grammar).matcher();
        } catch (dev.espalier.core.error.UnsupportedFeatureException refused) {
            return;
        }
        List<Column> columns = List.of(oracle.recognizer.start());
        for (int step = 0; step < 5; step++) {
            String where = "seed " + seed + " step " + step + " " + grammar;
            int[] expected = oracle.allowed(columns);
            if (expected.length == 0) {
                if (columns.stream().noneMatch(Column::isAccepting)) {
                    assertThrows(DeadEndException.class, matcher::mask, where);
                }
                return;
            }
            assertArrayEquals(expected, matcher.mask().ids(), where);
            masks++;
            int token = expected[random.nextInt(expected.length)];
            matcher.accept(token);
            if (matcher.isTerminated()) {
                return;
            }
            columns = oracle.after(columns, token);
            assertEquals(columns.stream().anyMatch(Column::isAccepting), matcher.isAccepting(), where);
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(masks >= TRIALS, "only " + masks + " masks");
    }

    private static Grammar withOthers(Grammar grammar, Vocabulary vocabulary, Random random) {
        List<SpecialToken> excluded = new ArrayList<>();
        for (int left = random.nextInt(3); left > 0; left--) {
            excluded.add(new SpecialToken("", random.nextInt(40)));
        }
        excluded.removeIf(token -> vocabulary.text(token.id()).isEmpty());
        excluded.add(new SpecialToken("<tool>", -1));
        Expression other = new OtherToken(excluded);
        Expression root = grammar.rule(grammar.root());
        Expression with = switch (random.nextInt(4)) {
            case 0 -> Expression.Sequence.of(other, root);
            case 1 -> Expression.Choice.of(Expression.Sequence.of(other, root), root);
            case 2 -> Expression.Sequence.of(root, new Expression.Repeat(other, 0, 1 + random.nextInt(3)));
            default ->
                Expression.Sequence.of(
                        new Expression.Repeat(other, 0, Expression.UNBOUNDED), new SpecialToken("<tool>", -1), root);
        };
        Map<String, Expression> rules = new LinkedHashMap<>(grammar.rules());
        rules.put(grammar.root(), with);
        return new Grammar(grammar.root(), rules);
    }

    /** All ways to read some tokens, side by side. */
    private static final class Oracle {

        private final Vocabulary vocabulary;
        final SlowRecognizer recognizer;

        Oracle(Grammar grammar, Vocabulary vocabulary) {
            this.vocabulary = vocabulary;
            this.recognizer = new SlowRecognizer(grammar, this::symbols);
        }

        private int[] symbols(TokenTerminal token) {
            if (token instanceof SpecialToken special) {
                return new int[] {256 + id(special)};
            }
            List<Integer> excluded =
                    ((OtherToken) token).excluded().stream().map(this::id).toList();
            return IntStream.range(0, vocabulary.size())
                    .filter(id -> !excluded.contains(id) && !vocabulary.isEnd(id))
                    .filter(id -> !vocabulary.text(id).isEmpty())
                    .map(id -> 256 + id)
                    .toArray();
        }

        private int id(SpecialToken token) {
            return token.name().isEmpty()
                    ? token.id()
                    : vocabulary.specialId(token.name()).orElseThrow();
        }

        List<Column> after(List<Column> columns, int token) {
            List<Column> after = new ArrayList<>();
            ByteString bytes = vocabulary.bytes(token);
            for (Column column : columns) {
                after.add(column.advance(256 + token));
                Column read = column;
                for (int i = 0; i < bytes.length(); i++) {
                    read = read.advance(bytes.at(i));
                }
                if (bytes.length() > 0) {
                    after.add(read);
                }
            }
            after.removeIf(column -> !column.isLive());
            return after;
        }

        int[] allowed(List<Column> columns) {
            boolean mayEnd = columns.stream().anyMatch(Column::isAccepting);
            return IntStream.range(0, vocabulary.size())
                    .filter(id ->
                            vocabulary.isEnd(id) ? mayEnd : !after(columns, id).isEmpty())
                    .toArray();
        }
    }
}
