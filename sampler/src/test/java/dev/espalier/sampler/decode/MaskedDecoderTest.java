// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.ListedLanguage;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.Transcript;
import dev.espalier.sampler.constraint.TokenConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class MaskedDecoderTest {

    static final Vocabulary VOCABULARY = vocabulary("a", "b", "ab", "é", "\"", "ba");
    static final int[] PROMPT = {0};
    static final SamplingParameters DRAWN = SamplingParameters.MODEL.withForcedText(ForcedText.DRAWN);
    static final Set<String> WORDS = words();

    private final HashModel model = new HashModel(VOCABULARY, 1);

    static Vocabulary vocabulary(String... tokens) {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int id = 0; id < tokens.length; id++) {
            builder.token(id, tokens[id]);
        }
        return builder.special(tokens.length, "</s>").endIds(tokens.length).build();
    }

    /** All words over a and b of 3 to 6 letters. */
    private static Set<String> words() {
        Set<String> words = new TreeSet<>();
        for (int length = 3; length <= 6; length++) {
            for (int bits = 0; bits < 1 << length; bits++) {
                StringBuilder word = new StringBuilder();
                for (int i = 0; i < length; i++) {
                    word.append((bits >> i & 1) == 0 ? 'a' : 'b');
                }
                words.add(word.toString());
            }
        }
        return words;
    }

    static DecodeRequest request(Set<String> texts) {
        return DecodeRequest.of(PROMPT, () -> new ListedLanguage(VOCABULARY, texts))
                .with(DRAWN);
    }

    static List<DecodeRequest> requests(int count) {
        List<DecodeRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(request(WORDS).with(DRAWN.withSeed(i)));
        }
        return requests;
    }

    @Test
    void theSameSeedGivesTheSameTextInAnyBatchOnAnyNumberOfThreads() throws Exception {
        List<Transcript> alone = new ArrayList<>();
        try (MaskedDecoder decoder = new MaskedDecoder(model, 1)) {
            for (DecodeRequest request : requests(24)) {
                alone.add(decoder.decode(request).transcript());
            }
        }
        assertTrue(alone.stream().map(Transcript::text).distinct().count() > 8, "seeds make no difference");
        for (int threads : new int[] {0, 1, 2, 5}) {
            try (MaskedDecoder decoder = new MaskedDecoder(model, threads)) {
                List<Outcome> together = decoder.decode(requests(24));
                for (int i = 0; i < alone.size(); i++) {
                    assertSame(alone.get(i), together.get(i).transcript());
                }
            }
        }
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try (MaskedDecoder decoder = new MaskedDecoder(model, 2)) {
            List<Future<Outcome>> outcomes = new ArrayList<>();
            requests(24).forEach(request -> outcomes.add(callers.submit(() -> decoder.decode(request))));
            for (int i = 0; i < alone.size(); i++) {
                assertSame(alone.get(i), outcomes.get(i).get().transcript());
            }
        } finally {
            callers.shutdownNow();
        }
        assertEquals(0, model.openSessions());
    }

    @Test
    void withoutWeightsTheSameTokensAreWritten() {
        List<DecodeRequest> without = new ArrayList<>();
        List<DecodeRequest> with = new ArrayList<>();
        for (int seed = 0; seed < 30; seed++) {
            SamplingParameters parameters = DRAWN.withSeed(seed)
                    .withTemperature(seed % 3)
                    .withForcedText(ForcedText.values()[seed % ForcedText.values().length]);
            with.add(request(WORDS).with(parameters));
            without.add(request(WORDS).with(parameters.withWeights(false)));
        }
        for (int threads : new int[] {0, 2}) {
            try (MaskedDecoder decoder = new MaskedDecoder(model, threads)) {
                List<Outcome> weighed = decoder.decode(with);
                List<Outcome> unweighed = decoder.decode(without);
                for (int i = 0; i < with.size(); i++) {
                    Transcript expected = weighed.get(i).transcript();
                    Transcript actual = unweighed.get(i).transcript();
                    assertEquals(expected.tokens(), actual.tokens());
                    assertEquals(expected.target(), actual.target());
                    assertEquals(expected.forwardPasses(), actual.forwardPasses());
                    assertTrue(Double.isFinite(expected.logProbability()));
                    assertTrue(Double.isNaN(actual.logProbability()) && Double.isNaN(actual.logWeight()));
                }
            }
        }
    }

    @Test
    void aNegativeNumberOfMaskThreadsIsRefused() {
        assertThrows(InvalidInputException.class, () -> new MaskedDecoder(model, -1));
    }

    @Test
    void aClosedDecoderWithoutMaskThreadsWritesNothing() {
        MaskedDecoder decoder = new MaskedDecoder(model, 0);
        decoder.close();
        assertInstanceOf(Outcome.Cancelled.class, decoder.decode(requests(2)).get(0));
    }

    private static void assertSame(Transcript expected, Transcript actual) {
        assertEquals(expected.tokens(), actual.tokens());
        assertEquals(expected.logProbability(), actual.logProbability(), 1e-12);
        assertEquals(expected.logWeight(), actual.logWeight(), 1e-12);
    }

    @Test
    void aBatchSharesItsForwardPasses() {
        try (MaskedDecoder decoder = new MaskedDecoder(model)) {
            List<Outcome> outcomes = decoder.decode(requests(16));
            int longest = outcomes.stream()
                    .mapToInt(outcome -> outcome.transcript().forwardPasses())
                    .max()
                    .orElseThrow();
            assertEquals(longest, model.passes.get());
            assertTrue(longest <= 7, "words of 6 letters take at most 7 passes, not " + longest);
        }
    }

    @Test
    void aSharedPromptIsReadOnce() {
        try (MaskedDecoder decoder = new MaskedDecoder(model)) {
            decoder.decode(requests(16));
            int tokens = model.tokensRead.get();
            assertTrue(tokens < 16 * 7, "read " + tokens + " tokens");
            int before = model.tokensRead.get();
            int[] prompt = new int[100];
            List<DecodeRequest> long1 = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                long1.add(DecodeRequest.of(prompt, () -> new ListedLanguage(VOCABULARY, Set.of("a", "b")))
                        .with(DRAWN.withSeed(i)));
            }
            List<Outcome> outcomes = decoder.decode(long1);
            assertTrue(outcomes.stream().allMatch(Outcome::isComplete));
            assertEquals(100 + 8, model.tokensRead.get() - before);
            assertEquals(0, model.openSessions());
        }
    }

    @Test
    void differentGrammarsRunInOneBatch() {
        try (MaskedDecoder decoder = new MaskedDecoder(model)) {
            List<Outcome> outcomes = decoder.decode(List.of(
                    request(Set.of("aaa", "aba")), request(Set.of("b")), request(WORDS), request(Set.of("é\"é"))));
            assertTrue(
                    Set.of("aaa", "aba").contains(outcomes.get(0).transcript().text()));
            assertEquals("b", outcomes.get(1).transcript().text());
            assertTrue(WORDS.contains(outcomes.get(2).transcript().text()));
            assertEquals("é\"é", outcomes.get(3).transcript().text());
            assertTrue(outcomes.stream().allMatch(Outcome::isComplete));
        }
    }

    @Test
    void filtersAndGreedinessMakeASampleHeuristic() {
        try (MaskedDecoder decoder = new MaskedDecoder(model)) {
            DecodeRequest request = request(WORDS);
            assertEquals(Target.MASKED, decoder.decode(request).transcript().target());
            for (SamplingParameters parameters :
                    List.of(DRAWN.withTemperature(0), DRAWN.withTopK(1), DRAWN.withTopP(0.3), DRAWN.withMinP(0.9))) {
                Outcome outcome = decoder.decode(request.with(parameters));
                assertEquals(Target.HEURISTIC, outcome.transcript().target());
                assertTrue(outcome.isComplete());
            }
            assertEquals(
                    decoder.decode(request.with(DRAWN.withTemperature(0)))
                            .transcript()
                            .tokens(),
                    decoder.decode(request.with(DRAWN.withTopK(1))).transcript().tokens());
        }
    }

    @Test
    void everyBudgetThatSufficesAtTheStartEndsInAWholeText() {
        Set<String> texts = Set.of("aa", "abab", "babababa", "aabbaabbaabb");
        try (MaskedDecoder decoder = new MaskedDecoder(model)) {
            for (int budget = 2; budget < 14; budget++) {
                for (int seed = 0; seed < 20; seed++) {
                    DecodeRequest request =
                            request(texts).with(DRAWN.withMaxTokens(budget).withSeed(seed));
                    Outcome outcome = decoder.decode(request);
                    assertInstanceOf(Outcome.Complete.class, outcome, "budget " + budget + ", seed " + seed);
                    assertTrue(texts.contains(outcome.transcript().text()));
                    assertTrue(outcome.transcript().tokens().size() <= budget);
                }
            }
        }
    }

    @Test
    void aBudgetBelowTheBoundIsRefusedAtTheStart() {
        try (MaskedDecoder decoder = new MaskedDecoder(model)) {
            DecodeRequest small = request(Set.of("aaa")).with(DRAWN.withMaxTokens(2));
            LimitExceededException error = assertThrows(LimitExceededException.class, () -> decoder.decode(small));
            assertTrue(String.valueOf(error.getMessage()).contains("budget of 2"), error.toString());
            List<Outcome> outcomes = decoder.decode(List.of(small, request(Set.of("aaa"))));
            assertInstanceOf(Outcome.Refused.class, outcomes.get(0));
            assertInstanceOf(Outcome.Complete.class, outcomes.get(1));
        }
        assertEquals(0, model.openSessions());
    }

    @Test
    void theContextIsPartOfTheBudget() {
        model.contextLength = 5;
        try (MaskedDecoder decoder = new MaskedDecoder(model)) {
            for (int seed = 0; seed < 20; seed++) {
                Outcome outcome = decoder.decode(request(WORDS).with(DRAWN.withSeed(seed)));
                assertTrue(outcome.isComplete());
                assertTrue(outcome.transcript().tokens().size() <= 4);
            }
            int[] tooLong = new int[6];
            DecodeRequest request = DecodeRequest.of(tooLong, () -> new ListedLanguage(VOCABULARY, WORDS));
            assertThrows(InvalidInputException.class, () -> decoder.decode(request));
            DecodeRequest empty = DecodeRequest.of(new int[0], () -> new ListedLanguage(VOCABULARY, WORDS));
            assertThrows(InvalidInputException.class, () -> decoder.decode(empty));
        }
    }

    @Test
    void aVocabularyThatLacksBytesEndsInADeadEndOrAnEmptyBudget() {
        Vocabulary poor = vocabulary("a", "bb", "b");
        HashModel poorModel = new HashModel(poor, 2);
        try (MaskedDecoder decoder = new MaskedDecoder(poorModel)) {
            DecodeRequest dead = DecodeRequest.of(PROMPT, () -> new ListedLanguage(poor, Set.of("axa")))
                    .with(DRAWN);
            Outcome.DeadEnd end = assertInstanceOf(Outcome.DeadEnd.class, decoder.decode(dead));
            assertEquals("a", end.transcript().text());
            assertEquals(Double.NEGATIVE_INFINITY, end.logWeight());
            Supplier<TokenConstraint> optimist = () -> new ListedLanguage(poor, Set.of("abb")) {
                @Override
                public int leastTokensToEnd() {
                    return 1;
                }
            };
            DecodeRequest short1 = DecodeRequest.of(PROMPT, optimist).with(DRAWN.withMaxTokens(1));
            assertInstanceOf(Outcome.BudgetExhausted.class, decoder.decode(short1));
        }
    }

    @Test
    void aCharacterThatIsCutOffIsShownAsSuch() {
        Vocabulary halves = Vocabulary.builder()
                .token(0, ByteString.of((byte) 0xC3))
                .token(1, "a")
                .special(2, "</s>")
                .endIds(2)
                .build();
        try (MaskedDecoder decoder = new MaskedDecoder(new HashModel(halves, 1))) {
            Outcome outcome = decoder.decode(DecodeRequest.of(PROMPT, () -> new ListedLanguage(halves, Set.of("aé")))
                    .with(DRAWN));
            assertInstanceOf(Outcome.DeadEnd.class, outcome);
            assertEquals("a\uFFFD", outcome.transcript().text());
        }
    }

    @Test
    void textOnADeviceIsDrawnThere() {
        model.samplesOnDevice = true;
        try (MaskedDecoder decoder = new MaskedDecoder(model)) {
            Transcript transcript = decoder.decode(request(WORDS)).transcript();
            List<Integer> whole = new ArrayList<>(transcript.tokens());
            whole.add(VOCABULARY.endIds()[0]);
            assertEquals(model.logProbability(whole), transcript.logProbability(), 1e-5);
            assertTrue(transcript.logWeight() < 0 && WORDS.contains(transcript.text()));
        }
    }

    @Test
    void logProbabilityIsTheModels() {
        try (MaskedDecoder decoder = new MaskedDecoder(model)) {
            for (int seed = 0; seed < 20; seed++) {
                Transcript transcript = decoder.decode(request(WORDS).with(DRAWN.withSeed(seed)))
                        .transcript();
                List<Integer> whole = new ArrayList<>(transcript.tokens());
                whole.add(VOCABULARY.endIds()[0]);
                assertEquals(model.logProbability(whole), transcript.logProbability(), 1e-5);
            }
        }
    }
}
