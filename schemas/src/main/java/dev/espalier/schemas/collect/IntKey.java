package dev.espalier.schemas.collect;

import java.util.Arrays;

/** Some integers as a key of a map. The array must not be modified afterwards. */
public final class IntKey {

    private final int[] content;
    private final int hash;

    public IntKey(int... content) {
        this.content = content;
        int mixed = content.length;
        for (int part : content) {
            mixed = (mixed ^ part) * 0x9E3779B1;
            mixed ^= mixed >>> 15;
        }
        this.hash = mixed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntKey that && hash == that.hash && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
