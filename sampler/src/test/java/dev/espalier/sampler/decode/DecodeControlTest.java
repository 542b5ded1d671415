// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import static dev.espalier.sampler.decode.MaskedDecoderTest.VOCABULARY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.testing.RandomTrials;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.ListedLanguage;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.constraint.TokenConstraint;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Texts that pause, go on and are closed by others. */
class DecodeControlTest {

    private final HashModel model = new HashModel(VOCABULARY, 1);

    private static List<String> texts(Random random) {
        return IntStream.range(0, 300)
                .mapToObj(i -> IntStream.range(0, 4 + random.nextInt(25))
                        .mapToObj(j -> random.nextBoolean() ? "a" : "b")
                        .reduce("", String::concat))
                .toList();
    }

    private static DecodeRequest request(List<String> texts, long seed, ForcedText forced) {
        return DecodeRequest.of(new int[] {0}, () -> new ListedLanguage(VOCABULARY, texts))
                .with(SamplingParameters.MODEL.withSeed(seed).withForcedText(forced));
    }

    @RandomTrials(60)
    void aTextThatIsClosedHasTheFewestTokensFromThePassUnderWayOn(Random random) {
        List<String> texts = texts(random);
        ForcedText forced = random.nextBoolean() ? ForcedText.DRAWN : ForcedText.COMMITTED;
        DecodeRequest request = request(texts, random.nextInt(), forced);
        try (MaskedDecoder decoder = new MaskedDecoder(model, random.nextInt(2))) {
            List<Integer> free = decoder.decode(request).transcript().tokens();
            int when = random.nextInt(free.size() + 1);
            DecodeControl control = new DecodeControl();
            DecodeListener closer = new DecodeListener() {
                private int seen;

                @Override
                public void onToken(int token, boolean isForced) {
                    if (++seen == when) {
                        control.closeSoon();
                    }
                }
            };
            if (when == 0) {
                control.closeSoon();
            }
            Outcome closed = decoder.decode(request.with(closer).with(control));
            assertInstanceOf(Outcome.Complete.class, closed);
            List<Integer> tokens = closed.transcript().tokens();
            assertTrue(texts.contains(closed.transcript().text()), closed.toString());
            assertEquals(free.subList(0, when), tokens.subList(0, when));
            assertTrue(
                    forced == ForcedText.COMMITTED || isShortest(texts, tokens, when),
                    tokens + " closed from token " + when);
        }
    }

    /** Whether a text went on for no longer than the fewest tokens from some place, at most two tokens after it was to be closed. */
    private static boolean isShortest(List<String> texts, List<Integer> tokens, int when) {
        TokenConstraint place = new ListedLanguage(VOCABULARY, texts);
        tokens.subList(0, when).forEach(place::accept);
        for (int at = when; at <= when + 2 && at < tokens.size(); at++) {
            if (tokens.size() <= at + place.leastTokensToEnd()) { // in bytes, of which a token may have two
                return true;
            }
            place.accept(tokens.get(at));
        }
        return tokens.size() <= when + 2;
    }

    @Test
    void aTextThatIsClosedFromTheBeginningIsAShortestOne() {
        List<String> texts = List.of("aaaaaaa", "bab", "bbbbb");
        DecodeControl control = new DecodeControl();
        control.closeSoon();
        try (MaskedDecoder decoder = new MaskedDecoder(model, 1)) {
            for (int seed = 0; seed < 10; seed++) {
                assertEquals(
                        "bab",
                        decoder.decode(request(texts, seed, ForcedText.DRAWN).with(control))
                                .transcript()
                                .text());
            }
        }
    }

    @RandomTrials(20)
    void aTextThatPausesIsTheSameAndHoldsUpNobody(Random random) throws Exception {
        List<String> texts = texts(random);
        DecodeRequest request = request(texts, random.nextInt(), ForcedText.DRAWN);
        try (MaskedDecoder decoder = new MaskedDecoder(model, 1)) {
            Outcome free = decoder.decode(request);
            int when = random.nextInt(free.transcript().tokens().size());
            CompletableFuture<Boolean> paused = new CompletableFuture<>();
            DecodeControl control = new DecodeControl();
            DecodeListener pausing = new DecodeListener() {
                private int seen;

                @Override
                public void onToken(int token, boolean isForced) {
                    if (++seen == when) {
                        control.pause();
                        paused.complete(true);
                    }
                }
            };
            if (when == 0) {
                control.pause();
                paused.complete(true);
            }
            CompletableFuture<Outcome> waiting =
                    decoder.submit(request.with(pausing).with(control));
            paused.get();
            assertTrue(decoder.decode(request(texts, random.nextInt(), ForcedText.DRAWN))
                    .isComplete());
            assertFalse(when == 0 && waiting.isDone(), "a text that pauses from the beginning went on");
            control.resume();
            assertEquals(free.transcript().tokens(), waiting.get().transcript().tokens());
        }
    }
}
