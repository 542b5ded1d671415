// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import static dev.espalier.sampler.decode.MaskedDecoderTest.DRAWN;
import static dev.espalier.sampler.decode.MaskedDecoderTest.PROMPT;
import static dev.espalier.sampler.decode.MaskedDecoderTest.VOCABULARY;
import static dev.espalier.sampler.decode.MaskedDecoderTest.WORDS;
import static dev.espalier.sampler.decode.MaskedDecoderTest.request;
import static dev.espalier.sampler.decode.MaskedDecoderTest.requests;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.ModelException;
import dev.espalier.core.error.Place;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.BatchListener;
import dev.espalier.sampler.BatchOptions;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.ListedLanguage;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import dev.espalier.sampler.Transcript;
import dev.espalier.sampler.constraint.MaskThreads;
import dev.espalier.sampler.constraint.TokenConstraint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Sequences that end before their time: cancelled, closed, refused, or given up by the model. */
class EndsOfDecodingTest {

    private final HashModel model = new HashModel(VOCABULARY, 1);

    @Test
    void cancellationFromAnotherThreadEndsOneSequenceSoon() throws Exception {
        int last = 9;
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        model.duringPass = pass -> {
            if (pass == last) {
                reached.countDown();
                HashModel.await(cancelled);
            }
        };
        String endless = "ab".repeat(400);
        Cancellation cancellation = new Cancellation();
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try (MaskedDecoder decoder = new MaskedDecoder(model)) {
            List<DecodeRequest> batch = List.of(request(Set.of(endless)).with(cancellation), request(Set.of("abab")));
            Future<List<Outcome>> outcomes = caller.submit(() -> decoder.decode(batch));
            reached.await();
            cancellation.cancel();
            cancelled.countDown();
            Transcript written = assertInstanceOf(
                            Outcome.Cancelled.class, outcomes.get().get(0))
                    .transcript();
            assertTrue(endless.startsWith(written.text()));
            assertEquals(last, written.forwardPasses(), "no pass after the cancellation");
            assertInstanceOf(Outcome.Complete.class, outcomes.get().get(1));
        } finally {
            caller.shutdownNow();
        }
        assertEquals(0, model.openSessions());
    }

    @Test
    void anInterruptedThreadGetsACancelledOutcomeAndKeepsItsFlag() {
        try (MaskedDecoder decoder = new MaskedDecoder(model)) {
            Thread.currentThread().interrupt();
            assertInstanceOf(Outcome.Cancelled.class, decoder.decode(request(WORDS)));
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void aSubmittedTextThatCannotBeginFailsItsFuture() {
        DecodeRequest broken = request(WORDS).withChoices(() -> {
            throw new IllegalStateException("no random numbers");
        });
        try (MaskedDecoder decoder =
                new MaskedDecoder(model, 1, BatchOptions.DEFAULT.withMaxWaiting(1), BatchListener.NONE)) {
            CompletionException failure = assertThrows(
                    CompletionException.class,
                    () -> decoder.submit(broken).orTimeout(1, TimeUnit.MINUTES).join());
            assertTrue(String.valueOf(failure.getMessage()).endsWith("no random numbers"), failure.getMessage());
            assertInstanceOf(
                    Outcome.Complete.class, decoder.submit(request(WORDS)).join());
        }
    }

    @Test
    void aSlowMaskDoesNotHoldUpCancellationOrClosing() throws Exception {
        ExecutorService caller = Executors.newSingleThreadExecutor();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Supplier<TokenConstraint> slow = () -> new ListedLanguage(VOCABULARY, WORDS) {
            @Override
            public TokenMask mask(int remainingTokens) {
                begun.countDown();
                HashModel.await(ended); // as slow as the whole test
                return super.mask(remainingTokens);
            }
        };
        try (MaskedDecoder decoder = new MaskedDecoder(model, 1)) {
            DecodeRequest request = DecodeRequest.of(PROMPT, slow).with(DRAWN);
            Future<List<Outcome>> outcomes = caller.submit(() -> decoder.decode(List.of(request, request(WORDS))));
            begun.await();
            decoder.close();
            for (Outcome outcome : outcomes.get()) {
                assertTrue(outcome instanceof Outcome.Cancelled || outcome instanceof Outcome.Complete, "" + outcome);
            }
            assertInstanceOf(Outcome.Cancelled.class, decoder.decode(request(WORDS)));
        } finally {
            ended.countDown();
            caller.shutdownNow();
        }
    }

    @Test
    void aModelThatFailsForOneSequenceFailsThatOneAlone() {
        model.failing = number -> number == 1;
        try (MaskedDecoder decoder = new MaskedDecoder(model)) {
            List<Outcome> outcomes = decoder.decode(requests(4));
            for (int i = 0; i < 4; i++) {
                if (i == 1) {
                    Outcome.ModelFailed failed = assertInstanceOf(Outcome.ModelFailed.class, outcomes.get(i));
                    ModelException cause = assertInstanceOf(ModelException.class, failed.cause());
                    assertInstanceOf(IllegalStateException.class, cause.getCause());
                } else {
                    assertInstanceOf(Outcome.Complete.class, outcomes.get(i));
                }
            }
            Outcome alone = decoder.decode(requests(3)).get(2);
            assertEquals(
                    outcomes.get(2).transcript().tokens(), alone.transcript().tokens());
        }
        assertEquals(0, model.openSessions());
    }

    @Test
    void aFailureWhileASharedPromptIsReadIsRetriedByEach() {
        model.failing = number -> number == 0;
        try (MaskedDecoder decoder = new MaskedDecoder(model)) {
            List<Outcome> outcomes = decoder.decode(requests(4));
            assertInstanceOf(Outcome.ModelFailed.class, outcomes.get(0));
            for (int i = 1; i < 4; i++) {
                assertInstanceOf(Outcome.Complete.class, outcomes.get(i));
            }
        }
        assertEquals(0, model.openSessions());
    }

    @Test
    void aModelWithoutRoomFailsThoseItCannotSeat() {
        HashModel small = new HashModel(VOCABULARY, 1) {
            @Override
            public Session open() {
                if (openSessions() >= 2) {
                    throw new ModelException("no room for another sequence");
                }
                return super.open();
            }
        };
        try (MaskedDecoder decoder = new MaskedDecoder(small)) {
            List<DecodeRequest> requests = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                requests.add(DecodeRequest.of(new int[] {i}, () -> new ListedLanguage(VOCABULARY, WORDS)));
            }
            List<Outcome> outcomes = decoder.decode(requests);
            assertEquals(2, outcomes.stream().filter(Outcome::isComplete).count());
            assertEquals(
                    2,
                    outcomes.stream()
                            .filter(outcome -> outcome instanceof Outcome.ModelFailed)
                            .count());
        }
    }

    @Test
    void notANumberFromTheModelIsItsFailure() {
        HashModel broken = new HashModel(VOCABULARY, 3) {
            @Override
            public List<Logits> forward(List<Step> batch) {
                return Collections.nCopies(batch.size(), Logits.of(new float[] {Float.NaN, 1, 1, 1, 1, 1, 1}));
            }
        };
        HashModel narrow = new HashModel(VOCABULARY, 3) {
            @Override
            public List<Logits> forward(List<Step> batch) {
                return Collections.nCopies(batch.size(), Logits.of(new float[2]));
            }
        };
        HashModel silent = new HashModel(VOCABULARY, 3) {
            @Override
            public List<Logits> forward(List<Step> batch) {
                return List.of();
            }
        };
        for (HashModel bad : List.of(broken, narrow, silent)) {
            for (ForcedText forcedText : ForcedText.values()) {
                try (MaskedDecoder decoder = new MaskedDecoder(bad)) {
                    Outcome outcome = decoder.decode(request(WORDS).with(DRAWN.withForcedText(forcedText)));
                    assertInstanceOf(Outcome.ModelFailed.class, outcome);
                }
            }
        }
    }

    @Test
    void aMaskPastItsLimitsOrAFrameThatThrowsRefusesThatSequenceAlone() {
        Supplier<TokenConstraint> limited = () -> new ListedLanguage(VOCABULARY, WORDS) {
            @Override
            public TokenMask mask(int remainingTokens) {
                throw new LimitExceededException("maxCompileBytes", 1, 2, Place.UNKNOWN);
            }
        };
        Supplier<TokenConstraint> foreign = () -> new ListedLanguage(VOCABULARY, WORDS) {
            @Override
            public TokenMask mask(int remainingTokens) {
                throw new StackOverflowError();
            }
        };
        try (MaskedDecoder decoder = new MaskedDecoder(model)) {
            List<Outcome> outcomes = decoder.decode(
                    List.of(DecodeRequest.of(PROMPT, limited), DecodeRequest.of(PROMPT, foreign), request(WORDS)));
            Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, outcomes.get(0));
            assertInstanceOf(LimitExceededException.class, refused.cause());
            assertInstanceOf(Outcome.Refused.class, outcomes.get(1));
            assertInstanceOf(Outcome.Complete.class, outcomes.get(2));
        }
        assertEquals(0, model.openSessions());
    }

    @Test
    void closingLeavesNoThread() throws InterruptedException {
        try (MaskedDecoder decoder = new MaskedDecoder(model, 3)) {
            assertEquals(16, decoder.decode(requests(16)).size());
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(MaskThreads.NAME)) {
                thread.join(); // for ever, if closing left it
            }
        }
    }
}
