// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is computed once, on first use. Thread-safe; later reads take no lock.
 *
 * @param <T> of the value
 */
final class Lazy<T> {

    private final Supplier<T> source;
    private volatile @Nullable T value;

    Lazy(Supplier<T> source) {
        this.source = source;
    }

    T get() {
        T made = value;
        return made != null ? made : make();
    }

    private synchronized T make() {
        T made = value;
        if (made == null) {
            made = source.get();
            value = made;
        }
        return made;
    }

    /** The value; null if it has not been computed yet. */
    @Nullable
    T known() {
        return value;
    }

    /** Sets a value that was computed elsewhere, before the first use. */
    void set(T made) {
        value = made;
    }
}
