// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import dev.espalier.core.error.InvalidInputException;
import java.util.Arrays;
import java.util.Objects;

/** The tokens that one session reads in one forward pass. Immutable. */
public final class Step {

    private final Session session;
    private final int[] tokens;

    private Step(Session session, int[] tokens) {
        this.session = session;
        this.tokens = tokens;
    }

    /**
     * A step.
     *
     * @param session the sequence that grows
     * @param tokens at least one token id
     * @throws InvalidInputException if there is no token
     */
    public static Step of(Session session, int... tokens) {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(tokens, "tokens");
        if (tokens.length == 0) {
            throw new InvalidInputException("a step needs at least one token; a prompt must not be empty");
        }
        return new Step(session, tokens.clone());
    }

    /** The sequence that grows. */
    public Session session() {
        return session;
    }

    /** The number of tokens, at least 1. */
    public int size() {
        return tokens.length;
    }

    /** The token ids, at least one. The array is shared: not to be modified. */
    public int[] tokens() {
        return tokens;
    }

    @Override
    public String toString() {
        return "Step" + Arrays.toString(tokens);
    }
}
