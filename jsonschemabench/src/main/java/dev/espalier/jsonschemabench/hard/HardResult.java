// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hard;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.Nanos;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.ResultsFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

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
 * @param times all times
 * @param nodes the most trie nodes that one mask visited
 * @param allocated bytes on the heap that a mask of a text that was read before took, on average
 * @param kept what matchers at the ends of the texts keep on the heap, in bytes
 * @param cached the caches' own estimate after reading all texts, in bytes
 * @param growth the mean step of the last quarter of the longest text over that of its second quarter
 * @param collections nanoseconds that garbage collection took, in all runs together
 * @param slowest the masks that took longest
 */
public record HardResult(
        String id,
        String title,
        End end,
        List<Reason> reasons,
        int sourceBytes,
        int characters,
        @Nanos("compile_us") long compile,
        @Nanos("first_mask_us") long firstMask,
        @JsonProperty("histograms") Times times,
        @JsonProperty("nodes_max") long nodes,
        @JsonProperty("allocated_bytes") double allocated,
        @JsonProperty("kept_bytes") long kept,
        @JsonProperty("cached_bytes") long cached,
        double growth,
        @Nanos("collections_us") long collections,
        List<Slow> slowest)
        implements ResultsFile.Result {

    // what every hard case should keep to, in nanoseconds
    static final long MASK_MEAN = 20_000;
    static final long MASK_MAX = 1_000_000;
    static final long COMPILE = 50_000_000;

    /** How a case ended. */
    public enum End {
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
    public record Slow(@Nanos("us") long nanos, long nodes, int text, int token, String before) {}

    /**
     * Times of single steps.
     *
     * @param mask of masks of a grammar that nobody has used, with an empty store
     * @param commit of reading tokens, likewise
     * @param again of masks of texts that were read before with the same grammar
     */
    public record Times(
            @JsonProperty("mask_ns") LatencyHistogram mask,
            @JsonProperty("commit_ns") LatencyHistogram commit,
            @JsonProperty("again_ns") LatencyHistogram again) {}

    /** Copies the lists. */
    public HardResult {
        Objects.requireNonNull(end);
        reasons = List.copyOf(reasons);
        slowest = List.copyOf(slowest);
    }

    @JsonProperty("tokens")
    long tokens() {
        return times.mask.count();
    }

    @JsonProperty("mask_us")
    JsonNode maskFigures() {
        return times.mask.figures();
    }

    @JsonProperty("commit_us")
    JsonNode commitFigures() {
        return times.commit.figures();
    }

    @JsonProperty("again_us")
    JsonNode againFigures() {
        return times.again.figures();
    }

    /** Which targets of hard cases it misses, each by its name; empty if none. */
    List<String> misses() {
        List<String> misses = new ArrayList<>();
        if (end != End.READ) {
            misses.add(end.name().toLowerCase(Locale.ROOT));
        }
        if (times.mask.mean() > MASK_MEAN) {
            misses.add("mean");
        }
        if (times.mask.max() > MASK_MAX) {
            misses.add("max");
        }
        if (compile > COMPILE) {
            misses.add("compile");
        }
        return misses;
    }
}
