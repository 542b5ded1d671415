package dev.espalier.mask.canvas;

import dev.espalier.grammar.error.InvalidInputException;
import dev.espalier.grammar.error.InvalidTokenException;
import dev.espalier.mask.Vocabulary;
import java.util.Arrays;

/**
 * A row of slots, each fixed to a token or free, as models of masked diffusion see a text. A <em>completion</em> has a
 * token in every slot, agrees with the fixed ones, and spells a text of the language followed by end tokens alone,
 * possibly none. Immutable, thread-safe.
 */
public final class Canvas {

    /** Stands for a free slot where tokens are given as an array. */
    public static final int FREE = -1;

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

    /**
     * A canvas of these tokens.
     *
     * @param tokens a token for each fixed slot, {@link #FREE} for each free one
     * @throws InvalidTokenException if a token is neither in the vocabulary nor {@link #FREE}
     */
    public static Canvas of(Vocabulary vocabulary, int... tokens) {
        for (int slot = 0; slot < tokens.length; slot++) {
            if (tokens[slot] != FREE) {
                check(tokens[slot], slot, vocabulary.size());
            }
        }
        return new Canvas(vocabulary.size(), tokens.clone());
    }

    /**
     * This canvas with a slot fixed to a token, whatever it held.
     *
     * @throws InvalidTokenException if there is no such token
     * @throws InvalidInputException if there is no such slot
     */
    public Canvas with(int slot, int token) {
        check(token, slot, vocabularySize);
        return changed(slot, token);
    }

    /**
     * This canvas with a slot free, whatever it held.
     *
     * @throws InvalidInputException if there is no such slot
     */
    public Canvas withFree(int slot) {
        return changed(slot, FREE);
    }

    private Canvas changed(int slot, int token) {
        checkSlot(slot);
        int[] copy = slots.clone();
        copy[slot] = token;
        return new Canvas(vocabularySize, copy);
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
     * Whether a slot is free.
     *
     * @throws InvalidInputException if there is no such slot
     */
    public boolean isFree(int slot) {
        return token(slot) == FREE;
    }

    /**
     * The token of a slot, or {@link #FREE}.
     *
     * @throws InvalidInputException if there is no such slot
     */
    public int token(int slot) {
        checkSlot(slot);
        return slots[slot];
    }

    /** The number of free slots. Cost: linear in the slots. */
    public int freeSlots() {
        return (int) Arrays.stream(slots).filter(token -> token == FREE).count();
    }

    /** A token for each fixed slot, {@link #FREE} for each free one; a copy. */
    public int[] tokens() {
        return slots.clone();
    }

    private void checkSlot(int slot) {
        if (slot < 0 || slot >= slots.length) {
            throw new InvalidInputException("slot " + slot + " is outside the canvas of " + slots.length + " slots");
        }
    }

    private static void check(int token, int slot, int size) {
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

    /** The tokens' ids, with {@code _} for free slots. */
    @Override
    public String toString() {
        return Arrays.toString(slots).replace(Integer.toString(FREE), "_");
    }
}
