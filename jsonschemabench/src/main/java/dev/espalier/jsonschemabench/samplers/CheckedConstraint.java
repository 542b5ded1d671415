// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.samplers;

import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.constraint.TokenConstraint;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.TokenPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A constraint that shows no mask, as if it could only be asked about one token at a time: any token may come next, and
 * {@link Check} tells which may not. For samplers that do with few questions. One thread at a time.
 */
final class CheckedConstraint implements TokenConstraint {

    private final TokenConstraint engine;
    private final TokenMask all;

    private CheckedConstraint(TokenConstraint engine, TokenMask all) {
        this.engine = engine;
        this.all = all;
    }

    /** A constraint without its mask. */
    static CheckedConstraint of(TokenConstraint engine, Vocabulary vocabulary) {
        int[] ids = IntStream.range(0, vocabulary.size()).toArray();
        return new CheckedConstraint(engine, TokenMask.of(vocabulary.size(), ids));
    }

    /** Answers for the texts of one constraint. One thread at a time. */
    static final class Check implements TokenPredicate {

        private final TokenConstraint start;
        private final int maxTokens;
        private @Nullable Prefix last;
        private TokenMask allowed = TokenMask.of(0);

        /**
         * A check.
         *
         * @param start the constraint at the beginning
         * @param maxTokens the most tokens of a text, an end token not counted
         */
        Check(TokenConstraint start, int maxTokens) {
            this.start = start;
            this.maxTokens = maxTokens;
        }

        @Override
        public boolean allows(Prefix text, int token) {
            if (text != last) {
                TokenConstraint at = start.fork();
                for (int written : text.tokens()) {
                    at.accept(written);
                }
                allowed = at.exactMask(maxTokens - text.length());
                last = text;
            }
            return allowed.allows(token);
        }
    }

    @Override
    public CheckedConstraint fork() {
        return new CheckedConstraint(engine.fork(), all);
    }

    @Override
    public TokenMask mask() {
        return engine.mask().isEmpty() ? engine.mask() : all;
    }

    @Override
    public TokenMask mask(int remainingTokens) {
        return engine.mask(remainingTokens).isEmpty() ? TokenMask.of(0) : all;
    }

    @Override
    public TokenMask exactMask(int remainingTokens) {
        return engine.exactMask(remainingTokens).isEmpty() ? TokenMask.of(0) : all;
    }

    @Override
    public void accept(int token) {
        engine.accept(token);
    }

    @Override
    public boolean isTerminated() {
        return engine.isTerminated();
    }

    @Override
    public boolean isAccepting() {
        return engine.isAccepting();
    }

    @Override
    public byte[] forced() {
        return engine.forced();
    }

    @Override
    public boolean canEndWithin(int tokens) {
        return engine.canEndWithin(tokens);
    }

    @Override
    public int leastTokensToEnd() {
        return engine.leastTokensToEnd();
    }
}
