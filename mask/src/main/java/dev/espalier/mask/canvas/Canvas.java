// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas;

import dev.espalier.core.collect.IntList;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.mask.canvas.slot.Lattice;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A row of slots, each fixed to a token or free, as models of masked diffusion see a text. A <em>completion</em> has a
 * token in every slot, agrees with the fixed ones, and spells a text of the language followed by end tokens alone,
 * possibly none. Immutable, thread-safe.
 *
 * <p>Gaps of more than one length have slots that may be absent: an {@link #OPTIONAL} one has one token or none, an {@link
 * #ENDLESS} one any number, none included. In a row they are filled from the left: an optional or endless slot directly after
 * an optional one is there only if that one is, so that the k-th slot of a gap holds its k-th token. {@link #builder} puts
 * tokens and gaps together.
 */
public final class Canvas {

    /** Stands for a free slot where tokens are given as an array. */
    public static final int FREE = Lattice.FREE;

    /** Stands for a slot with any one token or none. */
    public static final int OPTIONAL = Lattice.OPTIONAL;

    /** Stands for a slot with any number of tokens, none included. */
    public static final int ENDLESS = Lattice.ENDLESS;

    private final int vocabularySize;
    private final int[] slots;

    private Canvas(int vocabularySize, int[] slots) {
        this.vocabularySize = vocabularySize;
        this.slots = slots;
    }

    /**
     * A canvas with every slot free.
     *
     * @throws InvalidInputException if the number of slots is negative
     */
    public static Canvas blank(Vocabulary vocabulary, int slots) {
        if (slots < 0) {
            throw new InvalidInputException("a canvas has 0 slots or more, not " + slots);
        }
        int[] free = new int[slots];
        Arrays.fill(free, FREE);
        return new Canvas(vocabulary.size(), free);
    }

    /** An empty canvas, to which tokens and gaps are to be added. */
    public static CanvasBuilder builder(Vocabulary vocabulary) {
        return new CanvasBuilder(vocabulary);
    }

    /**
     * A canvas of these tokens.
     *
     * @param tokens a token for each fixed slot, {@link #FREE}, {@link #OPTIONAL} or {@link #ENDLESS} for others
     * @throws InvalidTokenException if a token is neither in the vocabulary nor one of these
     */
    public static Canvas of(Vocabulary vocabulary, int... tokens) {
        for (int slot = 0; slot < tokens.length; slot++) {
            if (tokens[slot] < ENDLESS || tokens[slot] >= 0) {
                check(tokens[slot], slot, vocabulary.size());
            }
        }
        return new Canvas(vocabulary.size(), tokens.clone());
    }

    /**
     * This canvas with a slot fixed to a token, whatever it held. An optional slot is there from then on, and so are the
     * optional ones of its row before it: they are free then.
     *
     * @throws InvalidTokenException if there is no such token
     * @throws InvalidInputException if there is no such slot, or it is endless: slots are inserted before it
     */
    public Canvas with(int slot, int token) {
        check(token, slot, vocabularySize);
        return changed(slot, token);
    }

    /**
     * This canvas with a slot free, whatever it held; there, if it was optional, as for {@link #with}.
     *
     * @throws InvalidInputException if there is no such slot, or it is endless
     */
    public Canvas withFree(int slot) {
        return changed(slot, FREE);
    }

    private Canvas changed(int slot, int token) {
        checkSlot(slot);
        if (slots[slot] == ENDLESS) {
            throw new InvalidInputException(
                    "slot " + slot + " is endless and holds no single token; insert free slots before it");
        }
        int[] copy = slots.clone();
        for (int before = slot; before >= 0 && copy[before] == OPTIONAL; before--) {
            copy[before] = FREE;
        }
        copy[slot] = token;
        return new Canvas(vocabularySize, copy);
    }

    /**
     * This canvas with more free slots before a slot; those from it on move to the right, and nothing else changes.
     *
     * @param slot a slot, or the number of slots: then they are added at the end
     * @throws InvalidInputException if there is no such place, or the count is negative
     */
    public Canvas withInserted(int slot, int count) {
        checkRange(slot, slot);
        if (count < 0) {
            throw new InvalidInputException("the number of slots to insert must be 0 or more, not " + count);
        }
        int[] longer = Arrays.copyOf(slots, slots.length + count);
        Arrays.fill(longer, slot, slot + count, FREE);
        System.arraycopy(slots, slot, longer, slot + count, slots.length - slot);
        return new Canvas(vocabularySize, longer);
    }

    /**
     * This canvas without some slots, fixed ones or others; those after them move to the left.
     *
     * @throws InvalidInputException unless 0 ≤ from ≤ to ≤ the number of slots
     */
    public Canvas withRemoved(int from, int to) {
        checkRange(from, to);
        int[] shorter = Arrays.copyOf(slots, slots.length - (to - from));
        System.arraycopy(slots, to, shorter, from, slots.length - to);
        return new Canvas(vocabularySize, shorter);
    }

    /** The number of slots. */
    public int size() {
        return slots.length;
    }

    /** The number of ids of the vocabulary. */
    public int vocabularySize() {
        return vocabularySize;
    }

    /**
     * Whether a slot is free and there: any one token.
     *
     * @throws InvalidInputException if there is no such slot
     */
    public boolean isFree(int slot) {
        return token(slot) == FREE;
    }

    /**
     * Whether a slot is optional or endless.
     *
     * @throws InvalidInputException if there is no such slot
     */
    public boolean mayBeAbsent(int slot) {
        return token(slot) < FREE;
    }

    /** Whether some slot is optional or endless, so that the number of tokens is open. Cost: linear in the slots. */
    public boolean isElastic() {
        return Arrays.stream(slots).anyMatch(token -> token < FREE);
    }

    /** Whether some slot is endless. Cost: linear in the slots. */
    public boolean hasEndless() {
        return Arrays.stream(slots).anyMatch(token -> token == ENDLESS);
    }

    /**
     * The token of a slot, or {@link #FREE}, {@link #OPTIONAL}, {@link #ENDLESS}.
     *
     * @throws InvalidInputException if there is no such slot
     */
    public int token(int slot) {
        checkSlot(slot);
        return slots[slot];
    }

    /** The number of free slots, without optional and endless ones. Cost: linear in the slots. */
    public int freeSlots() {
        return (int) Arrays.stream(slots).filter(token -> token == FREE).count();
    }

    /** A token for each fixed slot, {@link #FREE}, {@link #OPTIONAL} or {@link #ENDLESS} for others; a copy. */
    public int[] tokens() {
        return slots.clone();
    }

    /** This canvas with an endless slot after each run of free and optional ones. */
    Canvas withEndlessRuns() {
        IntList longer = new IntList();
        for (int slot = 0; slot < slots.length; slot++) {
            longer.add(slots[slot]);
            boolean endsRun = slot + 1 == slots.length || slots[slot + 1] >= 0;
            if (endsRun && (slots[slot] == FREE || slots[slot] == OPTIONAL)) {
                longer.add(ENDLESS);
            }
        }
        return new Canvas(vocabularySize, longer.toArray());
    }

    /** This canvas with a number of free slots in place of each optional or endless one. */
    Canvas withCounts(int[] counts) {
        IntList exact = new IntList();
        for (int slot = 0; slot < slots.length; slot++) {
            for (int i = 0; i < counts[slot]; i++) {
                exact.add(Math.max(slots[slot], FREE));
            }
        }
        return new Canvas(vocabularySize, exact.toArray());
    }

    private void checkSlot(int slot) {
        if (slot < 0 || slot >= slots.length) {
            throw new InvalidInputException("slot " + slot + " is outside the canvas of " + slots.length + " slots");
        }
    }

    private void checkRange(int from, int to) {
        if (from < 0 || from > to || to > slots.length) {
            throw new InvalidInputException(
                    "slots " + from + " to " + to + " are outside the canvas of " + slots.length + " slots");
        }
    }

    static void check(int token, int slot, int size) {
        if (token < 0 || token >= size) {
            throw new InvalidTokenException(
                    "token id " + token + " for slot " + slot + " is outside the vocabulary of " + size + " ids");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Canvas canvas
                && vocabularySize == canvas.vocabularySize
                && Arrays.equals(slots, canvas.slots);
    }

    @Override
    public int hashCode() {
        return 31 * vocabularySize + Arrays.hashCode(slots);
    }

    /** The tokens' ids, with {@code _} for free, {@code ?} for optional, {@code *} for endless slots. */
    @Override
    public String toString() {
        return Arrays.stream(slots)
                .mapToObj(token -> switch (token) {
                    case FREE -> "_";
                    case OPTIONAL -> "?";
                    case ENDLESS -> "*";
                    default -> Integer.toString(token);
                })
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
