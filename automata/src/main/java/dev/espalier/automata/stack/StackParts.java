// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a packed set of stacks: sets that are not packed, each once, of which it is the union. Many of them may be those of
 * another packed set, the <em>base</em>, which is shared: after one more symbol an ambiguous text can go on with what it could before,
 * and a little more. Immutable and thread-safe.
 */
@SuppressWarnings("ReferenceEquality") // parts are told apart by identity
@FastPath(oracle = "PackedStepTest")
final class StackParts {

    private final @Nullable StackParts base;
    /** The parts that the base has not. */
    private final StackSet[] own;

    private final int size;
    private final int sum;
    private final boolean containsEmpty;

    /** The union, one level deep; made when it is first asked for. */
    private @Nullable StackSet level;

    /** What {@link ReturnSearch} found for result 0; null = nothing yet. */
    @Nullable
    StackReturns returnsAfterZero;

    /** The parts of a base and others. */
    StackParts(@Nullable StackParts base, StackSet[] own) {
        this.base = base;
        this.own = own;
        this.size = own.length + (base == null ? 0 : base.size);
        int mixed = base == null ? 0 : base.sum;
        boolean empty = base != null && base.containsEmpty;
        for (StackSet part : own) {
            mixed += part.hashCode() * 0x85ebca6b ^ part.hashCode() >>> 13;
            empty |= part.containsEmpty;
        }
        this.sum = mixed;
        this.containsEmpty = empty;
    }

    int size() {
        return size;
    }

    boolean containsEmpty() {
        return containsEmpty;
    }

    @Nullable
    StackParts base() {
        return base;
    }

    /** The parts that the base has not; not to be modified. */
    StackSet[] own() {
        return own;
    }

    /** Whether these are all parts of others, as far as their bases say. */
    boolean areBaseOf(StackParts others) {
        for (StackParts at = others; at != null && at.size >= size; at = at.base) {
            if (at == this) {
                return true;
            }
        }
        return false;
    }

    StackSet[] toArray() {
        StackSet[] all = new StackSet[size];
        int at = size;
        for (StackParts from = this; from != null; from = from.base) {
            at -= from.own.length;
            System.arraycopy(from.own, 0, all, at, from.own.length);
        }
        return all;
    }

    /** Estimated bytes on the heap without those of the base. */
    long bytes() {
        return 64 + 8L * own.length;
    }

    /** The union as a set that is not packed: what lies below its top states may be. */
    StackSet level() {
        StackSet known = level;
        if (known == null) {
            Map<State, StackPacking> belows = new LinkedHashMap<>();
            for (StackSet part : toArray()) {
                for (int i = 0; i < part.tops().length; i++) {
                    belows.computeIfAbsent(part.tops()[i], unused -> new StackPacking())
                            .add(part.belows()[i]);
                }
            }
            known = StackPacking.setOf(belows, containsEmpty, StackPacking::toSet);
            level = known;
        }
        return known;
    }

    /** Whether the same parts come in the same order. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof StackParts that) || size != that.size || sum != that.sum) {
            return false;
        }
        StackSet[] mine = toArray();
        StackSet[] others = that.toArray();
        for (int i = 0; i < size; i++) {
            if (mine[i] != others[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return sum ^ sum >>> 15 ^ size * 0x9E3779B9;
    }

    @Override
    public String toString() {
        return Arrays.toString(toArray());
    }
}
