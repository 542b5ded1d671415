// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.layout;

import dev.espalier.core.error.InvalidInputException;
import java.util.List;
import java.util.Objects;

/** A part of what is to be infilled: text that stands, or a gap to be filled. Immutable. */
public sealed interface CanvasSegment {

    /** The size of a gap without an upper bound. */
    int UNBOUNDED = Integer.MAX_VALUE;

    /**
     * Tokens that stand.
     *
     * @param tokens ids of the vocabulary; may be empty
     */
    record Fixed(List<Integer> tokens) implements CanvasSegment {

        /** Copies the list. */
        public Fixed {
            tokens = List.copyOf(tokens);
        }
    }

    /**
     * Free slots.
     *
     * @param least the fewest slots, at least 0
     * @param most the most slots, at least {@code least}; {@link #UNBOUNDED} for no bound
     * @param initial how many there are at first, from {@code least} to {@code most}
     */
    record Gap(int least, int most, int initial) implements CanvasSegment {

        /**
         * Checks the sizes.
         *
         * @throws InvalidInputException if they are out of order
         */
        public Gap {
            if (least < 0 || initial < least || most < initial) {
                throw new InvalidInputException("a gap has 0 ≤ least ≤ initial ≤ most slots, but got " + least + ", "
                        + initial + " and " + most);
            }
        }
    }

    /** Tokens that stand. */
    static CanvasSegment fixed(int... tokens) {
        Objects.requireNonNull(tokens, "tokens");
        return new Fixed(java.util.Arrays.stream(tokens).boxed().toList());
    }

    /** A gap of exactly so many slots. */
    static CanvasSegment gap(int slots) {
        return new Gap(slots, slots, slots);
    }

    /** A gap of {@code least} to {@code most} slots; it begins with the fewest that leave a completion. */
    static CanvasSegment gap(int least, int most) {
        return new Gap(least, most, least);
    }

    /** A gap of at least so many slots; it begins with the fewest that leave a completion. */
    static CanvasSegment gapFrom(int least) {
        return new Gap(least, UNBOUNDED, least);
    }
}
