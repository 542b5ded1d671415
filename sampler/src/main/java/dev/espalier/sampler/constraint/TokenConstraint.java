// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.constraint;

import dev.espalier.core.Cancellation;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Objects;
import java.util.Optional;

/**
 * The tokens that one sequence may have next, as it grows: what decoding asks of a matcher. One thread at a time.
 */
public interface TokenConstraint {

    /** The texts of a grammar, from the beginning. */
    static TokenConstraint of(CompiledGrammar grammar) {
        Objects.requireNonNull(grammar, "grammar");
        return new MatcherConstraint(grammar.matcher(), grammar.vocabulary());
    }

    /** What decides its texts: an equal object for the same texts. */
    default Object language() {
        return this;
    }

    /** An independent constraint at the same place. */
    TokenConstraint fork();

    /**
     * This constraint at the same place, its calls also ended by a switch; itself where nothing takes long enough for that.
     *
     * @param cancellation ends calls under way with a {@link dev.espalier.core.error.CancelledException}
     */
    default TokenConstraint until(Cancellation cancellation) {
        return this;
    }

    /**
     * Refuses a model whose ids are not those of this constraint.
     *
     * @param vocabulary of the model
     * @param model its name
     * @throws dev.espalier.core.error.InvalidInputException as {@link Vocabulary#requireSame}
     */
    default void requireFit(Vocabulary vocabulary, String model) {}

    /**
     * The tokens that may come next; none if the text is a sentence that no token, not even an end token, can follow.
     *
     * @throws dev.espalier.core.error.DeadEndException if there is none otherwise
     */
    TokenMask mask();

    /**
     * The tokens after which the text can still be closed in the given number of tokens, the next one included, an end
     * token not counted. Tokens that were not decided about in time are left out; {@link #undecided()} counts them. None, and errors,
     * as for {@link #mask()}.
     */
    TokenMask mask(int remainingTokens);

    /** How many tokens the last {@link #mask(int)} left out because it was not decided in time whether they fit. */
    default int undecided() {
        return 0;
    }

    /** Whether the last {@link #mask(int)} left out tokens that {@link #mask()} has. */
    default boolean isCut() {
        return false;
    }

    /** As {@link #mask(int)}, but that nothing is left undecided: an error in its place. */
    default TokenMask exactMask(int remainingTokens) {
        return mask(remainingTokens);
    }

    /** Takes a token; a refused one ({@link dev.espalier.core.error.InvalidTokenException}) changes nothing. */
    void accept(int token);

    /** Whether an end token was accepted. */
    boolean isTerminated();

    /** Whether the text so far is a sentence. */
    boolean isAccepting();

    /** The named part of the text to which the next token belongs, as {@link dev.espalier.mask.Matcher#part}. */
    default Optional<String> part() {
        return Optional.empty();
    }

    /** The bytes that must come next; empty if there is a choice. */
    byte[] forced();

    /** Whether so many tokens, an end token not counted, are enough to close the text. */
    default boolean canEndWithin(int tokens) {
        return leastTokensToEnd() <= tokens;
    }

    /** The least number of tokens that close the text, an end token not counted; {@link Integer#MAX_VALUE} if there is none. */
    int leastTokensToEnd();
}
