package dev.espalier.mask.vocabulary;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is made when it is first asked for, once. Thread-safe; later reads take no lock.
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

    /** The value; null if nobody has asked for it yet. */
    @Nullable
    T known() {
        return value;
    }

    /** Gives a value that was made elsewhere, before anybody asks. */
    void set(T made) {
        value = made;
    }
}
