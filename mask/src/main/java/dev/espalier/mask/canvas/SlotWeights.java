package dev.espalier.mask.canvas;

/** The weights of the tokens of free slots: log-probabilities, or other numbers that are added up like them. */
@FunctionalInterface
public interface SlotWeights {

    /**
     * The weights of one slot: a natural logarithm for each token id, negative infinity for a token that must not be there. They
     * need not be normalised, so that logits will do. May be longer than the vocabulary; what is behind it is not looked at.
     * Asked for once a slot; the array is not modified, and must not be while it is in use.
     *
     * @param slot a free slot of the block
     */
    float[] row(int slot);
}
