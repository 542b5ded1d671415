// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.compare;

import dev.espalier.jsonschemabench.hard.HardResult;
import dev.espalier.jsonschemabench.maskbench.SchemaResult;
import dev.espalier.jsonschemabench.maskbench.StepTimes;
import dev.espalier.jsonschemabench.maskbench.TestResult;
import dev.espalier.jsonschemabench.run.Nanos;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.SchemaOutcome;
import dev.espalier.jsonschemabench.run.SchemaOutcome.Status;
import java.util.List;
import java.util.Objects;

/**
 * A line of {@code bench hard}: a case is compared as a schema whose texts are one valid instance.
 *
 * @param end how its reading ended
 * @param compile from its source to a compiled grammar
 * @param firstMask from its source to the first mask
 * @param histograms each step's least of several runs, so that there are no times of both together
 */
record CaseLine(
        String id,
        String kind,
        HardResult.End end,
        List<Reason> reasons,
        int sourceBytes,
        int tokens,
        @Nanos("compile_us") long compile,
        @Nanos("first_mask_us") long firstMask,
        StepTimes histograms) {

    /** Checks that there is an end. */
    CaseLine {
        Objects.requireNonNull(end);
    }

    /** What it says of a schema. */
    SchemaResult result() {
        Status status = switch (end) {
            case READ -> Status.COMPILED;
            case REFUSED -> Status.REFUSED;
            case FAILED -> Status.ERROR;
            case STOPPED -> Status.TIMEOUT;
        };
        TestResult text = end == HardResult.End.READ
                ? TestResult.accepted(true, tokens)
                : TestResult.rejected(true, tokens, tokens);
        return SchemaResult.of(
                new SchemaOutcome(id, kind, status, reasons, List.of(), sourceBytes, compile),
                firstMask,
                histograms,
                end == HardResult.End.REFUSED ? List.of() : List.of(text));
    }
}
