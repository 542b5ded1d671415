// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import java.util.List;

/** The models that requests may ask for. Thread-safe. */
public interface ServedModels {

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
