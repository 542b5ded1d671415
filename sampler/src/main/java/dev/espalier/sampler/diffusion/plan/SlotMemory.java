// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.plan;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Values remembered for slots, which move along when slots are inserted. */
public final class SlotMemory<T> {

    private final Supplier<T> blank;
    private Map<Integer, T> values = new TreeMap<>();

    public SlotMemory(Supplier<T> blank) {
        this.blank = blank;
    }

    /** What is remembered for a slot, a new one if there is nothing. */
    public T of(int slot) {
        return values.computeIfAbsent(slot, any -> blank.get());
    }

    public void put(int slot, T value) {
        values.put(slot, value);
    }

    public void forget(int slot) {
        values.remove(slot);
    }

    public void inserted(int at, int count) {
        Map<Integer, T> moved = new TreeMap<>();
        values.forEach((slot, value) -> moved.put(slot < at ? slot : slot + count, value));
        values = moved;
    }
}
