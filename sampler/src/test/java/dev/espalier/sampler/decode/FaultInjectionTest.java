// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.ListedLanguage;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import dev.espalier.sampler.StepTrace;
import dev.espalier.sampler.Transcript;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Every call that decoding makes to the outside fails once, one after the other, until a run gets through. */
class FaultInjectionTest {

    private static final Vocabulary VOCABULARY = MaskedDecoderTest.vocabulary("a", "b", "ab", "c");
    private static final Set<String> TEXTS = Set.of("aabcab", "aabcba", "aabcbbba");

    /** Throws at the call that the countdown has been set to. */
    private final AtomicInteger countdown = new AtomicInteger();

    private void call() {
        if (countdown.decrementAndGet() == 0) {
            throw new IllegalStateException("injected");
        }
    }

    private final class FaultyLanguage extends ListedLanguage {

        FaultyLanguage() {
            super(VOCABULARY, TEXTS);
        }

        @Override
        public TokenMask mask(int remainingTokens) {
            call();
            return super.mask(remainingTokens);
        }

        @Override
        public void accept(int token) {
            call();
            super.accept(token);
        }

        @Override
        public boolean isTerminated() {
            call();
            return super.isTerminated();
        }

        @Override
        public boolean isAccepting() {
            call();
            return super.isAccepting();
        }

        @Override
        public byte[] forced() {
            call();
            return super.forced();
        }

        @Override
        public int leastTokensToEnd() {
            call();
            return super.leastTokensToEnd();
        }
    }

    private final class FaultyModel extends HashModel {

        FaultyModel() {
            super(VOCABULARY, 5);
        }

        @Override
        public Session open() {
            call();
            return super.open();
        }

        @Override
        public List<Logits> forward(List<Step> batch) {
            call();
            return super.forward(batch);
        }
    }

    private final class FaultyListener implements DecodeListener {

        @Override
        public void onToken(int token, boolean forced) {
            call();
        }

        @Override
        public void onText(String chunk) {
            call();
        }

        @Override
        public void onStep(StepTrace step) {
            call();
        }

        @Override
        public void onFinish(Outcome outcome) {
            call();
        }
    }

    @Test
    void aFaultInOneSequenceIsItsOutcomeAndLeavesItsNeighbourAlone() {
        for (ForcedText forcedText : ForcedText.values()) {
            DecodeRequest sound = DecodeRequest.of(new int[] {0}, () -> new ListedLanguage(VOCABULARY, TEXTS))
                    .with(SamplingParameters.MODEL.withForcedText(forcedText).withSeed(8));
            DecodeRequest faulty = DecodeRequest.of(new int[] {0}, FaultyLanguage::new)
                    .with(sound.parameters())
                    .with(new FaultyListener());
            HashModel model = new HashModel(VOCABULARY, 5);
            int faults = 0;
            int refused = 0;
            try (MaskedDecoder decoder = new MaskedDecoder(model, 2)) {
                Transcript expected = decoder.decode(sound).transcript();
                for (boolean through = false; !through; faults++) {
                    countdown.set(faults + 1);
                    List<Outcome> outcomes = decoder.decode(List.of(faulty, sound));
                    through = countdown.get() > 0;
                    if (through || outcomes.get(0).isComplete()) { // or in a mask made ahead that nobody came to need
                        assertEquals(
                                expected.tokens(), outcomes.get(0).transcript().tokens(), "fault " + faults);
                    } else {
                        assertInstanceOf(Outcome.Refused.class, outcomes.get(0), "fault " + faults);
                        refused++;
                    }
                    assertInstanceOf(Outcome.Complete.class, outcomes.get(1));
                    assertEquals(expected.tokens(), outcomes.get(1).transcript().tokens());
                    assertEquals(0, model.openSessions(), "fault " + faults);
                }
            }
            assertTrue(refused > 15, refused + " faults were outcomes");
        }
    }

    @Test
    void aPassingFaultOfTheModelIsItsOutcomeOrIsRetried() {
        for (ForcedText forcedText : ForcedText.values()) {
            DecodeRequest request = DecodeRequest.of(new int[] {0}, () -> new ListedLanguage(VOCABULARY, TEXTS))
                    .with(SamplingParameters.MODEL.withForcedText(forcedText).withSeed(8));
            HashModel model = new FaultyModel();
            int faults = 0;
            try (MaskedDecoder decoder = new MaskedDecoder(model, 2)) {
                for (boolean through = false; !through; faults++) {
                    countdown.set(faults + 1);
                    Outcome alone = decoder.decode(List.of(request)).get(0);
                    through = countdown.get() > 0;
                    assertEquals(through ? Outcome.Complete.class : Outcome.ModelFailed.class, alone.getClass());
                    countdown.set(faults + 1);
                    List<Outcome> both = decoder.decode(
                            List.of(request, request.with(request.parameters().withSeed(9))));
                    assertTrue(
                            both.stream().filter(Outcome::isComplete).count() >= 1
                                    && both.stream()
                                            .allMatch(outcome ->
                                                    outcome.isComplete() || outcome instanceof Outcome.ModelFailed),
                            "fault " + faults);
                    assertEquals(0, model.openSessions(), "fault " + faults);
                }
            }
            assertTrue(faults > 2, faults + " faults");
        }
    }
}
