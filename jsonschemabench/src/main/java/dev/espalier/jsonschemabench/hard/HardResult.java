package dev.espalier.jsonschemabench.hard;

import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.ResultsFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of a case: one line of {@code results.jsonl}. Times are in nanoseconds, each step's the least of several runs.
 *
 * @param id the case's name
 * @param title what is hard about it
 * @param end how it ended
 * @param reasons why, unless all was read
 * @param sourceBytes the length of its source in UTF-8
 * @param characters the length of the texts that were read
 * @param compile from the source's text to a compiled grammar
 * @param firstMask from the source's text to the first mask
 * @param mask times of masks of a grammar that nobody has used, with an empty store
 * @param commit times of reading tokens, likewise
 * @param again times of masks of texts that were read before with the same grammar
 * @param nodes the most trie nodes that one mask visited
 * @param allocated bytes on the heap that a mask of a text that was read before took, on average
 * @param kept what matchers at the ends of the texts keep on the heap, in bytes
 * @param cached the caches' own estimate after reading all texts, in bytes
 * @param growth the mean step of the last quarter of the longest text over that of its second quarter
 * @param collections nanoseconds that garbage collection took, in all runs together
 * @param slowest the masks that took longest
 */
record HardResult(
        String id,
        String title,
        End end,
        List<Reason> reasons,
        int sourceBytes,
        int characters,
        long compile,
        long firstMask,
        LatencyHistogram mask,
        LatencyHistogram commit,
        LatencyHistogram again,
        long nodes,
        double allocated,
        long kept,
        long cached,
        double growth,
        long collections,
        List<Slow> slowest)
        implements ResultsFile.Result {

    /** How a case ended. */
    enum End {
        /** All texts were read. */
        READ,
        /** A typed error while compiling. */
        REFUSED,
        /** An error, or a text of the language that was refused. */
        FAILED,
        /** Out of time; the figures are those of the tokens so far. */
        STOPPED
    }

    /**
     * A mask that took long.
     *
     * @param nanos how long
     * @param nodes the trie nodes that it visited
     * @param text which text, from 0
     * @param token how many tokens before it
     * @param before the end of the text before it
     */
    record Slow(long nanos, long nodes, int text, int token, String before) {}

    HardResult {
        reasons = List.copyOf(reasons);
        slowest = List.copyOf(slowest);
    }

    @Override
    public String toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("id", id).put("title", title).put("end", end.name().toLowerCase(Locale.ROOT));
        Reason.write(reasons, node.putArray("reasons"));
        node.put("source_bytes", sourceBytes).put("characters", characters).put("tokens", mask.count());
        node.put("compile_us", compile / 1000.0).put("first_mask_us", firstMask / 1000.0);
        node.set("mask_us", mask.figures());
        node.set("commit_us", commit.figures());
        node.set("again_us", again.figures());
        node.put("nodes_max", nodes).put("allocated_bytes", allocated);
        node.put("kept_bytes", kept).put("cached_bytes", cached);
        node.put("growth", growth).put("collections_us", collections / 1000.0);
        ArrayNode slow = node.putArray("slowest");
        slowest.forEach(each -> slow.addObject()
                .put("us", each.nanos / 1000.0)
                .put("nodes", each.nodes)
                .put("text", each.text)
                .put("token", each.token)
                .put("before", each.before));
        ObjectNode histograms = node.putObject("histograms");
        histograms.set("mask_ns", mask.toJson());
        histograms.set("commit_ns", commit.toJson());
        histograms.set("again_ns", again.toJson());
        return node.toString();
    }

    /**
     * The result that {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException if there is no such end, or the times are none
     */
    static HardResult of(JsonNode node) {
        List<Slow> slowest = new ArrayList<>();
        node.path("slowest")
                .forEach(each -> slowest.add(new Slow(
                        nanos(each.path("us")),
                        each.path("nodes").asLong(),
                        each.path("text").asInt(),
                        each.path("token").asInt(),
                        each.path("before").asString(""))));
        JsonNode histograms = node.path("histograms");
        return new HardResult(
                node.path("id").asString(),
                node.path("title").asString(),
                End.valueOf(node.path("end").asString().toUpperCase(Locale.ROOT)),
                Reason.read(node.path("reasons")),
                node.path("source_bytes").asInt(),
                node.path("characters").asInt(),
                nanos(node.path("compile_us")),
                nanos(node.path("first_mask_us")),
                LatencyHistogram.of(histograms.path("mask_ns")),
                LatencyHistogram.of(histograms.path("commit_ns")),
                LatencyHistogram.of(histograms.path("again_ns")),
                node.path("nodes_max").asLong(),
                node.path("allocated_bytes").asDouble(),
                node.path("kept_bytes").asLong(),
                node.path("cached_bytes").asLong(),
                node.path("growth").asDouble(),
                nanos(node.path("collections_us")),
                slowest);
    }

    private static long nanos(JsonNode micros) {
        return Math.round(micros.asDouble() * 1000);
    }

    /** Which targets of hard cases it misses, each by its name; empty if none. */
    List<String> misses() {
        List<String> misses = new ArrayList<>();
        if (end != End.READ) {
            misses.add(end.name().toLowerCase(Locale.ROOT));
        }
        if (mask.mean() > Targets.MASK_MEAN) {
            misses.add("mean");
        }
        if (mask.max() > Targets.MASK_MAX) {
            misses.add("max");
        }
        if (compile > Targets.COMPILE) {
            misses.add("compile");
        }
        return misses;
    }
}
