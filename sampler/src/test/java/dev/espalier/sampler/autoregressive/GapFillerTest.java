// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.autoregressive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.testing.SlowRecognizer;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.gap.FillTemplate;
import dev.espalier.sampler.gap.Gap;
import dev.espalier.sampler.gap.GappedText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Filling gaps with models whose laws are hashes: whatever they prefer, the text is of the grammar. */
class GapFillerTest {

    private static final SamplingParameters DRAWN = SamplingParameters.MODEL.withForcedText(ForcedText.DRAWN);

    private static final List<GappedText> JSON_TEXTS = List.of(
            GappedText.of("{\"a\":").gap(1, 9).text("}"),
            GappedText.of("").gap(0, 4).text("[1,").gap(0, 6).text("]]"),
            GappedText.of("{\"a\":\"")
                    .gap(0, 5)
                    .text(",\"b\":[")
                    .gap(2, 8)
                    .text("],\"")
                    .gap(1, 12)
                    .text(":1}"),
            GappedText.of("[").gap(0, 3).gap(1, 3).text("]"),
            GappedText.of("").gap(3, 10));

    private static final List<GappedText> EXPRESSION_TEXTS = List.of(
            GappedText.of("(").gap(1, 7).text(")*x"),
            GappedText.of("x+").gap(0, 6).text(")*(").gap(1, 5),
            GappedText.of("((")
                    .gap(0, 4)
                    .text("+")
                    .gap(1, 4)
                    .text(")")
                    .gap(2, 9)
                    .text("1"));

    private static Vocabulary vocabulary(String... more) {
        Vocabulary.Builder builder = Vocabulary.builder();
        int id = 0;
        for (char character : "{}[]\",:ab1x+*()".toCharArray()) {
            builder.token(id++, String.valueOf(character));
        }
        for (String token : List.of("true", "\":", "},{\"", "]]", "))", ")*(", "+x", "[[")) {
            builder.token(id++, token);
        }
        for (String mark : more) {
            builder.special(id++, mark);
        }
        return builder.special(id, "<end>").endIds(id).build();
    }

    private static CompiledGrammar grammar(String gbnf, Vocabulary vocabulary, Limits limits) {
        return new GrammarCompiler(vocabulary, limits).compile(new GbnfReader().read(gbnf));
    }

    private static GapFiller infiller(String gbnf, HashModel model) {
        return new GapFiller(model, grammar(gbnf, model.vocabulary(), Limits.DEFAULT), FillTemplate.CONTINUATION);
    }

    private static HashModel model(int seed) {
        return new HashModel(vocabulary("<tool>"), seed) {
            @Override
            public int[] encodePrompt(String prompt) {
                int[] tokens = encoder().encode(prompt);
                int[] longer = new int[tokens.length + 1];
                longer[0] = vocabulary().specialId("<tool>").orElseThrow();
                System.arraycopy(tokens, 0, longer, 1, tokens.length);
                return longer;
            }
        };
    }

    @Test
    void everyTextIsASentenceWithTheGivenPartsAndGapsWithinTheirBounds() {
        for (boolean isJson : new boolean[] {true, false}) {
            String gbnf = isJson ? GapConstraintTest.JSON : GapConstraintTest.EXPRESSIONS;
            SlowRecognizer recognizer = new SlowRecognizer(new GbnfReader().read(gbnf));
            for (int seed = 0; seed < 12; seed++) {
                HashModel model = model(seed);
                GapFiller infiller = infiller(gbnf, model);
                SamplingParameters parameters = seed % 3 == 0 ? DRAWN : SamplingParameters.MODEL;
                if (seed % 4 == 3) {
                    parameters = SamplingParameters.DEFAULT;
                }
                for (GappedText text : isJson ? JSON_TEXTS : EXPRESSION_TEXTS) {
                    FilledText filled = infiller.fill(text, parameters.withSeed(seed));
                    check(text, filled);
                    assertTrue(recognizer.accepts(filled.text().getBytes(StandardCharsets.UTF_8)), filled.text());
                    assertEquals(filled, withTimesOf(filled, infiller.fill(text, parameters.withSeed(seed))));
                }
                assertEquals(0, model.openSessions());
            }
        }
    }

    private static void check(GappedText text, FilledText filled) {
        assertInstanceOf(Outcome.Complete.class, filled.outcome(), filled.toString());
        StringBuilder whole = new StringBuilder(text.texts().get(0));
        for (int index = 0; index < text.gaps().size(); index++) {
            int current = index;
            long tokens = filled.trace().stream()
                    .filter(step -> step.gap() == current && !step.isEnd())
                    .count();
            Gap gap = text.gaps().get(index);
            assertTrue(gap.least() <= tokens && tokens <= gap.most(), filled.toString());
            whole.append(filled.gaps().get(index)).append(text.texts().get(index + 1));
        }
        assertEquals(whole.toString(), filled.text());
        assertEquals(
                text.gaps().size(),
                filled.trace().stream().filter(GapStep::isEnd).count());
        assertEquals(
                filled.outcome().transcript().forwardPasses(),
                filled.trace().stream().filter(GapStep::drawn).count());
    }

    /** The second with the times of the first, if all else is equal. */
    private static FilledText withTimesOf(FilledText first, FilledText second) {
        assertEquals(first.text(), second.text());
        assertEquals(first.gaps(), second.gaps());
        assertEquals(
                first.outcome().transcript().tokens(),
                second.outcome().transcript().tokens());
        return first;
    }

    @Test
    void logProbabilitiesAreThoseOfTheModelAndWeightsThoseOfTheMask() {
        HashModel model = model(5);
        Vocabulary vocabulary = model.vocabulary();
        GappedText text = GappedText.of("(").gap(1, 6).text(")");
        FilledText filled = infiller(GapConstraintTest.EXPRESSIONS, model).fill(text, DRAWN);
        List<Integer> context = new ArrayList<>(List.of(model.encoder().encode("(")[0]));
        double expected = 0;
        int end = vocabulary.endIds()[0];
        for (GapStep step : filled.trace()) {
            int token = step.isEnd() ? end : step.token();
            long total = 0;
            for (int id = 0; id < vocabulary.size(); id++) {
                total += model.weight(context, id);
            }
            expected += Math.log((double) model.weight(context, token) / total);
            context.add(token);
        }
        assertEquals(expected, filled.outcome().transcript().logProbability(), 1e-5);
        assertTrue(filled.outcome().transcript().logWeight() < 0);
        assertEquals(Target.MASKED, filled.outcome().transcript().target());
    }

    @Test
    void whatIsCertainNeedsNoForwardPass() {
        HashModel model = model(1);
        FilledText closing = infiller(GapConstraintTest.JSON, model)
                .fill(GappedText.of("{\"a\":1").gap(1, 1), SamplingParameters.MODEL);
        assertEquals("{\"a\":1}", closing.text());
        assertEquals(0, closing.outcome().transcript().forwardPasses());
        assertEquals(1, closing.outcome().transcript().forcedTokens());
        assertEquals(Target.CANONICAL, closing.outcome().transcript().target());
        FilledText drawn = infiller(GapConstraintTest.JSON, model)
                .fill(GappedText.of("{\"a\":1").gap(1, 1), DRAWN);
        assertEquals("{\"a\":1}", drawn.text());
        assertEquals(2, drawn.outcome().transcript().forwardPasses());
    }

    @Test
    void aGapWithoutBoundEndsOrIsReportedUnfinished() {
        int finished = 0;
        for (int seed = 0; seed < 20; seed++) {
            HashModel model = model(seed);
            FilledText filled = infiller(GapConstraintTest.EXPRESSIONS, model)
                    .fill(
                            GappedText.of("(").gapFrom(1).text(")"),
                            DRAWN.withMaxTokens(12).withSeed(seed));
            if (filled.outcome().isComplete()) {
                finished++;
                assertTrue(filled.text().startsWith("(") && filled.text().endsWith(")"), filled.text());
            } else {
                assertInstanceOf(Outcome.BudgetExhausted.class, filled.outcome());
                assertEquals(12, filled.trace().size());
            }
            assertEquals(0, model.openSessions());
        }
        assertTrue(finished > 0);
    }

    @Test
    void gapsThatCannotBeFilledAreRefusedBeforeTheFirstPass() {
        HashModel model = model(0);
        GapFiller infiller = infiller(GapConstraintTest.JSON, model);
        assertThrows(
                UnsatisfiableException.class,
                () -> infiller.fill(GappedText.of("[[[[").gap(0, 1).text("]"), SamplingParameters.MODEL));
        assertThrows(
                UnsatisfiableException.class,
                () -> infiller.fill(GappedText.of("[]").gapFrom(1).text("]"), SamplingParameters.MODEL));
        assertEquals(0, model.tokensRead());
        assertTrue(infiller.fill(GappedText.of("[[[[").gap(0, 2).text("]"), SamplingParameters.MODEL)
                .outcome()
                .isComplete());
        assertTrue(infiller.fill(GappedText.of("[]"), SamplingParameters.MODEL)
                .outcome()
                .isComplete());
        assertThrows(UnsatisfiableException.class, () -> infiller.fill(GappedText.of("]"), SamplingParameters.MODEL));
    }

    @Test
    void failuresAreOutcomesAndSessionsAreClosed() {
        GappedText text = JSON_TEXTS.get(2);
        HashModel failing = model(0);
        failing.fail(number -> true);
        assertInstanceOf(
                Outcome.ModelFailed.class,
                infiller(GapConstraintTest.JSON, failing).fill(text, DRAWN).outcome());
        assertEquals(0, failing.openSessions());
        HashModel full = model(0);
        full.limit(0);
        assertInstanceOf(
                Outcome.ModelFailed.class,
                infiller(GapConstraintTest.JSON, full).fill(text, DRAWN).outcome());
        HashModel cancelling = model(0);
        Cancellation cancellation = new Cancellation();
        cancelling.fail(number -> {
            cancellation.cancel();
            return false;
        });
        assertInstanceOf(
                Outcome.Cancelled.class,
                infiller(GapConstraintTest.JSON, cancelling)
                        .fill(text, DRAWN, cancellation)
                        .outcome());
        HashModel narrow = new HashModel(vocabulary(), 0) {
            @Override
            public int contextLength() {
                return 12;
            }
        };
        FilledText refused = infiller(GapConstraintTest.JSON, narrow).fill(text, DRAWN);
        assertInstanceOf(Outcome.Refused.class, refused.outcome());
        assertEquals(0, narrow.openSessions());
    }

    @Test
    void pastALimitThereIsATypedErrorAndNeverANo() {
        HashModel model = model(0);
        CompiledGrammar small =
                grammar(GapConstraintTest.JSON, model.vocabulary(), Limits.DEFAULT.withMaxCompileBytes(2_000_000));
        GapFiller infiller = new GapFiller(model, small, FillTemplate.CONTINUATION);
        GappedText text = GappedText.of("[").gap(0, 60).text(",").gapFrom(0).text("]");
        assertThrows(LimitExceededException.class, () -> infiller.fill(text, DRAWN));
        assertTrue(infiller.fill(JSON_TEXTS.get(0), DRAWN).outcome().isComplete());
    }

    @Test
    void whatCouldBeMistakenIsRefused() {
        HashModel model = model(0);
        Vocabulary other = vocabulary("<tool>", "<more>");
        assertThrows(
                InvalidInputException.class,
                () -> new GapFiller(
                        model, grammar(GapConstraintTest.JSON, other, Limits.DEFAULT), FillTemplate.CONTINUATION));
        assertThrows(InvalidInputException.class, () -> infiller("root ::= \"x\" <end>", model));
        Vocabulary endless = Vocabulary.builder().token(0, "x").build();
        assertThrows(InvalidInputException.class, () -> infiller("root ::= \"x\"", new HashModel(endless, 0)));
        assertThrows(
                InvalidInputException.class,
                () -> infiller(GapConstraintTest.JSON, model)
                        .fill(GappedText.of("[\"\u00e9").gap(0, 2), DRAWN));
    }

    @Test
    void templatesPutControlTokensAroundWhatIsBeforeAndBehindTheGap() {
        for (FillTemplate template :
                List.of(FillTemplate.STAR_CODER, FillTemplate.CODE_GEMMA, FillTemplate.DEEP_SEEK, FillTemplate.QWEN)) {
            Vocabulary vocabulary = vocabulary(
                    template.prefixMark(),
                    template.suffixMark(),
                    template.middleMark(),
                    template.stopMarks().get(0));
            HashModel model = new HashModel(vocabulary, 0);
            int[] prompt = template.prompt(model, "[a", "]");
            assertEquals(
                    template.prefixMark() + "[a" + template.suffixMark() + "]" + template.middleMark(),
                    shown(vocabulary, prompt));
            assertEquals(2, template.stopTokens(vocabulary).length);
            GapFiller infiller =
                    new GapFiller(model, grammar(GapConstraintTest.JSON, vocabulary, Limits.DEFAULT), template);
            assertTrue(infiller.fill(JSON_TEXTS.get(2), DRAWN).outcome().isComplete());
            HashModel without = model(0);
            GapFiller lacking = new GapFiller(
                    without, grammar(GapConstraintTest.JSON, without.vocabulary(), Limits.DEFAULT), template);
            assertInstanceOf(
                    Outcome.Refused.class,
                    lacking.fill(JSON_TEXTS.get(2), DRAWN).outcome());
        }
        assertFalse(FillTemplate.CONTINUATION.prompt(model(0), "", "]").length == 0);
    }

    private static String shown(Vocabulary vocabulary, int[] tokens) {
        StringBuilder text = new StringBuilder();
        for (int token : tokens) {
            text.append(vocabulary.text(token));
        }
        return text.toString();
    }

    @Test
    void eachGapIsPromptedWithAllBeforeItAndWhatIsBehindItUpToTheNextGap() {
        List<String> prompts = new ArrayList<>();
        Vocabulary vocabulary = vocabulary("<fim_prefix>", "<fim_suffix>", "<fim_middle>");
        HashModel model = new HashModel(vocabulary, new Random(3).nextInt()) {
            @Override
            public List<dev.espalier.sampler.Logits> forward(List<dev.espalier.sampler.Step> batch) {
                int[] tokens = batch.get(0).tokens();
                if (vocabulary().text(tokens[0]).equals("<fim_prefix>")) {
                    prompts.add(shown(vocabulary(), tokens));
                }
                return super.forward(batch);
            }
        };
        CompiledGrammar grammar = grammar(GapConstraintTest.EXPRESSIONS, vocabulary, Limits.DEFAULT);
        FilledText filled = new GapFiller(model, grammar, FillTemplate.STAR_CODER)
                .fill(GappedText.of("x+").gap(1, 3).text("*(").gap(1, 3).text(")"), DRAWN);
        assertEquals(
                List.of(
                        "<fim_prefix>x+<fim_suffix>*(<fim_middle>",
                        "<fim_prefix>x+" + filled.gaps().get(0) + "*(<fim_suffix>)<fim_middle>"),
                prompts);
    }
}
