// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.samplers;

import dev.espalier.core.Cancellation;
import dev.espalier.sampler.LanguageModel;
import java.util.function.Supplier;

/** A language to be sampled from, before anything was compiled or loaded. */
interface Language {

    /** Tells it apart from the others. */
    String name();

    /**
     * Compiles and enumerates it.
     *
     * @param embedded the embedded model, loaded when it is first asked for
     * @param stop ends the enumeration
     * @throws dev.espalier.core.error.EspalierException if it cannot be compiled, or the model cannot be loaded
     */
    SamplingCase open(Supplier<LanguageModel> embedded, Cancellation stop);
}
