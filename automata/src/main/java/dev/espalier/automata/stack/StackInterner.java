// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A table that makes equal sets of stacks one object, nearly always (hash-consing): it is without chains, in which a newcomer replaces what
 * it collides with. A missed match costs memory and cache hits, never correctness. The table grows a few times where ambiguity makes many
 * sets, and then no more. Thread-safe without locks.
 */
@FastPath(oracle = "StackInternerTest")
public final class StackInterner {

    /** The table grows up to so many times its first size. */
    private static final int GROWTH_BITS = 6;

    /** The table grows when so many times as many sets were replaced as it has room for: short texts do with a small one. */
    private static final int PATIENCE_BITS = 3;

    private final int maxBits;
    private Table table;

    /** Sets that were replaced since the table grew, as far as threads do not overwrite each other's count. */
    private int replaced;

    private static final class Table {
        final AtomicReferenceArray<StackSet> slots;
        /** The hashes of the sets in the slots, or older ones: sets that cannot be the one are not touched, being far in memory. */
        final int[] hashes;

        final int bits;
        final int mask;

        Table(int bits) {
            this.slots = new AtomicReferenceArray<>(1 << bits);
            this.hashes = new int[1 << bits];
            this.bits = bits;
            this.mask = (1 << bits) - 1;
        }

        void put(int hash, StackSet set) {
            slots.setRelease(hash & mask, set);
            hashes[hash & mask] = hash;
        }
    }

    /** A table with room for {@code 1 << bits} sets at first. */
    public StackInterner(int bits) {
        this.table = new Table(bits);
        this.maxBits = bits + GROWTH_BITS;
    }

    /** The object that stands for all sets of one top state above another set; makes nothing where it is known. */
    StackSet intern(State top, StackSet below) {
        Table in = table;
        int hash = StackSet.hashOfOne(top, below);
        int slot = hash & in.mask;
        StackSet known = in.hashes[slot] == hash ? in.slots.getPlain(slot) : null;
        return known != null && known.isOne(top, below, hash)
                ? known
                : intern(new StackSet(new State[] {top}, new StackSet[] {below}, false));
    }

    /** The object that stands for all sets equal to this one. */
    StackSet intern(StackSet set) {
        Table in = table;
        int hash = set.hashCode();
        int slot = hash & in.mask;
        StackSet known = in.hashes[slot] == hash ? in.slots.getPlain(slot) : null;
        if (known != null && known.equals(set)) {
            return known;
        }
        if (in.hashes[slot] != 0 && ++replaced >> PATIENCE_BITS > in.mask && in.bits < maxBits) {
            replaced = 0;
            in = grown(in);
        }
        in.put(hash, set);
        return set;
    }

    private Table grown(Table from) {
        Table larger = new Table(from.bits + 1);
        for (int i = 0; i <= from.mask; i++) {
            StackSet set = from.slots.getPlain(i);
            if (set != null) {
                larger.put(from.hashes[i], set); // not asked of the set, which is far in memory
            }
        }
        table = larger;
        return larger;
    }
}
