// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import static dev.espalier.sampler.decode.MaskedDecoderTest.DRAWN;
import static dev.espalier.sampler.decode.MaskedDecoderTest.VOCABULARY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.DeadEndException;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.BatchListener;
import dev.espalier.sampler.BatchOptions;
import dev.espalier.sampler.DraftOptions;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.ListedLanguage;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.Transcript;
import dev.espalier.sampler.constraint.TokenConstraint;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Masks along a draft that cannot be made. */
class BrittleMasksTest {

    private final HashModel model = new HashModel(VOCABULARY, 1);

    private static Transcript complete(Outcome outcome) {
        assertTrue(outcome.isComplete(), outcome.toString());
        return outcome.transcript();
    }

    @Test
    void aMaskThatFailsInADraftIsNoFaultOfTheText() {
        BatchOptions options = BatchOptions.DEFAULT.with(DraftOptions.DEFAULT.withModel(new HashModel(VOCABULARY, 7)));
        DecodeRequest request = DecodeRequest.of(new int[] {5}, () -> new Brittle(Set.of("abab", "babb", "abba")));
        for (int seed = 0; seed < 50; seed++) {
            try (MaskedDecoder decoder = new MaskedDecoder(model, 0, options, BatchListener.NONE)) {
                Transcript transcript = complete(
                        decoder.decode(request.with(DRAWN.withSeed(seed).withDraftTokens(4))));
                try (MaskedDecoder plain = new MaskedDecoder(model, 0)) {
                    assertEquals(
                            complete(plain.decode(request.with(DRAWN.withSeed(seed))))
                                    .tokens(),
                            transcript.tokens());
                }
            }
        }
    }

    /** Some of its copies have no masks, so that drafts fail where the text does not. */
    private static final class Brittle extends ListedLanguage {
        private int asked;

        Brittle(Set<String> texts) {
            super(VOCABULARY, texts);
        }

        @Override
        public TokenConstraint fork() {
            asked++;
            TokenConstraint copy = super.fork();
            return new ForkedOnce(copy, asked);
        }
    }

    /** A copy whose masks fail. */
    private record ForkedOnce(TokenConstraint inner, int number) implements TokenConstraint {

        @Override
        public TokenConstraint fork() {
            return new ForkedOnce(inner.fork(), number);
        }

        @Override
        public TokenMask mask() {
            return inner.mask();
        }

        @Override
        public TokenMask mask(int remainingTokens) {
            if (number % 3 == 0) {
                throw new DeadEndException("not here");
            }
            return inner.mask(remainingTokens);
        }

        @Override
        public void accept(int token) {
            inner.accept(token);
        }

        @Override
        public boolean isTerminated() {
            return inner.isTerminated();
        }

        @Override
        public boolean isAccepting() {
            return inner.isAccepting();
        }

        @Override
        public byte[] forced() {
            return inner.forced();
        }

        @Override
        public int leastTokensToEnd() {
            return inner.leastTokensToEnd();
        }
    }
}
