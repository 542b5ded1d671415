package dev.espalier.jsonschemabench.infill;

import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.ResultsFile;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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
 * @param commits the time of all masks after each commit, in nanoseconds
 * @param estimate the most that the parser said it kept, in bytes
 * @param heap what the parser kept on the heap at the end, in bytes
 */
record CostResult(
        String source,
        int slots,
        CostForm form,
        End end,
        List<Reason> reasons,
        int open,
        long first,
        LatencyHistogram commits,
        long estimate,
        long heap)
        implements ResultsFile.Result {

    /** How the commits ended. */
    enum End {
        /** All slots are fixed. */
        FULL,
        /** The time was over; the figures are those of the commits so far. */
        STOPPED,
        /** The canvas has too few slots for any text. */
        TOO_SHORT,
        /** A limit was reached, or the schema was refused. */
        FAILED
    }

    CostResult {
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
    public String id() {
        return id(source, slots, form);
    }

    @Override
    public String toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("id", id()).put("source", source).put("slots", slots).put("form", form.label());
        node.put("end", end.name().toLowerCase(Locale.ROOT));
        Reason.write(reasons, node.putArray("reasons"));
        node.put("open", open).put("commits", commits.count()).put("first_us", first / 1000.0);
        node.put("estimated_bytes", estimate).put("heap_bytes", heap);
        node.set("masks_us", commits.figures());
        node.set("masks_ns", commits.toJson());
        return node.toString();
    }

    /**
     * The result that {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException if there is no such form or end, or the times are none
     */
    static CostResult of(JsonNode node) {
        return new CostResult(
                node.path("source").asString(),
                node.path("slots").asInt(),
                CostForm.valueOf(node.path("form").asString().toUpperCase(Locale.ROOT)),
                End.valueOf(node.path("end").asString().toUpperCase(Locale.ROOT)),
                Reason.read(node.path("reasons")),
                node.path("open").asInt(),
                Math.round(node.path("first_us").asDouble() * 1000),
                LatencyHistogram.of(node.path("masks_ns")),
                node.path("estimated_bytes").asLong(),
                node.path("heap_bytes").asLong());
    }
}
