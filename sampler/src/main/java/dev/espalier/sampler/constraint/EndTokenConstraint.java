// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.constraint;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Optional;
import java.util.Set;

/**
 * A constraint whose text some more tokens end, which are no part of it. A token that spells nothing is allowed where an end token is: where the text may end, and something else may follow. A token that
 * spells text is allowed where it was, and ends the text wherever it comes; that is for constraints whose every text is one.
 */
public final class EndTokenConstraint implements TokenConstraint {

    private final TokenConstraint inner;
    private final Set<Integer> ends;
    private final Vocabulary vocabulary;
    private boolean ended;

    private EndTokenConstraint(TokenConstraint inner, Set<Integer> ends, Vocabulary vocabulary, boolean ended) {
        this.inner = inner;
        this.ends = ends;
        this.vocabulary = vocabulary;
        this.ended = ended;
    }

    /**
     * A constraint at its beginning, with tokens that end it.
     *
     * @throws InvalidTokenException if the vocabulary has no such id
     */
    public static EndTokenConstraint of(TokenConstraint inner, Set<Integer> ends, Vocabulary vocabulary) {
        for (int end : ends) {
            if (end < 0 || end >= vocabulary.size()) {
                throw new InvalidTokenException(
                        "token id " + end + " is outside the vocabulary of " + vocabulary.size() + " ids");
            }
        }
        return new EndTokenConstraint(inner, Set.copyOf(ends), vocabulary, false);
    }

    private EndTokenConstraint with(TokenConstraint other) {
        return new EndTokenConstraint(other, ends, vocabulary, ended);
    }

    @Override
    public TokenConstraint fork() {
        return with(inner.fork());
    }

    @Override
    public TokenConstraint until(Cancellation cancellation) {
        return with(inner.until(cancellation));
    }

    @Override
    public void requireFit(Vocabulary other, String model) {
        inner.requireFit(other, model);
    }

    @Override
    public TokenMask mask() {
        return ended ? TokenMask.none(vocabulary.size()) : withEnds(inner.mask());
    }

    @Override
    public TokenMask mask(int remainingTokens) {
        return ended ? TokenMask.none(vocabulary.size()) : withEnds(inner.mask(remainingTokens));
    }

    @Override
    public TokenMask exactMask(int remainingTokens) {
        return ended ? TokenMask.none(vocabulary.size()) : withEnds(inner.exactMask(remainingTokens));
    }

    private TokenMask withEnds(TokenMask mask) {
        if (!inner.isAccepting() || hasEndsAlone(mask)) {
            return mask;
        }
        long[] words = new long[mask.words()];
        mask.copyTo(words);
        for (int end : ends) {
            if (!isText(end)) {
                words[end >>> 6] |= 1L << end;
            }
        }
        return TokenMask.ofBits(mask.size(), words);
    }

    private boolean isText(int token) {
        return vocabulary.bytes(token).length() > 0;
    }

    private boolean hasEndsAlone(TokenMask mask) {
        int others = mask.count();
        for (int end : vocabulary.endIds()) {
            others -= mask.allows(end) ? 1 : 0;
        }
        return others == 0;
    }

    @Override
    public int undecided() {
        return ended ? 0 : inner.undecided();
    }

    @Override
    public boolean isCut() {
        return !ended && inner.isCut();
    }

    @Override
    public void accept(int token) {
        if (ended) {
            throw new InvalidTokenException("the text has ended");
        } else if (!ends.contains(token)) {
            inner.accept(token);
            return;
        } else if (isText(token)) {
            inner.accept(token);
        } else if (!inner.isAccepting()) {
            throw new InvalidTokenException("the text cannot end here");
        }
        ended = true;
    }

    @Override
    public boolean isTerminated() {
        return ended || inner.isTerminated();
    }

    @Override
    public boolean isAccepting() {
        return ended || inner.isAccepting();
    }

    @Override
    public Optional<String> part() {
        return inner.part();
    }

    @Override
    public byte[] forced() {
        return ended ? new byte[0] : inner.forced();
    }

    @Override
    public boolean canEndWithin(int tokens) {
        return ended || inner.canEndWithin(tokens);
    }

    @Override
    public int leastTokensToEnd() {
        return ended ? 0 : inner.leastTokensToEnd();
    }
}
