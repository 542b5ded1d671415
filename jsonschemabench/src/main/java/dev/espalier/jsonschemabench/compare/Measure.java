// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.compare;

import dev.espalier.jsonschemabench.maskbench.SchemaResult;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.Collection;
import java.util.Locale;
import java.util.function.BiConsumer;

/** What is timed. */
enum Measure {
    /** Making a mask. */
    MASK("mask", (result, all) -> all.add(result.steps().mask())),
    /** Reading a token. */
    COMMIT("commit", (result, all) -> all.add(result.steps().commit())),
    /** Both together. */
    STEP("mask + commit", (result, all) -> all.add(result.steps().step())),
    /** From a schema's text to a grammar compiled for the vocabulary. */
    COMPILE("compile", (result, all) -> {
        if (EngineResults.ran(result)) {
            all.add(result.schema().compileNanos());
        }
    }),
    /** From a schema's text to the first mask. */
    FIRST_MASK("schema text to first mask", (result, all) -> {
        if (EngineResults.ran(result)) {
            all.add(result.firstMaskNanos());
        }
    });

    private final String shown;
    private final BiConsumer<SchemaResult, LatencyHistogram> counter;

    Measure(String shown, BiConsumer<SchemaResult, LatencyHistogram> counter) {
        this.shown = shown;
        this.counter = counter;
    }

    String shown() {
        return shown;
    }

    /** The member's name in JSON; times are in microseconds. */
    String member() {
        return name().toLowerCase(Locale.ROOT) + "_us";
    }

    /** The times of results: of masks, all that were made; else one a schema that compiled and has a value. */
    LatencyHistogram of(Collection<SchemaResult> results) {
        LatencyHistogram all = new LatencyHistogram();
        results.forEach(result -> counter.accept(result, all));
        return all;
    }
}
