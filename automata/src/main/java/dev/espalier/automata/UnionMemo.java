package dev.espalier.automata;

import org.jspecify.annotations.Nullable;

/**
 * Remembers unions of stack sets by the identity of both: a table of fixed size without chains, in which a newcomer
 * replaces what it collides with. What ambiguity makes at one symbol differs from what it made at the symbol before in a
 * few sets only, so that unions of deep sets end at once. One thread.
 */
@SuppressWarnings("ReferenceEquality") // the same objects are asked for
final class UnionMemo {

    private record Entry(StackSet a, StackSet b, StackSet union) {}

    private final @Nullable Entry[] slots;

    /** A memo with room for {@code 1 << bits} unions. */
    UnionMemo(int bits) {
        slots = new Entry[1 << bits];
    }

    private int slot(StackSet a, StackSet b) {
        int hash = 31 * a.hashCode() + b.hashCode();
        return (hash ^ hash >>> 16) & (slots.length - 1);
    }

    @Nullable
    StackSet get(StackSet a, StackSet b) {
        Entry entry = slots[slot(a, b)];
        return entry != null && entry.a == a && entry.b == b ? entry.union : null;
    }

    void put(StackSet a, StackSet b, StackSet union) {
        slots[slot(a, b)] = new Entry(a, b, union);
    }
}
