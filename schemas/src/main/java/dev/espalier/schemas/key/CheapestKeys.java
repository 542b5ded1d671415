// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.key;

import java.util.Map;

/** The lengths in bytes of the unused keys of a class, the shortest first. */
public final class CheapestKeys {

    private final KeySizes sizes;
    private final int keyClass;
    private final Map<Integer, Integer> taken;
    private int bytes = -1;
    private long left;
    private int index = -1;

    /**
     * The keys of a class.
     *
     * @param taken how many of them are used, by their bytes
     */
    public CheapestKeys(KeySizes sizes, int keyClass, Map<Integer, Integer> taken) {
        this.sizes = sizes;
        this.keyClass = keyClass;
        this.taken = taken;
    }

    /** The bytes of the n-th key, from 0. There must be as many; n must ascend from call to call. */
    public int bytes(int n) {
        while (index < n) {
            while (left <= 0) {
                bytes++;
                left = sizes.of(bytes, keyClass) - taken.getOrDefault(bytes, 0);
            }
            left--;
            index++;
        }
        return bytes;
    }
}
