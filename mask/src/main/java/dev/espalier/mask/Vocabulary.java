package dev.espalier.mask;

/** The tokens of a model. Immutable. */
public final class Vocabulary {

    private final int size;

    Vocabulary(int size) {
        this.size = size;
    }

    /** The number of ids, padding and holes included. */
    public int size() {
        return size;
    }
}
