// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.state;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The texts that a state is asked about, such as the tokens of a vocabulary, as far as states may know them.
 * States that no such text can tell apart share masks ({@link State#within}). Implementations are thread-safe.
 */
public interface Horizon {

    /** The symbols of the longest text. */
    int bytes();

    /** The texts; null where they are all that have at most {@link #bytes} symbols. */
    default @Nullable Texts texts() {
        return null;
    }

    /**
     * Facts about the texts that a kind of frame works out once: kept with the horizon where texts are many.
     *
     * @param kind of the answer; one for each class
     * @param find makes it; must be quick, and may find more when it is asked
     */
    default <T> T learned(Class<T> kind, Function<Horizon, T> find) {
        return find.apply(this);
    }

    /** All texts of at most so many symbols. */
    static Horizon of(int bytes) {
        return () -> bytes;
    }

    /** Texts side by side in one array of bytes. Immutable. */
    interface Texts {

        /** The bytes of all texts; not to be modified. */
        byte[] blob();

        /** How many texts there are. */
        int count();

        /** Where a text begins. */
        int offset(int text);

        /** The bytes of a text, which may be none. */
        int length(int text);
    }
}
