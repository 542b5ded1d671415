// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.policy;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.diffusion.plan.SlotScore;
import dev.espalier.sampler.numeric.ParameterRange;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The division of a canvas into blocks that are decoded one after the other from the left: only slots of the active block,
 * and such before it as have been revoked, are committed by a policy. A block begins at the first free slot. Immutable.
 */
public sealed interface BlockSchedule {

    /** Up to which slot a block that begins at {@code start} could reach: what has to be known of when it begins. */
    int window(int start, int size);

    /**
     * Where a block ends.
     *
     * @param start its first slot
     * @param seen the free slots up to the end of its window
     * @return the slot after its last, more than {@code start}
     */
    int end(int start, int size, List<SlotScore> seen, Vocabulary vocabulary);

    /** A name that {@link #parse} reads back. */
    String name();

    /** One block: all slots at any time. */
    static BlockSchedule whole() {
        return new Whole();
    }

    /** Blocks of so many slots (semi-autoregressive decoding). */
    static BlockSchedule of(int slots) {
        return new Even(slots);
    }

    /**
     * Reads {@code whole}, {@code 32}, {@code even:32} or {@code adaptive:32,0.3}.
     *
     * @throws InvalidInputException if it is none of them
     */
    static BlockSchedule parse(String name) {
        Objects.requireNonNull(name, "name");
        String[] parts = name.toLowerCase(Locale.ROOT).split("[:,]", -1);
        try {
            if (parts.length == 1 && parts[0].equals("whole")) {
                return whole();
            }
            if (parts.length == 1 && !parts[0].equals("adaptive")) {
                return of(Integer.parseInt(parts[0]));
            }
            if (parts.length == 2 && parts[0].equals("even")) {
                return of(Integer.parseInt(parts[1]));
            }
            if (parts.length <= 3 && parts[0].equals("adaptive")) {
                return new Adaptive(
                        parts.length > 1 ? Integer.parseInt(parts[1]) : 32,
                        parts.length > 2 ? Double.parseDouble(parts[2]) : 0.3,
                        "\n");
            }
        } catch (NumberFormatException wrong) {
            throw unknown(name);
        }
        throw unknown(name);
    }

    private static InvalidInputException unknown(String name) {
        return new InvalidInputException("\"" + name
                + "\" is no schedule of blocks; known are whole, <slots> and adaptive:<slots>,<confidence>");
    }

    /** One block. */
    record Whole() implements BlockSchedule {

        @Override
        public int window(int start, int size) {
            return size;
        }

        @Override
        public int end(int start, int size, List<SlotScore> seen, Vocabulary vocabulary) {
            return size;
        }

        @Override
        public String name() {
            return "whole";
        }
    }

    /**
     * Blocks of one size.
     *
     * @param slots at least 1
     */
    record Even(int slots) implements BlockSchedule {

        /** Checks the range; throws {@link InvalidInputException}. */
        public Even {
            ParameterRange.require(slots >= 1, "slots", "≥ 1", slots);
        }

        @Override
        public int window(int start, int size) {
            return Math.min(size, start + slots);
        }

        @Override
        public int end(int start, int size, List<SlotScore> seen, Vocabulary vocabulary) {
            return window(start, size);
        }

        @Override
        public String name() {
            return "even:" + slots;
        }
    }

    /**
     * Blocks that end where the model expects a delimiter (AdaBlock, Lu et al. 2025): after the surest slot, among the next {@code 2 · slots},
     * whose token has a delimiter in it, if it is sure enough; else after {@code slots} slots.
     *
     * @param slots the size where no delimiter is expected, at least 1
     * @param confidence how sure a delimiter must be, from 0 to 1: 0.3 for LLaDA, 0.5 for Dream in the paper
     * @param delimiters characters, each of them one; the newline in the paper
     */
    record Adaptive(int slots, double confidence, String delimiters) implements BlockSchedule {

        /** Checks the ranges; throws {@link InvalidInputException}. */
        public Adaptive {
            Objects.requireNonNull(delimiters, "delimiters");
            ParameterRange.require(slots >= 1, "slots", "≥ 1", slots);
            ParameterRange.require(confidence >= 0 && confidence <= 1, "confidence", "in [0, 1]", confidence);
        }

        @Override
        public int window(int start, int size) {
            return Math.min(size, start + 2 * slots);
        }

        @Override
        public int end(int start, int size, List<SlotScore> seen, Vocabulary vocabulary) {
            int end = Math.min(size, start + slots);
            double surest = 0;
            for (SlotScore score : seen) {
                boolean delimits = score.slot() >= start
                        && score.confidence() >= confidence
                        && delimits(vocabulary.text(score.law().best()));
                if (delimits && score.confidence() > surest) {
                    surest = score.confidence();
                    end = score.slot() + 1;
                }
            }
            return end;
        }

        private boolean delimits(String token) {
            return token.chars().anyMatch(character -> delimiters.indexOf(character) >= 0);
        }

        @Override
        public String name() {
            return "adaptive:" + slots + "," + confidence;
        }
    }
}
