// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.ListedLanguage;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Texts that turn out to have no end are taken back. */
class AttemptsTest {

    private static final Vocabulary VOCABULARY = MaskedDecoderTest.vocabulary("a", "b");
    private static final SamplingParameters DRAWN = SamplingParameters.MODEL.withForcedText(ForcedText.DRAWN);
    private static final Set<String> TEXTS = Set.of("aa", "ab", "ba", "bb");

    private final HashModel model = new HashModel(VOCABULARY, 1);

    /** Reads all texts, and sees at their end that those that begin with b are none. */
    private static final class SeesLate extends ListedLanguage {

        private final StringBuilder text = new StringBuilder();

        SeesLate() {
            super(VOCABULARY, TEXTS);
        }

        @Override
        public TokenMask mask(int remainingTokens) {
            if (text.toString().matches("b.")) {
                throw new DeadEndException("this is no text after all");
            }
            return super.mask(remainingTokens);
        }

        @Override
        public void accept(int token) {
            super.accept(token);
            if (!VOCABULARY.isEnd(token)) {
                text.append(VOCABULARY.bytes(token).toUtf8());
            }
        }
    }

    private static DecodeRequest request(int attempts, long seed) {
        return DecodeRequest.of(new int[] {0}, SeesLate::new)
                .with(DRAWN.withSeed(seed))
                .withAttempts(attempts);
    }

    @Test
    void withoutFurtherAttemptsADeadEndIsTheOutcome() {
        try (MaskedDecoder decoder = new MaskedDecoder(model, 1)) {
            List<Outcome> outcomes = new ArrayList<>();
            for (int seed = 0; seed < 40; seed++) {
                outcomes.add(decoder.decode(request(1, seed)));
            }
            assertTrue(outcomes.stream().anyMatch(Outcome.DeadEnd.class::isInstance));
            assertTrue(outcomes.stream().anyMatch(Outcome::isComplete));
        }
        assertEquals(0, model.openSessions());
    }

    @Test
    void furtherAttemptsDrawFromTheLawOfTheTextsThatEnd() {
        int draws = 4000;
        Map<String, Integer> counts = new TreeMap<>();
        Map<String, Integer> direct = new TreeMap<>();
        try (MaskedDecoder decoder = new MaskedDecoder(model, 2)) {
            List<DecodeRequest> requests = new ArrayList<>();
            List<DecodeRequest> plain = new ArrayList<>();
            for (int seed = 0; seed < draws; seed++) {
                requests.add(request(60, seed));
                plain.add(DecodeRequest.of(new int[] {0}, () -> new ListedLanguage(VOCABULARY, TEXTS))
                        .with(DRAWN.withSeed(seed)));
            }
            for (Outcome outcome : decoder.decode(requests)) {
                assertInstanceOf(Outcome.Complete.class, outcome);
                counts.merge(outcome.transcript().text(), 1, Integer::sum);
            }
            for (Outcome outcome : decoder.decode(plain)) {
                if (outcome.transcript().text().startsWith("a")) {
                    direct.merge(outcome.transcript().text(), 1, Integer::sum);
                }
            }
        }
        assertEquals(Set.of("aa", "ab"), counts.keySet());
        int all = direct.values().stream().mapToInt(i -> i).sum();
        double expected = direct.getOrDefault("aa", 0) / (double) all;
        assertEquals(expected, counts.getOrDefault("aa", 0) / (double) draws, 5 * Math.sqrt(0.25 / all + 0.25 / draws));
        assertEquals(0, model.openSessions());
    }

    @Test
    void listenersLearnThatATextIsTakenBack() {
        try (MaskedDecoder decoder = new MaskedDecoder(model, 1)) {
            int restarts = 0;
            for (int seed = 0; seed < 20; seed++) {
                StringBuilder text = new StringBuilder();
                int[] taken = {0};
                Outcome outcome = decoder.decode(request(60, seed).with(new DecodeListener() {
                    @Override
                    public void onText(String chunk) {
                        text.append(chunk);
                    }

                    @Override
                    public void onRestart(Outcome cause) {
                        assertInstanceOf(Outcome.DeadEnd.class, cause);
                        text.setLength(0);
                        taken[0]++;
                    }
                }));
                assertEquals(outcome.transcript().text(), text.toString());
                restarts += taken[0];
            }
            assertTrue(restarts > 0);
        }
    }

    @Test
    void whatIsNotDrawnAtRandomIsNotRepeated() {
        List<SamplingParameters> fixed = List.of(
                DRAWN.withTemperature(0),
                DRAWN.withTopK(1),
                DRAWN.withTemperature(0.5).withTopK(1));
        for (SamplingParameters parameters : fixed) {
            int dead = 0;
            for (int weights = 0; weights < 10; weights++) {
                try (MaskedDecoder decoder = new MaskedDecoder(new HashModel(VOCABULARY, weights), 1)) {
                    int[] taken = {0};
                    Outcome outcome =
                            decoder.decode(request(60, 0).with(parameters).with(new DecodeListener() {
                                @Override
                                public void onRestart(Outcome cause) {
                                    taken[0]++;
                                }
                            }));
                    dead += outcome instanceof Outcome.DeadEnd ? 1 : 0;
                    assertEquals(0, taken[0]);
                }
            }
            assertTrue(dead > 0, "no text had no end");
        }
    }

    @Test
    void attemptsAreAtLeastOne() {
        assertThrows(InvalidInputException.class, () -> request(0, 0));
    }
}
