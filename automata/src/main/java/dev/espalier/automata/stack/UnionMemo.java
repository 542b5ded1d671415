// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.core.oracle.FastPath;
import org.jspecify.annotations.Nullable;

/**
 * A cache of unions of stack sets by the identity of both: a table of fixed size without chains, in which a newcomer
 * replaces what it collides with. What ambiguity makes at one symbol differs from what it made at the symbol before in a
 * few sets only, so that unions of deep sets end at once. One thread.
 */
@SuppressWarnings("ReferenceEquality") // the same objects are asked for
@FastPath(oracle = "StackUnionTest")
final class UnionMemo {

    private record Entry(StackSet a, StackSet b, StackSet union) {}

    private final int capacity;
    /** None before the first union: steppers that make none are many, and short-lived. */
    private @Nullable Entry[] slots = {};

    /** A memo with room for {@code 1 << bits} unions. */
    UnionMemo(int bits) {
        capacity = 1 << bits;
    }

    private int slot(StackSet a, StackSet b) {
        int hash = 31 * a.hashCode() + b.hashCode();
        return (hash ^ hash >>> 16) & (capacity - 1);
    }

    @Nullable
    StackSet get(StackSet a, StackSet b) {
        Entry entry = slots.length == 0 ? null : slots[slot(a, b)];
        return entry != null && entry.a == a && entry.b == b ? entry.union : null;
    }

    void put(StackSet a, StackSet b, StackSet union) {
        if (slots.length == 0) {
            slots = new Entry[capacity];
        }
        slots[slot(a, b)] = new Entry(a, b, union);
    }
}
