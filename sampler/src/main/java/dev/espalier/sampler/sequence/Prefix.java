// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence;

import dev.espalier.core.error.DeadEndException;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.constraint.TokenConstraint;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A beginning of a text, with the tokens that may follow. Prefixes share their beginnings; equal by identity. Not thread-safe: what a prefix
 * allows is worked out when it is first asked.
 */
public final class Prefix {

    private final @Nullable Prefix parent;
    private final int token;
    private final int length;
    private final int maxTokens;
    private final TokenConstraint constraint;
    private @Nullable TokenMask mask;
    private boolean dead;

    private Prefix(@Nullable Prefix parent, int token, int length, int maxTokens, TokenConstraint constraint) {
        this.parent = parent;
        this.token = token;
        this.length = length;
        this.maxTokens = maxTokens;
        this.constraint = constraint;
    }

    /**
     * The empty text.
     *
     * @param constraint what texts are allowed, at their beginning; used by nobody else from now on
     * @param maxTokens the most tokens of a text, at least 0, an end token not counted
     */
    public static Prefix empty(TokenConstraint constraint, int maxTokens) {
        Objects.requireNonNull(constraint, "constraint");
        return new Prefix(null, -1, 0, maxTokens, constraint);
    }

    /** The text without its last token; null if it is empty. */
    public @Nullable Prefix parent() {
        return parent;
    }

    /** Its last token; -1 if it is empty. */
    public int token() {
        return token;
    }

    /** The number of tokens, an end token included. */
    public int length() {
        return length;
    }

    /** The tokens, an end token included. */
    public int[] tokens() {
        int[] tokens = new int[length];
        for (Prefix at = this; at.parent != null; at = at.parent) {
            tokens[at.length - 1] = at.token;
        }
        return tokens;
    }

    /**
     * The tokens after which the text can still be completed within the most tokens, end tokens included. None if it is
     * complete or a dead end.
     */
    public TokenMask mask() {
        TokenMask known = mask;
        if (known == null) {
            known = constraint.isTerminated() ? TokenMask.of(0) : computed();
            mask = known;
        }
        return known;
    }

    private TokenMask computed() {
        try {
            return constraint.exactMask(maxTokens - length);
        } catch (DeadEndException deadEnd) {
            dead = true;
            return TokenMask.of(0);
        }
    }

    /** Whether nothing may follow and the text is one of the language. */
    public boolean isComplete() {
        return constraint.isTerminated() || (mask().isEmpty() && !dead);
    }

    /** Whether nothing may follow, and the text is none of the language: the vocabulary has no token for what must come. */
    public boolean isDead() {
        mask();
        return dead;
    }

    /** The bytes that must come next, as {@link dev.espalier.mask.Matcher#forced()}; the most tokens are not looked at. */
    public byte[] forced() {
        return constraint.isTerminated() ? new byte[0] : constraint.forced();
    }

    /**
     * The tokens that the language allows next, however many tokens the text has.
     *
     * @throws DeadEndException if the vocabulary has no token for what must come
     */
    public TokenMask maskOfAnyLength() {
        return constraint.isTerminated() ? TokenMask.of(0) : constraint.mask();
    }

    /** Whether nothing may follow. */
    public boolean isFinished() {
        return mask().isEmpty();
    }

    /**
     * The text with one more token.
     *
     * @param next one that {@link #mask} allows
     * @throws dev.espalier.core.error.InvalidTokenException if it does not
     */
    public Prefix then(int next) {
        TokenConstraint after = constraint.fork();
        after.accept(next);
        return new Prefix(this, next, length + 1, maxTokens, after);
    }
}
