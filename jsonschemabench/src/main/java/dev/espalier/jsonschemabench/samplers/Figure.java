package dev.espalier.jsonschemabench.samplers;

import java.util.stream.DoubleStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A figure over repetitions.
 *
 * @param mean their mean; 0 if there is none
 * @param error the mean's standard error; 0 with fewer than two repetitions
 * @param count repetitions that have it
 */
record Figure(double mean, double error, int count) {

    static Figure of(DoubleStream values) {
        double[] all = values.toArray();
        double mean = DoubleStream.of(all).average().orElse(0);
        double squares = DoubleStream.of(all)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double error = all.length < 2 ? 0 : Math.sqrt(squares / (all.length - 1) / all.length);
        return new Figure(mean, error, all.length);
    }

    boolean isKnown() {
        return count > 0;
    }

    /** The figure in another unit. */
    Figure times(double factor) {
        return new Figure(mean * factor, error * factor, count);
    }

    void write(ObjectNode node) {
        node.put("mean", mean).put("se", error).put("n", count);
    }

    static Figure read(JsonNode node) {
        return new Figure(
                node.path("mean").asDouble(0),
                node.path("se").asDouble(0),
                node.path("n").asInt(0));
    }
}
