// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.ListedLanguage;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.Transcript;
import dev.espalier.sampler.constraint.ForcedTokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForcedTextTest {

    /** Every byte of the texts below is a token, and there are longer ones across the borders of forced text. */
    private static final Vocabulary VOCABULARY = MaskedDecoderTest.vocabulary(
            "{", "}", "\"", ":", ",", "n", "a", "m", "e", "x", "y", "1", "2", "{\"", "name", "\":", "\":\"", "\"}",
            ",\"", "\":\"x", "age");

    private static final Set<String> VALUES = Set.of(
            "{\"name\":\"x\",\"age\":1}",
            "{\"name\":\"x\",\"age\":2}",
            "{\"name\":\"y\",\"age\":1}",
            "{\"name\":\"y\",\"age\":2}",
            "{\"name\":\"xy\",\"age\":21}");

    private final HashModel model = new HashModel(VOCABULARY, 9);

    private static DecodeRequest request(Set<String> texts, ForcedText forcedText) {
        return DecodeRequest.of(new int[] {0}, () -> new ListedLanguage(VOCABULARY, texts))
                .with(SamplingParameters.MODEL.withForcedText(forcedText));
    }

    @Test
    void forcedTextIsNotPaidForTokenByToken() {
        try (MaskedDecoder decoder = new MaskedDecoder(model)) {
            for (int seed = 0; seed < 20; seed++) {
                DecodeRequest request = request(VALUES, ForcedText.COMMITTED);
                Outcome outcome =
                        decoder.decode(request.with(request.parameters().withSeed(seed)));
                Transcript transcript = outcome.transcript();
                assertTrue(outcome.isComplete() && VALUES.contains(transcript.text()));
                assertTrue(
                        transcript.forwardPasses() < transcript.tokens().size() / 2,
                        transcript.forwardPasses() + " passes for " + transcript.tokens());
                assertTrue(transcript.forcedTokens() > 5);
                assertEquals(Target.CANONICAL, transcript.target());
            }
        }
    }

    @Test
    void aTextWithoutAnyChoiceTakesNoPassAtAll() {
        try (MaskedDecoder decoder = new MaskedDecoder(model)) {
            Outcome outcome = decoder.decode(request(Set.of("{\"name\":\"x\"}"), ForcedText.COMMITTED));
            assertEquals("{\"name\":\"x\"}", outcome.transcript().text());
            assertTrue(outcome.isComplete());
            assertEquals(0, outcome.transcript().forwardPasses());
            assertEquals(0, model.passes.get());
            assertEquals(0.0, outcome.logWeight());
        }
    }

    @Test
    void theLastTokenIsLeftToTheModelOnlyWhereAnotherSpellingGoesOn() {
        ForcedTokens forced = new ForcedTokens(VOCABULARY, model.encoder());
        // after {"name":" comes x or y, and ":"x is a token: the last token ":" is not certain
        ListedLanguage open = new ListedLanguage(VOCABULARY, VALUES);
        assertArrayEquals(new int[] {13, 14}, forced.commit(open, 100));
        // after {"name":" comes y or 1, which no token spells together with ":"
        ListedLanguage closed = new ListedLanguage(VOCABULARY, Set.of("{\"name\":\"y", "{\"name\":\"1"));
        assertArrayEquals(new int[] {13, 14, 16}, forced.commit(closed, 100));
        assertArrayEquals(new int[0], forced.commit(closed, 100));
        // nothing comes after the text
        ListedLanguage whole = new ListedLanguage(VOCABULARY, Set.of("{\"name\":\""));
        assertArrayEquals(new int[] {13, 14, 16}, forced.commit(whole, 100));
        assertTrue(whole.isAccepting());
        ListedLanguage budgeted = new ListedLanguage(VOCABULARY, Set.of("{\"name\":\""));
        assertArrayEquals(new int[0], forced.commit(budgeted, 1), "what is left could not be closed");
    }

    @Test
    void anEncoderThatChangesTheTextCommitsNothing() {
        ListedLanguage constraint = new ListedLanguage(VOCABULARY, VALUES);
        assertArrayEquals(new int[0], new ForcedTokens(VOCABULARY, text -> new int[] {14}).commit(constraint, 9));
        assertArrayEquals(new int[0], new ForcedTokens(VOCABULARY, text -> new int[] {21, 0}).commit(constraint, 9));
        assertArrayEquals(new int[0], new ForcedTokens(VOCABULARY, text -> new int[0]).commit(constraint, 9));
    }

    @Test
    void scoredForcedTextKeepsTheWeightExact() {
        Map<List<Integer>, Double> law = new HashMap<>();
        int passes = 0;
        int tokens = 0;
        try (MaskedDecoder decoder = new MaskedDecoder(model)) {
            for (EnumeratedChoices.Trace<Outcome> trace : EnumeratedChoices.walk(
                    choices -> decoder.decode(request(VALUES, ForcedText.SCORED).withChoices(() -> choices)))) {
                Outcome outcome = trace.result();
                Transcript transcript = outcome.transcript();
                List<Integer> whole = new ArrayList<>(transcript.tokens());
                whole.add(VOCABULARY.endIds()[0]);
                double p = model.logProbability(whole);
                assertTrue(outcome.isComplete() && VALUES.contains(transcript.text()));
                assertEquals(p, transcript.logProbability(), 1e-4);
                assertEquals(p, Math.log(trace.probability()) + outcome.logWeight(), 1e-4);
                assertEquals(Target.CANONICAL, transcript.target());
                law.merge(transcript.tokens(), trace.probability(), Double::sum);
                passes += transcript.forwardPasses();
                tokens += transcript.tokens().size();
            }
        }
        assertEquals(1, law.values().stream().mapToDouble(Double::doubleValue).sum(), 1e-12);
        assertTrue(passes > 0 && tokens > passes);
    }

    @Test
    void committedForcedTextLeavesItsTokensOutOfTheWeight() {
        Set<String> two = Set.of("{\"name\":\"1\"}", "{\"name\":\"2\"}");
        try (MaskedDecoder decoder = new MaskedDecoder(model)) {
            double sum = 0;
            for (EnumeratedChoices.Trace<Outcome> trace : EnumeratedChoices.walk(
                    choices -> decoder.decode(request(two, ForcedText.COMMITTED).withChoices(() -> choices)))) {
                Transcript transcript = trace.result().transcript();
                assertEquals(1, transcript.forwardPasses());
                assertEquals(transcript.tokens().size() - 1, transcript.forcedTokens());
                assertEquals(Math.log(trace.probability()), transcript.logProbability() - transcript.logWeight(), 1e-9);
                sum += trace.probability();
            }
            assertEquals(1, sum, 1e-12);
        }
    }
}
