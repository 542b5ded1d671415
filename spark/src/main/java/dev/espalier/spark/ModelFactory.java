// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import dev.espalier.Prompting;
import dev.espalier.sampler.LanguageModel;
import java.io.Serializable;

/**
 * Makes a model on an executor: an engine of your own. A lambda will do; what it captures must be serialisable. It travels as bytes, which also tell models apart: factories that serialise alike make
 * one model for each executor.
 */
@FunctionalInterface
public interface ModelFactory extends Serializable {

    /**
     * Loads the model, once for each executor, on a thread of its own that no killed task interrupts. It is closed when it was idle for some time.
     *
     * @throws dev.espalier.core.error.ModelException if it cannot be loaded: the tasks that wait for it fail
     */
    LanguageModel load();

    /** How the model is told what to write; its chat template unless overridden, or the prompt as it is if it has none. */
    default Prompting prompting(LanguageModel model) {
        return Prompting.of(model);
    }
}
