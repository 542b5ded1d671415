package dev.espalier.mask.frame;

import dev.espalier.automata.State;
import dev.espalier.mask.vocabulary.TokenMask;
import org.jspecify.annotations.Nullable;

/** Masks of frame states that are kept with a grammar, or for all grammars of a compiler. Thread-safe. */
public interface MaskMemory {

    /**
     * The mask that is kept for all grammars, or with this one where no other has such a state; null if there is none.
     *
     * @param sharedKey as {@link State#sharedKey}
     * @param key as {@link State#key}
     */
    @Nullable
    FrameMask get(@Nullable Object sharedKey, Object key);

    /** Keeps a mask; the one to be used from now on, which shares what equal masks can share. */
    FrameMask put(@Nullable Object sharedKey, Object key, FrameMask mask);

    /** A mask of tokens as one object for all that are equal to it. */
    TokenMask shared(TokenMask mask);
}
