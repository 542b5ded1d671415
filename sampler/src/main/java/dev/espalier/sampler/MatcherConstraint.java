package dev.espalier.sampler;

import dev.espalier.mask.Matcher;
import dev.espalier.mask.TokenMask;

/** A matcher as decoding sees it. */
record MatcherConstraint(Matcher matcher) implements Constraint {

    @Override
    public TokenMask mask() {
        return matcher.mask();
    }

    @Override
    public TokenMask mask(int remainingTokens) {
        return matcher.mask(remainingTokens);
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
    public byte[] forced() {
        return matcher.forced();
    }

    @Override
    public int distanceToEnd() {
        return matcher.distanceToEnd();
    }
}
