package dev.espalier.mask.canvas;

import java.util.Arrays;

/** A number for some of the keys 0, 1, 2 and so on, which all are forgotten at once. One thread. */
final class Scratch {

    private final int absent;
    private int[] values = {};
    private final IntList keys = new IntList();
    private boolean[] present = {};

    Scratch(int absent) {
        this.absent = absent;
    }

    int get(int key) {
        return key < values.length && present[key] ? values[key] : absent;
    }

    boolean has(int key) {
        return key < values.length && present[key];
    }

    void put(int key, int value) {
        if (key >= values.length) {
            int capacity = Math.max(key + 1, 2 * values.length);
            values = Arrays.copyOf(values, capacity);
            present = Arrays.copyOf(present, capacity);
        }
        if (!present[key]) {
            present[key] = true;
            keys.add(key);
        }
        values[key] = value;
    }

    /** The keys that have a number, in the order in which they got one. */
    IntList keys() {
        return keys;
    }

    void clear() {
        for (int i = 0; i < keys.size(); i++) {
            present[keys.get(i)] = false;
        }
        keys.clear();
    }
}
