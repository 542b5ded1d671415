// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.scale;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.ResultsFile;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What one way of working cost at one size: one line of {@code results.jsonl}.
 *
 * @param part which experiment
 * @param line who worked how
 * @param x the size: threads, tokens, members, levels
 * @param times distributions, each with its name, in nanoseconds
 * @param figures other figures, each with its name and unit
 * @param failure why there are none; empty if there are
 */
public record ScaleResult(
        Part part,
        String line,
        double x,
        @JsonProperty("times_ns") Map<String, LatencyHistogram> times,
        Map<String, Double> figures,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String failure)
        implements ResultsFile.Result {

    /** The experiments. */
    public enum Part {
        /** A batch of sequences of different schemas, by threads. */
        BATCH,
        /** One schema for many threads, by threads. */
        SHARED,
        /** Schemas of a corpus, by the size of the vocabulary. */
        VOCABULARY,
        /** Schemas of a family, by its size. */
        SIZE,
        /** Nested schemas and texts, by levels. */
        DEPTH
    }

    /** Sorts figures by their names. */
    public ScaleResult {
        Objects.requireNonNull(part);
        times = new TreeMap<>(times);
        figures = new TreeMap<>(figures);
    }

    /** What a result is known by. */
    static String id(Part part, String line, double x) {
        return String.format(Locale.ROOT, "%s/%s/%07.0f", part.name().toLowerCase(Locale.ROOT), line, x);
    }

    @Override
    @JsonProperty("id")
    public String id() {
        return id(part, line, x);
    }

    /** The times of a name; none if there are none. */
    LatencyHistogram times(String name) {
        return times.getOrDefault(name, new LatencyHistogram());
    }

    /** The figure of a name; 0 if there is none. */
    double figure(String name) {
        return figures.getOrDefault(name, 0.0);
    }

    @JsonProperty("times_us")
    Map<String, JsonNode> timeFigures() {
        Map<String, JsonNode> figures = new TreeMap<>();
        times.forEach((name, all) -> figures.put(name, all.figures()));
        return figures;
    }
}
