// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.infill;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.Nanos;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.ResultsFile;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * What all masks of one canvas cost, after each of many commits: one line of {@code results.jsonl}.
 *
 * @param source the id of the schema or grammar
 * @param slots the size of the canvas
 * @param form what it was like at first
 * @param end how it ended
 * @param reasons why, where that was not the end of the canvas or of the time
 * @param open slots that were free at first
 * @param first the first reading of the canvas, in nanoseconds
 * @param masks the time of all masks after each commit, in nanoseconds
 * @param estimate the most that the parser said it kept, in bytes
 * @param heap what the parser kept on the heap at the end, in bytes
 */
public record CostResult(
        String source,
        int slots,
        CostForm form,
        End end,
        List<Reason> reasons,
        int open,
        @Nanos("first_us") long first,
        @JsonProperty("masks_ns") LatencyHistogram masks,
        @JsonProperty("estimated_bytes") long estimate,
        @JsonProperty("heap_bytes") long heap)
        implements ResultsFile.Result {

    /** How the commits ended. */
    public enum End {
        /** All slots are fixed. */
        FULL,
        /** The time was over; the figures are those of the commits so far. */
        STOPPED,
        /** The canvas has too few slots for any text. */
        TOO_SHORT,
        /** A limit was reached, or the schema was refused. */
        FAILED
    }

    /** Copies the list. */
    public CostResult {
        Objects.requireNonNull(form);
        Objects.requireNonNull(end);
        reasons = List.copyOf(reasons);
    }

    /** A canvas of which nothing is known but why. */
    static CostResult of(String source, int slots, CostForm form, End end, List<Reason> reasons) {
        return new CostResult(source, slots, form, end, reasons, 0, 0, new LatencyHistogram(), 0, 0);
    }

    /** What results of a case, a size and a form are known by. */
    static String id(String source, int slots, CostForm form) {
        return String.format(Locale.ROOT, "%s/%05d/%s", source, slots, form.label());
    }

    @Override
    @JsonProperty("id")
    public String id() {
        return id(source, slots, form);
    }

    @JsonProperty("commits")
    long commits() {
        return masks.count();
    }

    @JsonProperty("masks_us")
    JsonNode figures() {
        return masks.figures();
    }
}
