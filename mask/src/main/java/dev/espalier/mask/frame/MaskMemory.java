// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.frame;

import dev.espalier.automata.state.State;
import dev.espalier.mask.token.TokenMask;
import org.jspecify.annotations.Nullable;

/** A cache of masks of frame states, for one grammar or for all grammars of a compiler. Thread-safe. */
public interface MaskMemory {

    /**
     * The cached mask of a state, from the store of all grammars if the state has a shared key, else from this grammar's own; null if
     * there is none.
     *
     * @param sharedKey as {@link State#sharedKey}
     * @param key as {@link State#key}
     */
    @Nullable
    FrameMask get(@Nullable Object sharedKey, Object key);

    /** Caches a mask. Returns the one to use from now on, which shares what equal masks can share. */
    FrameMask put(@Nullable Object sharedKey, Object key, FrameMask mask);

    /** The one object that stands for all masks equal to this one. */
    TokenMask shared(TokenMask mask);
}
