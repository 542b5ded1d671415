package dev.espalier.jsonschemabench.scale;

import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.ResultsFile;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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
record ScaleResult(
        Part part,
        String line,
        double x,
        Map<String, LatencyHistogram> times,
        Map<String, Double> figures,
        String failure)
        implements ResultsFile.Result {

    /** The experiments. */
    enum Part {
        /** A batch of sequences of different schemas, by threads. */
        BATCH,
        /** One schema for many threads, by threads. */
        SHARED,
        /** Schemas of a corpus, by the size of the vocabulary. */
        VOCABULARY,
        /** Schemas of a family, by its size. */
        SIZE,
        /** Nested schemas and texts, by levels. */
        DEPTH;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    ScaleResult {
        times = new TreeMap<>(times);
        figures = new TreeMap<>(figures);
    }

    /** What a result is known by. */
    static String id(Part part, String line, double x) {
        return String.format(Locale.ROOT, "%s/%s/%07.0f", part.label(), line, x);
    }

    @Override
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

    @Override
    public String toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("id", id()).put("part", part.label()).put("line", line).put("x", x);
        if (!failure.isEmpty()) {
            node.put("failure", failure);
        }
        ObjectNode others = node.putObject("figures");
        figures.forEach(others::put);
        ObjectNode microseconds = node.putObject("times_us");
        times.forEach((name, all) -> microseconds.set(name, all.figures()));
        ObjectNode nanoseconds = node.putObject("times_ns");
        times.forEach((name, all) -> nanoseconds.set(name, all.toJson()));
        return node.toString();
    }

    /**
     * The result that {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException if there is no such part, or the times are none
     */
    static ScaleResult of(JsonNode node) {
        Map<String, LatencyHistogram> times = new TreeMap<>();
        node.path("times_ns")
                .properties()
                .forEach(each -> times.put(each.getKey(), LatencyHistogram.of(each.getValue())));
        Map<String, Double> figures = new TreeMap<>();
        node.path("figures")
                .properties()
                .forEach(each -> figures.put(each.getKey(), each.getValue().asDouble()));
        return new ScaleResult(
                Part.valueOf(node.path("part").asString().toUpperCase(Locale.ROOT)),
                node.path("line").asString(),
                node.path("x").asDouble(),
                times,
                figures,
                node.path("failure").asString(""));
    }
}
