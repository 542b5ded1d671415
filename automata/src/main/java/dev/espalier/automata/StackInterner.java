package dev.espalier.automata;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Makes equal stack sets one object, nearly always: a table of fixed size without chains, in which a newcomer replaces
 * what it collides with. A missed match costs memory and cache hits, never correctness, and the table never grows.
 * Thread-safe without locks.
 */
public final class StackInterner {

    private final AtomicReferenceArray<StackSet> slots;
    /** The hashes of the sets in the slots, or older ones: sets that cannot be the one are not touched, being far in memory. */
    private final int[] hashes;

    private final int mask;

    /** A table with room for {@code 1 << bits} sets. */
    public StackInterner(int bits) {
        this.slots = new AtomicReferenceArray<>(1 << bits);
        this.hashes = new int[1 << bits];
        this.mask = (1 << bits) - 1;
    }

    /** The object that stands for all sets of one top state above another set; makes nothing where it is known. */
    StackSet intern(State top, StackSet below) {
        int hash = StackSet.hashOfOne(top, below);
        int slot = hash & mask;
        StackSet known = hashes[slot] == hash ? slots.getPlain(slot) : null;
        return known != null && known.isOne(top, below, hash)
                ? known
                : intern(new StackSet(new State[] {top}, new StackSet[] {below}, false));
    }

    /** The object that stands for all sets equal to this one. */
    StackSet intern(StackSet set) {
        int hash = set.hashCode();
        int slot = hash & mask;
        StackSet known = hashes[slot] == hash ? slots.getPlain(slot) : null;
        if (known != null && known.equals(set)) {
            return known;
        }
        slots.setRelease(slot, set);
        hashes[slot] = hash;
        return set;
    }
}
