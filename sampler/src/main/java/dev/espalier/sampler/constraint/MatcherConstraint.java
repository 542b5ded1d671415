// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.constraint;

import dev.espalier.core.Cancellation;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Optional;

/**
 * The constraint that a {@link Matcher} is.
 *
 * @param matcher the matcher
 * @param vocabulary what its grammar was compiled for
 */
record MatcherConstraint(Matcher matcher, Vocabulary vocabulary) implements TokenConstraint {

    @Override
    public Object language() {
        return matcher.grammar();
    }

    @Override
    public TokenConstraint fork() {
        return new MatcherConstraint(matcher.fork(), vocabulary);
    }

    @Override
    public TokenConstraint until(Cancellation cancellation) {
        return new MatcherConstraint(matcher.fork(matcher.cancellation().or(cancellation)), vocabulary);
    }

    @Override
    public void requireFit(Vocabulary other, String model) {
        other.requireSame(vocabulary, model);
    }

    @Override
    public TokenMask mask() {
        return matcher.mask();
    }

    @Override
    public TokenMask mask(int remainingTokens) {
        return matcher.mask(remainingTokens);
    }

    @Override
    public int undecided() {
        return matcher.lastStats().undecided();
    }

    @Override
    public boolean isCut() {
        return matcher.lastStats().cut();
    }

    @Override
    public TokenMask exactMask(int remainingTokens) {
        return matcher.exactMask(remainingTokens);
    }

    @Override
    public void accept(int token) {
        matcher.accept(token);
    }

    @Override
    public boolean isTerminated() {
        return matcher.isTerminated();
    }

    @Override
    public boolean isAccepting() {
        return matcher.isAccepting();
    }

    @Override
    public Optional<String> part() {
        return matcher.part();
    }

    @Override
    public byte[] forced() {
        return matcher.forced();
    }

    @Override
    public boolean canEndWithin(int tokens) {
        return matcher.canEndWithin(tokens);
    }

    @Override
    public int leastTokensToEnd() {
        return matcher.leastTokensToEnd();
    }
}
