// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.BatchListener;
import dev.espalier.sampler.BatchOptions;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.constraint.EndTokenConstraint;
import dev.espalier.sampler.constraint.TokenConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Texts that end with some tokens more than those that end texts of the model. */
class EndTokenConstraintTest {

    private static final List<String> WORDS = List.of("a", "b", "c", "ab", "bc", "cab", "aa");
    private static final int TURN = WORDS.size();
    private static final int STOP = TURN + 1;
    private static final int END = TURN + 2;
    private static final Vocabulary VOCABULARY = vocabulary().endIds(END).build();
    private static final Vocabulary MORE_ENDS =
            vocabulary().endIds(END, TURN, STOP).build();

    private static final Grammar ANY =
            Grammar.of(new Expression.Repeat(new Expression.CharacterClass(CodePoints.ALL), 0, Expression.UNBOUNDED));

    /** {@code (abc|b)*}: some texts may end, some must go on, some have but one continuation. */
    private static final Grammar SOME = Grammar.of(new Expression.Repeat(
            new Expression.Choice(List.of(Expression.Literal.of("abc"), Expression.Literal.of("b"))),
            0,
            Expression.UNBOUNDED));

    private static Vocabulary.Builder vocabulary() {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int i = 0; i < WORDS.size(); i++) {
            builder.token(i, ByteString.utf8(WORDS.get(i)));
        }
        return builder.special(TURN, "<turn>").special(STOP, "<stop>").special(END, "<end>");
    }

    private static Outcome decoded(
            Vocabulary vocabulary, Grammar grammar, long model, SamplingParameters parameters, Set<Integer> ends) {
        HashModel hashes = new HashModel(vocabulary, (int) model);
        try (GrammarCompiler compiler = new GrammarCompiler(vocabulary);
                MaskedDecoder decoder = new MaskedDecoder(hashes, 1)) {
            CompiledGrammar compiled = compiler.compile(grammar);
            return decoder.decode(
                    DecodeRequest.of(new int[] {0}, compiled).with(parameters).withEndTokens(ends));
        }
    }

    private static SamplingParameters parameters(Random random) {
        return SamplingParameters.MODEL
                .withTemperature(random.nextInt(3))
                .withSeed(random.nextInt(1000))
                .withMaxTokens(random.nextInt(30))
                .withDraftTokens(random.nextInt(5))
                .withForcedText(ForcedText.values()[random.nextInt(3)]);
    }

    /** The oracle is a model whose texts these tokens end always. */
    @RandomTrials(200)
    void tokensThatSpellNothingAreEndTokens(Random random) {
        SamplingParameters parameters = parameters(random);
        int model = random.nextInt(50);
        Grammar grammar = random.nextBoolean() ? ANY : SOME;
        Outcome expected = decoded(MORE_ENDS, grammar, model, parameters, Set.of());
        Outcome found = decoded(VOCABULARY, grammar, model, parameters, Set.of(TURN, STOP));
        assertEquals(expected.isComplete(), found.isComplete());
        assertEquals(expected.transcript().tokens(), found.transcript().tokens());
        assertEquals(
                expected.transcript().tokens(),
                decoded(VOCABULARY, grammar, model, parameters, Set.of(TURN, STOP, END))
                        .transcript()
                        .tokens());
    }

    /** The oracle is the text that is written without them, cut before the first. */
    @RandomTrials(200)
    void tokensThatSpellTextEndItBeforeThem(Random random) {
        SamplingParameters parameters = parameters(random);
        int model = random.nextInt(50);
        Set<Integer> ends = Set.of(random.nextInt(3), 3 + random.nextInt(4));
        Outcome whole = decoded(VOCABULARY, ANY, model, parameters, Set.of());
        Outcome found = decoded(VOCABULARY, ANY, model, parameters, ends);
        List<Integer> expected = new ArrayList<>();
        for (int token : whole.transcript().tokens()) {
            if (ends.contains(token)) {
                break;
            }
            expected.add(token);
        }
        assertTrue(found.isComplete());
        assertEquals(expected, found.transcript().tokens());
    }

    @Test
    void nothingComesBehindAnEnd() {
        try (GrammarCompiler compiler = new GrammarCompiler(VOCABULARY)) {
            CompiledGrammar compiled = compiler.compile(SOME);
            TokenConstraint constraint = EndTokenConstraint.of(TokenConstraint.of(compiled), Set.of(TURN), VOCABULARY);
            assertTrue(constraint.mask().allows(TURN));
            assertFalse(constraint.mask().allows(STOP));
            constraint.accept(0);
            assertFalse(constraint.mask().allows(TURN), "the text cannot end here");
            assertThrows(InvalidTokenException.class, () -> constraint.accept(TURN));
            constraint.accept(4);
            TokenConstraint ended = constraint.fork();
            ended.accept(TURN);
            assertTrue(ended.isTerminated() && ended.isAccepting());
            assertEquals(
                    0,
                    ended.mask().count()
                            + ended.mask(3).count()
                            + ended.exactMask(3).count()
                            + ended.forced().length);
            assertEquals(0, ended.leastTokensToEnd());
            assertThrows(InvalidTokenException.class, () -> ended.accept(1));
            assertFalse(constraint.isTerminated());
        }
        assertThrows(
                InvalidTokenException.class,
                () -> EndTokenConstraint.of(
                        TokenConstraint.of(new GrammarCompiler(VOCABULARY).compile(SOME)), Set.of(99), VOCABULARY));
    }

    @Test
    void whatIsNotSharedIsReadAnew() {
        HashModel model = new HashModel(VOCABULARY, 3);
        try (GrammarCompiler compiler = new GrammarCompiler(VOCABULARY);
                MaskedDecoder decoder =
                        new MaskedDecoder(model, 1, BatchOptions.DEFAULT.withPrefixTokens(600), BatchListener.NONE)) {
            int[] prompt = new int[64];
            DecodeRequest request =
                    DecodeRequest.of(prompt, compiler.compile(SOME)).with(SamplingParameters.DEFAULT.withMaxTokens(4));
            List<Integer> shared = new ArrayList<>();
            for (boolean sharing : new boolean[] {false, true, false, true}) {
                shared.add(decoder.decode(request.withSharing(sharing))
                        .transcript()
                        .sharedTokens());
            }
            assertEquals(List.of(0, 0, 0), shared.subList(0, 3));
            assertTrue(shared.get(3) > 0, shared.toString());
        }
    }
}
