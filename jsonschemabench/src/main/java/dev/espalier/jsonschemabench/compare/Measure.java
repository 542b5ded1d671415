package dev.espalier.jsonschemabench.compare;

import dev.espalier.jsonschemabench.maskbench.SchemaResult;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.Collection;
import java.util.Locale;

/** What is timed. */
enum Measure {
    /** Making a mask. */
    MASK("mask"),
    /** Reading a token. */
    COMMIT("commit"),
    /** Both together. */
    STEP("mask + commit"),
    /** From a schema's text to a grammar compiled for the vocabulary. */
    COMPILE("compile"),
    /** From a schema's text to the first mask. */
    FIRST_MASK("schema text to first mask");

    private final String shown;

    Measure(String shown) {
        this.shown = shown;
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
        for (SchemaResult result : results) {
            boolean ran = result.schema().isCompiled() && !result.allowsNothing();
            switch (this) {
                case MASK -> all.add(result.steps().mask());
                case COMMIT -> all.add(result.steps().commit());
                case STEP -> all.add(result.steps().step());
                case COMPILE -> {
                    if (ran) {
                        all.add(result.schema().compileNanos());
                    }
                }
                case FIRST_MASK -> {
                    if (ran) {
                        all.add(result.firstMaskNanos());
                    }
                }
            }
        }
        return all;
    }
}
