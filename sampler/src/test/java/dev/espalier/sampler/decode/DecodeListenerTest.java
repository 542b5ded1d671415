// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.ListedLanguage;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.StepTrace;
import dev.espalier.sampler.Timings;
import dev.espalier.sampler.TokenProbabilities;
import dev.espalier.sampler.constraint.Utf8Stream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class DecodeListenerTest {

    private static final Vocabulary LETTERS = MaskedDecoderTest.vocabulary("a", "b", "ab");

    /** Keeps all that it is told. */
    private static final class Recording implements DecodeListener {
        final List<Integer> tokens = new ArrayList<>();
        final List<String> chunks = new ArrayList<>();
        final List<StepTrace> steps = new ArrayList<>();
        final List<Outcome> outcomes = new ArrayList<>();
        final List<TokenProbabilities> thoughts = new ArrayList<>();

        @Override
        public void onToken(int token, boolean forced) {
            assertTrue(outcomes.isEmpty());
            tokens.add(token);
        }

        @Override
        public void onProbabilities(TokenProbabilities thought) {
            boolean isEnd = thought.index() == tokens.size();
            assertEquals(thoughts.isEmpty() ? thought.index() : next(), thought.index(), "another token came before");
            assertTrue(isEnd || thought.token() == tokens.get(thought.index()));
            thoughts.add(thought);
        }

        private int next() {
            return thoughts.get(thoughts.size() - 1).index() + 1;
        }

        @Override
        public void onText(String chunk) {
            chunks.add(chunk);
        }

        @Override
        public void onStep(StepTrace step) {
            steps.add(step);
        }

        @Override
        public void onFinish(Outcome outcome) {
            outcomes.add(outcome);
        }
    }

    @Test
    void chunksNeverCutACharacterAndAddUpToTheText() {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int b = 0; b < 256; b++) {
            builder.token(b, ByteString.of((byte) b));
        }
        Vocabulary bytes = builder.special(256, "</s>").endIds(256).build();
        String text = "aé€😀\u0000ß漢";
        for (ForcedText forcedText : ForcedText.values()) {
            Recording recording = new Recording();
            try (MaskedDecoder decoder = new MaskedDecoder(new HashModel(bytes, 1))) {
                Outcome outcome =
                        decoder.decode(DecodeRequest.of(new int[] {0}, () -> new ListedLanguage(bytes, Set.of(text)))
                                .with(SamplingParameters.MODEL
                                        .withForcedText(forcedText)
                                        .withTopTokens(2))
                                .with(recording));
                assertEquals(text, outcome.transcript().text());
                assertEquals(text, String.join("", recording.chunks));
                assertEquals(text.codePointCount(0, text.length()), recording.chunks.size());
                assertEquals(outcome.transcript().tokens(), recording.tokens);
                assertEquals(outcome.transcript().probabilities(), recording.thoughts);
                if (forcedText != ForcedText.COMMITTED) {
                    assertEquals(recording.tokens.size() + 1, recording.thoughts.size());
                }
                assertEquals(1, recording.outcomes.size());
                assertSame(outcome, recording.outcomes.get(0));
            }
        }
    }

    @Test
    void aStreamOfBytesBecomesTheTextItIs() {
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = random.nextBoolean()
                    ? random.ints(random.nextInt(12), 0x80, 0x10F000)
                            .filter(point -> point < 0xD800 || point > 0xDFFF)
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                            .toString()
                            .getBytes(StandardCharsets.UTF_8)
                    : randomBytes(random);
            Utf8Stream stream = new Utf8Stream();
            StringBuilder text = new StringBuilder();
            for (byte b : bytes) {
                text.append(stream.append(new byte[] {b}));
            }
            text.append(stream.finish());
            assertEquals(new String(bytes, StandardCharsets.UTF_8), text.toString(), "seed " + seed);
        }
    }

    private static byte[] randomBytes(Random random) {
        int[] interesting = {0x41, 0x80, 0xBF, 0xC2, 0xC0, 0xE0, 0xA0, 0xED, 0xF0, 0x90, 0xF4, 0xF5, 0xFF};
        byte[] bytes = new byte[random.nextInt(8)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) interesting[random.nextInt(interesting.length)];
        }
        return bytes;
    }

    @Test
    void theMaskIsComputedWhileTheForwardPassRuns() {
        HashModel model = new HashModel(LETTERS, 1);
        Semaphore passes = new Semaphore(0);
        Semaphore masks = new Semaphore(0);
        model.duringPass = pass -> {
            passes.release();
            masks.acquireUninterruptibly(); // for ever, if the mask waited for the pass
        };
        Recording recording = new Recording();
        try (MaskedDecoder decoder = new MaskedDecoder(model, 1)) {
            Outcome outcome = decoder.decode(DecodeRequest.of(
                            new int[] {0}, () -> new ListedLanguage(LETTERS, Set.of("ababab", "abbbab", "abaaaa")) {
                                @Override
                                public TokenMask mask(int remainingTokens) {
                                    passes.acquireUninterruptibly();
                                    TokenMask mask = super.mask(remainingTokens);
                                    masks.release();
                                    return mask;
                                }
                            })
                    .with(SamplingParameters.MODEL.withForcedText(ForcedText.DRAWN))
                    .with(recording));
            assertEquals(outcome.transcript().forwardPasses(), recording.steps.size());
            for (StepTrace step : recording.steps) {
                assertTrue(step.maskStart() <= step.forwardEnd(), "the mask waited for the pass: " + step);
                assertTrue(step.maskEnd() >= step.forwardStart(), "the pass waited for the mask: " + step);
                assertEquals(1, step.tokens());
                assertTrue(step.allowed() > 0);
            }
            Timings timings = outcome.transcript().timings();
            List<Long> forward = recording.steps.stream()
                    .map(step -> step.forwardEnd() - step.forwardStart())
                    .toList();
            long all = forward.stream().mapToLong(Long::longValue).sum();
            assertEquals(forward.get(0), timings.prefill());
            assertEquals(all - forward.get(0), timings.forward());
            assertEquals(
                    recording.steps.stream()
                            .mapToLong(step -> step.maskEnd() - step.maskStart())
                            .sum(),
                    timings.mask());
            assertTrue(timings.total() >= all);
        }
    }

    @Test
    void aListenerThatThrowsEndsItsOwnSequence() {
        DecodeListener angry = new DecodeListener() {
            @Override
            public void onText(String chunk) {
                throw new IllegalArgumentException("no more text");
            }
        };
        DecodeListener angryAtTheEnd = new DecodeListener() {
            @Override
            public void onFinish(Outcome outcome) {
                throw new IllegalArgumentException("never finish");
            }
        };
        DecodeRequest request = DecodeRequest.of(new int[] {0}, () -> new ListedLanguage(LETTERS, Set.of("ab", "aab")));
        HashModel model = new HashModel(LETTERS, 1);
        try (MaskedDecoder decoder = new MaskedDecoder(model)) {
            List<Outcome> outcomes = decoder.decode(List.of(request.with(angry), request, request.with(angryAtTheEnd)));
            Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, outcomes.get(0));
            assertInstanceOf(IllegalArgumentException.class, refused.cause().getCause());
            assertInstanceOf(Outcome.Complete.class, outcomes.get(1));
            assertInstanceOf(Outcome.Refused.class, outcomes.get(2));
        }
        assertEquals(0, model.openSessions());
    }
}
