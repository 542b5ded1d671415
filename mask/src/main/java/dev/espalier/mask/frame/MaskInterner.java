// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.frame;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.token.TokenMask;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A hash-consing table of masks: equal masks become one object, nearly always. Most states of keys and strings, of any schema, allow
 * one of a few sets of tokens, which are 16 KB each. The table has a fixed size and no chains: a new entry replaces the one it collides
 * with. It keeps no mask alive. A missed match costs memory, never correctness. Thread-safe without locks.
 */
@FastPath(oracle = "MaskInternerTest")
public final class MaskInterner {

    private static final int BITS = 12;

    private final AtomicReferenceArray<@Nullable WeakReference<TokenMask>> slots =
            new AtomicReferenceArray<>(1 << BITS);

    /** The object that stands for all masks equal to this one. Cost: a hash of its words. */
    public TokenMask intern(TokenMask mask) {
        int slot = mask.hashCode() * 0x9e3779b9 >>> Integer.SIZE - BITS;
        WeakReference<TokenMask> reference = slots.getAcquire(slot);
        TokenMask known = reference == null ? null : reference.get();
        if (known != null && known.equals(mask)) {
            return known;
        }
        slots.setRelease(slot, new WeakReference<>(mask));
        return mask;
    }
}
