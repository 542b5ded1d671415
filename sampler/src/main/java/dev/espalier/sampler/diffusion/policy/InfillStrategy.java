// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.policy;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.numeric.ParameterRange;
import java.util.Locale;
import java.util.Objects;

/**
 * The way in which proposed tokens are held to the grammar. Only {@link Exact} promises a sentence; the others are published or plain ways to do
 * without exact masks, to compare with. All start from the same canvas, of which it is known that it has a completion. Immutable.
 */
public sealed interface InfillStrategy {

    /** Policies see the exact masks of the slots, and what is committed leaves the canvas completable. */
    record Exact() implements InfillStrategy {}

    /** The model alone. */
    record Unconstrained() implements InfillStrategy {}

    /**
     * A token may stand if the canvas had a completion were every run of free slots as long or as short as one likes: additive infilling
     * (Mündler et al. 2025), decided exactly here. A slot whose token is refused proposes its next best. Accepts
     * what no filling of the slots there are can complete; so it may end invalid, or with slots for which nothing is left.
     *
     * @param maxRejections after so many refused tokens it gives up, at least 0; 100 in the published runs
     */
    record AnyLength(int maxRejections) implements InfillStrategy {

        /** Checks the range; throws {@link InvalidInputException}. */
        public AnyLength {
            ParameterRange.require(maxRejections >= 0, "maxRejections", "≥ 0", maxRejections);
        }
    }

    /**
     * Look ahead, then verify (LAVE): a token may stand if the text up to the last decided slot can be read from the left,
     * with likely tokens in the free slots between: a beam search over the model's likeliest tokens of each slot. Up to an
     * end token, that the text is complete there. A slot whose token is refused proposes its next best; after some refusals
     * all that was committed after the first free slot is dropped, and that slot gets the likeliest token that the text on
     * the left allows. Refuses what has a completion by unlikely tokens, and accepts what does not fit the slots there are.
     *
     * @param candidates how many likely tokens of a free slot are tried, at least 1; 5 in the published runs
     * @param beams how many of the likeliest texts are kept, at least 1; 5
     * @param randomBeams how many of the others are kept, drawn at random, at least 0; 5
     * @param maxRejections after so many refused tokens for one slot the block is dropped, at least 1; 5
     */
    record LookAhead(int candidates, int beams, int randomBeams, int maxRejections) implements InfillStrategy {

        /** Checks the ranges; throws {@link InvalidInputException}. */
        public LookAhead {
            ParameterRange.require(candidates >= 1, "candidates", "≥ 1", candidates);
            ParameterRange.require(beams >= 1, "beams", "≥ 1", beams);
            ParameterRange.require(randomBeams >= 0, "randomBeams", "≥ 0", randomBeams);
            ParameterRange.require(maxRejections >= 1, "maxRejections", "≥ 1", maxRejections);
        }
    }

    /** The exact strategy. */
    static InfillStrategy exact() {
        return new Exact();
    }

    /** No constraint. */
    static InfillStrategy unconstrained() {
        return new Unconstrained();
    }

    /** The any-length test with the published numbers. */
    static InfillStrategy anyLength() {
        return new AnyLength(100);
    }

    /** Look-ahead-then-verify with the published numbers. */
    static InfillStrategy lookAhead() {
        return new LookAhead(5, 5, 5, 5);
    }

    /**
     * Reads {@code exact}, {@code unconstrained}, {@code any-length} or {@code look-ahead}.
     *
     * @throws InvalidInputException if it is none of them
     */
    static InfillStrategy parse(String name) {
        Objects.requireNonNull(name, "name");
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "exact" -> exact();
            case "unconstrained" -> unconstrained();
            case "any-length" -> anyLength();
            case "look-ahead" -> lookAhead();
            default ->
                throw new InvalidInputException(
                        "\"" + name + "\" is no strategy; known are exact, unconstrained, any-length and look-ahead");
        };
    }
}
