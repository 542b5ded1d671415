// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import static dev.espalier.sampler.decode.MaskedDecoderTest.DRAWN;
import static dev.espalier.sampler.decode.MaskedDecoderTest.VOCABULARY;
import static dev.espalier.sampler.decode.MaskedDecoderTest.WORDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.sampler.BatchListener;
import dev.espalier.sampler.BatchOptions;
import dev.espalier.sampler.BatchPass;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.ListedLanguage;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of many callers that are written in shared passes. */
class SchedulerTest {

    private final HashModel model = new HashModel(VOCABULARY, 1);
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<BatchPass> passes = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void end() {
        callers.shutdownNow();
    }

    private MaskedDecoder decoder(BatchOptions options) {
        return new MaskedDecoder(model, 1, options, passes::add);
    }

    private static DecodeRequest request(int seed, int... prompt) {
        return DecodeRequest.of(prompt, () -> new ListedLanguage(VOCABULARY, WORDS))
                .with(DRAWN.withSeed(seed));
    }

    private static int[] prompt(int length, int first) {
        int[] prompt = new int[length];
        Arrays.fill(prompt, 1);
        prompt[0] = first;
        return prompt;
    }

    /** Begins the first text of a list, waits until a pass has begun, lets all others come, and ends the pass. */
    private List<Future<Outcome>> together(MaskedDecoder decoder, List<DecodeRequest> requests) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(1);
        model.duringPass = pass -> {
            begun.countDown();
            HashModel.await(all);
        };
        List<Future<Outcome>> outcomes = new ArrayList<>();
        outcomes.add(callers.submit(() -> decoder.decode(requests.get(0))));
        begun.await();
        List<Thread> threads = new ArrayList<>();
        for (DecodeRequest request : requests.subList(1, requests.size())) {
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            Thread thread = new Thread(() -> outcome.complete(decoder.decode(request)));
            thread.start();
            threads.add(thread);
            outcomes.add(outcome);
        }
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait(); // until it waits for its text
            }
        }
        all.countDown();
        return outcomes;
    }

    @Test
    void textsOfManyThreadsShareTheirPasses() throws Exception {
        try (MaskedDecoder decoder = decoder(BatchOptions.DEFAULT)) {
            List<DecodeRequest> requests = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                requests.add(request(i, 0));
            }
            for (Future<Outcome> outcome : together(decoder, requests)) {
                assertTrue(outcome.get().isComplete());
            }
            assertTrue(passes.stream().anyMatch(pass -> pass.active() == 16), passes.toString());
        }
        assertEquals(0, model.openSessions());
    }

    @Test
    void aLongPromptIsReadInPartsBetweenWhichOthersGoOn() throws Exception {
        try (MaskedDecoder decoder = decoder(BatchOptions.DEFAULT.withPromptTokens(10))) {
            List<Future<Outcome>> outcomes =
                    together(decoder, List.of(request(1, 0), request(2, prompt(500, 0)), request(3, 5, 3)));
            for (Future<Outcome> outcome : outcomes) {
                assertTrue(outcome.get().isComplete());
            }
            assertTrue(passes.stream().allMatch(pass -> pass.promptTokens() <= 10));
            assertTrue(passes.stream().anyMatch(pass -> pass.rows() == 2 && pass.promptTokens() > 0));
            assertTrue(outcomes.get(1).get().transcript().forwardPasses() >= 50);
            assertTrue(
                    outcomes.get(2).get().transcript().forwardPasses() <= 7, "short prompts do not wait for long ones");
        }
        assertEquals(0, model.openSessions());
    }

    @Test
    void whatTextsHaveInCommonIsReadOnce() throws Exception {
        try (MaskedDecoder decoder = decoder(BatchOptions.DEFAULT)) {
            List<DecodeRequest> requests = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                int[] prompt = prompt(501, 0);
                prompt[500] = i % 6;
                requests.add(request(i, prompt));
            }
            List<Outcome> outcomes = decoder.decode(requests);
            assertTrue(outcomes.stream().allMatch(Outcome::isComplete));
            int text = outcomes.stream()
                    .mapToInt(outcome -> outcome.transcript().tokens().size())
                    .sum();
            assertTrue(model.tokensRead() <= 501 + 64 + text, "read " + model.tokensRead());
            int read = outcomes.stream()
                    .map(Outcome::transcript)
                    .mapToInt(written -> written.promptTokens() - written.sharedTokens())
                    .sum();
            assertTrue(read >= 501 && read <= model.tokensRead(), read + " tokens of prompts were read");
        }
        assertEquals(0, model.openSessions());
    }

    @Test
    void beginningsOfEndedTextsAreKeptAndGivenBack() {
        try (MaskedDecoder decoder = decoder(BatchOptions.DEFAULT.withPrefixTokens(600))) {
            Outcome first = decoder.decode(request(1, prompt(400, 0)));
            int read = model.tokensRead();
            int[] longer = Arrays.copyOf(prompt(400, 0), 420);
            Outcome second = decoder.decode(request(2, longer));
            assertTrue(first.isComplete() && second.isComplete());
            assertTrue(model.tokensRead() - read <= 20 + 7, "read " + (model.tokensRead() - read));
            assertEquals(0, first.transcript().sharedTokens());
            assertEquals(400, second.transcript().sharedTokens());
            decoder.decode(request(3, prompt(300, 5)));
            assertTrue(model.tokensHeld() <= 600, "held " + model.tokensHeld());
        }
        assertEquals(0, model.openSessions());
    }

    @Test
    void aSlowListenerHoldsUpItsOwnTextAlone() throws Exception {
        CountDownLatch other = new CountDownLatch(1);
        DecodeListener slow = new DecodeListener() {
            @Override
            public void onToken(int token, boolean forced) {
                HashModel.await(other); // for ever, if the other text waited for this one
            }
        };
        try (MaskedDecoder decoder = decoder(BatchOptions.DEFAULT)) {
            List<Future<Outcome>> outcomes =
                    together(decoder, List.of(request(1, 0).with(slow), request(2, 0), request(3, 0)));
            assertTrue(outcomes.get(1).get().isComplete());
            assertTrue(outcomes.get(2).get().isComplete());
            other.countDown();
            assertTrue(outcomes.get(0).get().isComplete());
        }
    }

    /** A text of which each mask takes until a latch is open. */
    private static DecodeRequest slowMasks(CountDownLatch latch) {
        return DecodeRequest.of(new int[] {0}, () -> new ListedLanguage(VOCABULARY, WORDS) {
                    @Override
                    public dev.espalier.mask.token.TokenMask mask(int remainingTokens) {
                        HashModel.await(latch);
                        return super.mask(remainingTokens);
                    }
                })
                .with(DRAWN);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aSlowMaskHoldsUpItsOwnTextAlone(int maskThreads) throws Exception {
        CountDownLatch other = new CountDownLatch(1);
        try (MaskedDecoder decoder = new MaskedDecoder(model, maskThreads)) {
            List<Future<Outcome>> outcomes = together(decoder, List.of(slowMasks(other), request(2, 0), request(3, 0)));
            assertTrue(outcomes.get(1).get().isComplete());
            assertTrue(outcomes.get(2).get().isComplete());
            other.countDown();
            assertTrue(outcomes.get(0).get().isComplete());
        }
    }

    @Test
    void slowMasksOfSubmittedTextsHoldUpTheirOwnTextsAlone() throws Exception {
        CountDownLatch others = new CountDownLatch(1);
        try (MaskedDecoder decoder = new MaskedDecoder(model, 1)) {
            List<CompletableFuture<Outcome>> slow = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                slow.add(decoder.submit(slowMasks(others)));
            }
            for (int i = 0; i < 4; i++) {
                assertTrue(decoder.submit(request(i, 0)).get().isComplete());
            }
            others.countDown();
            for (CompletableFuture<Outcome> outcome : slow) {
                assertTrue(outcome.get().isComplete());
            }
        }
        assertEquals(0, model.openSessions());
    }

    @Test
    void aTextOfHigherPriorityGoesFirst() throws Exception {
        List<Integer> ended = Collections.synchronizedList(new ArrayList<>());
        List<DecodeRequest> requests = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            requests.add(request(i, 0).withPriority(i).with(new DecodeListener() {
                @Override
                public void onFinish(Outcome outcome) {
                    ended.add(number);
                }
            }));
        }
        try (MaskedDecoder decoder = decoder(BatchOptions.DEFAULT.withMaxRows(1))) {
            for (Outcome outcome : decoder.decode(requests)) {
                assertTrue(outcome.isComplete());
            }
            assertTrue(passes.stream().allMatch(pass -> pass.rows() == 1));
        }
        assertEquals(5, ended.size());
        assertTrue(passes.size() >= 5);
    }

    @Test
    void submittedTextsAreDoneLikeOthers() throws Exception {
        Outcome alone;
        try (MaskedDecoder decoder = decoder(BatchOptions.DEFAULT)) {
            alone = decoder.decode(request(7, 0));
            List<String> heard = Collections.synchronizedList(new ArrayList<>());
            DecodeListener listener = new DecodeListener() {
                @Override
                public void onText(String chunk) {
                    heard.add(chunk);
                }
            };
            List<CompletableFuture<Outcome>> futures = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                futures.add(decoder.submit(i == 7 ? request(7, 0).with(listener) : request(i, 0)));
            }
            for (CompletableFuture<Outcome> future : futures) {
                assertTrue(future.get().isComplete());
            }
            assertEquals(
                    alone.transcript().tokens(),
                    futures.get(7).get().transcript().tokens());
            assertEquals(alone.transcript().text(), String.join("", heard));
            Outcome refused =
                    decoder.submit(request(1, 0).with(DRAWN.withMaxTokens(1))).get();
            assertInstanceOf(Outcome.Refused.class, refused);
        }
        assertEquals(0, model.openSessions());
    }

    @Test
    void tooManySubmittedTextsAreRefusedAndCancelledOnesEnd() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        model.duringPass = pass -> HashModel.await(go);
        MaskedDecoder decoder = decoder(BatchOptions.DEFAULT.withMaxWaiting(3));
        AtomicInteger cancelled = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(1);
        CompletableFuture<Outcome> one = decoder.submit(request(1, 0).with(new DecodeListener() {
            @Override
            public void onFinish(Outcome outcome) {
                cancelled.addAndGet(outcome instanceof Outcome.Cancelled ? 1 : 0);
                ended.countDown();
            }
        }));
        CompletableFuture<Outcome> two = decoder.submit(request(2, 0));
        CompletableFuture<Outcome> three = decoder.submit(request(3, 0));
        LimitExceededException full = assertThrows(LimitExceededException.class, () -> decoder.submit(request(4, 0)));
        assertTrue(String.valueOf(full.getMessage()).contains("maxWaiting"), full.toString());
        one.cancel(false);
        go.countDown();
        assertTrue(two.get().isComplete() && three.get().isComplete());
        ended.await();
        assertEquals(1, cancelled.get());
        decoder.close();
        assertThrows(CancelledException.class, () -> decoder.submit(request(5, 0)));
        assertEquals(0, model.openSessions());
    }

    @Test
    void aPromptThatTheCacheCannotHoldIsRefused() {
        try (MaskedDecoder decoder = decoder(BatchOptions.DEFAULT.withCacheTokens(50))) {
            Outcome outcome = decoder.decode(List.of(request(1, prompt(60, 0)))).get(0);
            Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, outcome);
            assertTrue(String.valueOf(refused.cause().getMessage()).contains("bound of the cache"), "" + refused);
        }
    }

    /** Whatever company, bounds and order, each text is the one that is written alone; memory stays in its bounds and is given back. */
    @RandomTrials(150)
    void inAnyCompanyTheSameTextsAreWritten(Random random) throws Exception {
        List<DecodeRequest> requests = new ArrayList<>();
        int[] common = prompt(40 + random.nextInt(40), random.nextInt(3));
        for (int i = 1 + random.nextInt(20); i > 0; i--) {
            int[] prompt = Arrays.copyOf(common, 1 + random.nextInt(common.length));
            prompt[prompt.length - 1] = random.nextInt(6);
            SamplingParameters parameters = DRAWN.withSeed(random.nextInt(5))
                    .withTemperature(random.nextInt(2))
                    .withForcedText(ForcedText.values()[random.nextInt(3)]);
            requests.add(request(0, prompt).with(parameters).withPriority(random.nextInt(3)));
        }
        List<List<Integer>> alone = new ArrayList<>();
        for (DecodeRequest request : requests) {
            try (MaskedDecoder decoder = new MaskedDecoder(model, 1)) {
                alone.add(decoder.decode(request).transcript().tokens());
            }
        }
        requests.replaceAll(request -> request.with(request.parameters().withDraftTokens(random.nextInt(6))));
        long room = random.nextBoolean() ? Long.MAX_VALUE : 90 + random.nextInt(200);
        HashModel small = ModelDraftsTest.small(random);
        BatchOptions options = BatchOptions.DEFAULT
                .withMaxRows(1 + random.nextInt(8))
                .withPromptTokens(1 + random.nextInt(60))
                .withCacheTokens(room)
                .withPrefixTokens(random.nextBoolean() ? 0 : random.nextInt(300))
                .withInvariant(random.nextInt(4) == 0)
                .with(ModelDraftsTest.options(random, small));
        model.readsTreesAtOnce = room == Long.MAX_VALUE && random.nextBoolean();
        BatchListener bounded = pass ->
                assertTrue(model.tokensHeld() <= room && pass.cacheTokens() <= room, "held " + model.tokensHeld());
        try (MaskedDecoder decoder = new MaskedDecoder(model, random.nextInt(3), options, bounded)) {
            List<Future<List<Outcome>>> outcomes = new ArrayList<>();
            for (int from = 0; from < requests.size(); ) {
                int to = Math.min(requests.size(), from + 1 + random.nextInt(4));
                List<DecodeRequest> some = requests.subList(from, to);
                outcomes.add(callers.submit(() -> decoder.decode(some)));
                from = to;
            }
            int at = 0;
            for (Future<List<Outcome>> some : outcomes) {
                for (Outcome outcome : some.get()) {
                    assertInstanceOf(Outcome.Complete.class, outcome);
                    assertEquals(alone.get(at++), outcome.transcript().tokens());
                }
            }
        }
        assertEquals(0, model.openSessions());
        assertEquals(0, small.openSessions());
    }

    /** Cancellations, failing sessions and listeners that throw at any time end their own texts only. */
    @RandomTrials(100)
    void whatEndsATextEndsThatOneAlone(Random random) throws Exception {
        int failing = random.nextInt(12);
        model.fail(number -> number % 12 == failing && random.nextInt(4) == 0);
        try (MaskedDecoder decoder = new MaskedDecoder(
                model, 2, BatchOptions.DEFAULT.withMaxRows(1 + random.nextInt(6)), BatchListener.NONE)) {
            List<Future<Outcome>> outcomes = new ArrayList<>();
            List<Cancellation> cancellations = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Cancellation cancellation = new Cancellation();
                cancellations.add(cancellation);
                DecodeRequest request =
                        request(i, prompt(1 + random.nextInt(3), i % 3)).with(cancellation);
                boolean angry = i % 5 == 1;
                DecodeRequest heard = request.with(new DecodeListener() {
                    @Override
                    public void onText(String chunk) {
                        if (angry) {
                            throw new IllegalArgumentException("no more");
                        }
                    }
                });
                outcomes.add(callers.submit(() -> decoder.decode(List.of(heard)).get(0)));
            }
            cancellations.get(3).cancel();
            for (int i = 0; i < 12; i++) {
                Outcome outcome = outcomes.get(i).get();
                boolean usual = outcome.isComplete() || outcome instanceof Outcome.ModelFailed;
                boolean own = (i == 3 && outcome instanceof Outcome.Cancelled)
                        || (i % 5 == 1 && outcome instanceof Outcome.Refused);
                assertTrue(usual || own, i + ": " + outcome);
            }
        }
        assertEquals(0, model.openSessions());
    }

    @Test
    void interruptingALeaderEndsItsOwnTextsAndNoOthers() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        model.duringPass = pass -> {
            begun.countDown();
            HashModel.await(interrupted);
        };
        try (MaskedDecoder decoder = decoder(BatchOptions.DEFAULT)) {
            CompletableFuture<Outcome> first = new CompletableFuture<>();
            Thread leader = new Thread(() -> first.complete(decoder.decode(request(1, 0))));
            leader.start();
            begun.await();
            Future<Outcome> second = callers.submit(() -> decoder.decode(request(2, 0)));
            leader.interrupt();
            interrupted.countDown();
            assertInstanceOf(Outcome.Cancelled.class, first.get());
            assertTrue(second.get().isComplete());
        }
        assertEquals(0, model.openSessions());
    }

    @Test
    void aGreedyTextIsTheSameWhereEachHasPassesOfItsOwn() {
        List<DecodeRequest> requests = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            requests.add(request(i, prompt(50, i % 3)));
        }
        try (MaskedDecoder decoder =
                decoder(BatchOptions.DEFAULT.withInvariant(true).withPromptTokens(16))) {
            decoder.decode(requests);
            assertTrue(passes.stream().anyMatch(pass -> pass.rows() > 1));
        }
        assertEquals(0, model.openSessions());
    }
}
