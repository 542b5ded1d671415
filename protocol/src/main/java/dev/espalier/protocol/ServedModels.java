// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.core.error.InvalidInputException;
import java.util.List;

/** The models that requests may ask for. Thread-safe. */
public interface ServedModels {

    /** Where a model is. */
    enum Status {
        /** On disk; it is loaded when it is asked for. */
        UNLOADED,
        LOADING,
        LOADED
    }

    /** The names of all, those that are not loaded too. */
    List<String> ids();

    /** When a model was made known, in seconds since 1970. */
    long created(String id);

    /**
     * A model, which is loaded if need be.
     *
     * @param id one of {@link #ids()}
     * @throws dev.espalier.core.error.EspalierException if it cannot be loaded
     */
    ServedModel model(String id);

    /** Whether a model is loaded. Does not wait for one that is being loaded. */
    default Status status(String id) {
        return Status.LOADED;
    }

    /** Whether all models are loaded that are to be before the first request. */
    default boolean isReady() {
        return true;
    }

    /** Whether a model may be unloaded. */
    default boolean mayUnload(String id) {
        return false;
    }

    /**
     * Frees a model, which is loaded again when it is asked for. No request of it is under way.
     *
     * @param id one of {@link #ids()}
     * @throws InvalidInputException if it stays
     */
    default void unload(String id) {
        throw new InvalidInputException("\"" + id + "\" cannot be unloaded");
    }

    /** One model that stays. */
    static ServedModels of(ServedModel one) {
        return new ServedModels() {
            @Override
            public List<String> ids() {
                return List.of(one.id());
            }

            @Override
            public long created(String id) {
                return one.created();
            }

            @Override
            public ServedModel model(String id) {
                return one;
            }
        };
    }
}
