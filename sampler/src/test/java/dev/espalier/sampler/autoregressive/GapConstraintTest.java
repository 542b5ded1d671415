// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.autoregressive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.canvas.CanvasParser;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.gap.Gap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What may be written into gaps is what {@link Fills} says, token by token. */
class GapConstraintTest implements CountedTrials {

    static final String EXPRESSIONS =
            "root ::= term ((\"+\" | \"*\") term)*\nterm ::= \"x\" | \"1\"+ | \"(\" root \")\"";

    static final String JSON = """
            root ::= value
            value ::= "[" (value ("," value)*)? "]" | "{" (member ("," member)*)? "}" | string | "1"+ | "true"
            member ::= string ":" value
            string ::= "\\"" [ab]* "\\""
            """;

    private static final List<String> JSON_PIECES = List.of(
            "[", "]", "{", "}", ",", ":", "\"", "a", "1", "true", "\":", "\"}", "]]", "},{\"", "[[", "tr", "ue");

    private static final List<String> EXPRESSION_PIECES =
            List.of("x", "1", "+", "*", "(", ")", "((", "))", "+x", ")*(", "11");

    private long steps;
    private long ends;
    private long completable;

    @RandomTrials(1_000)
    void gapsWithBoundsAllowWhatTryingAllFillingsAllows(long seed, Random random) {
        walk(seed, random, false);
    }

    @RandomTrials(1_000)
    void gapsWithoutBoundAllowWhatGraphsAllow(long seed, Random random) {
        walk(seed, random, true);
    }

    @Override
    public void afterTrials() {
        assertTrue(completable >= 6, "only " + completable + " texts that can be completed");
        assertTrue(ends >= 6, "only " + ends + " ends of gaps");
        assertTrue(steps >= ends + 1, "only " + steps + " steps");
    }

    /** One text with one to three gaps, filled at random. */
    private void walk(long seed, Random random, boolean unbounded) {
        boolean isJson = random.nextBoolean();
        Grammar grammar = new GbnfReader().read(isJson ? JSON : EXPRESSIONS);
        Vocabulary vocabulary = vocabulary(isJson ? JSON_PIECES : EXPRESSION_PIECES, random);
        CompiledGrammar compiled = new GrammarCompiler(vocabulary).compile(grammar);
        CanvasParser parser = CanvasParser.withoutEnds(compiled);
        for (int text = 0; text < 5; text++) {
            int count = 1 + random.nextInt(3);
            List<int[]> texts = new ArrayList<>();
            List<Gap> gaps = new ArrayList<>();
            for (int index = 0; index <= count; index++) {
                texts.add(random.ints(random.nextInt(4), 0, vocabulary.size()).toArray());
                int least = random.nextInt(3) / 2;
                boolean isUnlimited = unbounded && random.nextBoolean();
                gaps.add(new Gap(least, isUnlimited ? Gap.UNLIMITED : least + random.nextInt(3)));
            }
            gaps.remove(count);
            Fills fills = new Fills(grammar, vocabulary, texts, gaps);
            GapConstraint constraint = new GapConstraint(parser, texts, gaps, new Cancellation());
            fill(constraint, fills, unbounded, random, vocabulary, "seed " + seed + " text " + text);
        }
    }

    private void fill(
            GapConstraint constraint,
            Fills fills,
            boolean unbounded,
            Random random,
            Vocabulary vocabulary,
            String where) {
        boolean possible = fills.byGraph(constraint.tokens(), 0, 0, false);
        assertEquals(possible, constraint.isCompletable(), where);
        completable += possible ? 1 : 0;
        for (int step = 0; possible && !constraint.isDone() && step < 12; step++) {
            GapConstraint.Allowed allowed = constraint.allowed();
            int[] before = constraint.tokens();
            int index = constraint.gap();
            int written = constraint.written();
            String place = where + " " + Arrays.toString(before) + " gap " + index;
            Gap gap = fills.gap(index);
            boolean mayEnd = written >= gap.least() && decide(fills, unbounded, before, index, written, true);
            assertEquals(mayEnd, allowed.mayEnd(), place);
            for (int token = 0; token < vocabulary.size(); token++) {
                int[] after = Arrays.copyOf(before, before.length + 1);
                after[before.length] = token;
                boolean fits = gap.isUnlimited() || written < gap.most();
                boolean expected = fits
                        && vocabulary.bytes(token).length() > 0
                        && decide(fills, unbounded, after, index, written + 1, false);
                assertEquals(expected, allowed.tokens().allows(token), place + " token " + token);
            }
            steps++;
            ends += mayEnd ? 1 : 0;
            int[] ids = allowed.tokens().ids();
            if (ids.length == 0 || (mayEnd && random.nextInt(3) == 0)) {
                constraint.endGap();
            } else {
                constraint.accept(ids[random.nextInt(ids.length)]);
            }
            assertTrue(constraint.isCompletable(), place);
        }
    }

    private static boolean decide(
            Fills fills, boolean unbounded, int[] before, int index, int written, boolean endsGap) {
        return unbounded
                ? fills.byGraph(before, index, written, endsGap)
                : fills.byTrying(before, index, written, endsGap);
    }

    private static Vocabulary vocabulary(List<String> pieces, Random random) {
        Vocabulary.Builder builder = Vocabulary.builder();
        int count = 3 + random.nextInt(4);
        for (int id = 0; id < count; id++) {
            builder.token(id, ByteString.utf8(pieces.get(random.nextInt(pieces.size()))));
        }
        return builder.special(count, "<end>").endIds(count).build();
    }

    private static GapConstraint constraint(Limits limits, Cancellation cancellation, Gap... gaps) {
        Vocabulary vocabulary = Vocabulary.builder()
                .token(0, "x")
                .token(1, "+")
                .token(2, "(")
                .token(3, ")")
                .special(4, "<end>")
                .endIds(4)
                .build();
        CompiledGrammar grammar = new GrammarCompiler(vocabulary, limits).compile(new GbnfReader().read(EXPRESSIONS));
        List<int[]> texts = new ArrayList<>(List.of(new int[] {2}));
        for (Gap gap : gaps) {
            texts.add(new int[] {3});
        }
        return new GapConstraint(CanvasParser.withoutEnds(grammar), texts, List.of(gaps), cancellation);
    }

    @Test
    void tokensAndEndsThatAreNotAllowedAreRefusedAndChangeNothing() {
        GapConstraint constraint = constraint(Limits.DEFAULT, new Cancellation(), new Gap(1, 3));
        assertThrows(InvalidTokenException.class, () -> constraint.accept(1));
        assertThrows(InvalidTokenException.class, () -> constraint.accept(4));
        assertThrows(InvalidInputException.class, constraint::endGap);
        assertEquals(0, constraint.written());
        constraint.accept(0);
        assertTrue(constraint.allowed().mayEnd());
        assertEquals(
                List.of(1),
                Arrays.stream(constraint.allowed().tokens().ids()).boxed().toList());
        constraint.endGap();
        assertTrue(constraint.isDone() && constraint.isCompletable());
        assertThrows(InvalidInputException.class, constraint::allowed);
    }

    @Test
    void theBudgetOfAGapIsKeptToTheToken() {
        GapConstraint constraint = constraint(Limits.DEFAULT, new Cancellation(), new Gap(0, 3));
        assertFalse(constraint.allowed().mayEnd());
        constraint.accept(2);
        assertEquals(
                List.of(0),
                Arrays.stream(constraint.allowed().tokens().ids()).boxed().toList());
        constraint.accept(0);
        assertEquals(
                List.of(3),
                Arrays.stream(constraint.allowed().tokens().ids()).boxed().toList());
        constraint.accept(3);
        assertTrue(
                constraint.allowed().tokens().isEmpty() && constraint.allowed().mayEnd());
    }

    @Test
    void pastALimitThereIsATypedErrorAndNeverANo() {
        Gap[] gaps = {new Gap(0, 40), new Gap(0, Gap.UNLIMITED), new Gap(0, 40)};
        GapConstraint small = constraint(Limits.DEFAULT.withMaxCompileBytes(400_000), new Cancellation(), gaps);
        assertThrows(LimitExceededException.class, small::allowed);
        GapConstraint late = constraint(Limits.DEFAULT, new Cancellation(), gaps);
        Cancellation cancelled = new Cancellation();
        GapConstraint stopped = constraint(Limits.DEFAULT, cancelled, gaps);
        cancelled.cancel();
        assertThrows(CancelledException.class, stopped::allowed);
        assertTrue(late.isCompletable());
    }

    @Test
    void theNumbersOfTextsAndGapsMustFitAndParsersMustNotReadEndTokens() {
        Vocabulary vocabulary = Vocabulary.builder().token(0, "x").build();
        CompiledGrammar grammar = new GrammarCompiler(vocabulary).compile(new GbnfReader().read(EXPRESSIONS));
        List<int[]> none = List.of(new int[0]);
        CanvasParser parser = CanvasParser.withoutEnds(grammar);
        Cancellation never = new Cancellation();
        assertThrows(
                InvalidInputException.class,
                () -> new GapConstraint(new CanvasParser(grammar), none, List.of(), never));
        assertThrows(InvalidInputException.class, () -> new GapConstraint(parser, none, List.of(new Gap(0, 1)), never));
        assertThrows(
                InvalidTokenException.class, () -> new GapConstraint(parser, List.of(new int[] {7}), List.of(), never));
        assertThrows(InvalidInputException.class, () -> new Gap(-1, 2));
        assertThrows(InvalidInputException.class, () -> new Gap(3, 2));
    }
}
