// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** What {@code /metrics} tells. Thread-safe. */
final class ServerMetrics {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicInteger underWay = registry.gauge("espalier.requests.active", new AtomicInteger());

    /** The text in the format of Prometheus. */
    String text() {
        return registry.scrape();
    }

    int begin() {
        return underWay.incrementAndGet();
    }

    void end() {
        underWay.decrementAndGet();
    }

    /** A request was answered. */
    void answered(String endpoint, int status, Duration time) {
        Timer.builder("espalier.requests")
                .description("Requests by endpoint and status.")
                .tag("endpoint", endpoint)
                .tag("status", String.valueOf(status))
                .register(registry)
                .record(time);
    }

    /** An answer took so many tokens. */
    void usage(String model, JsonNode usage) {
        add(
                model,
                "input",
                usage.path("prompt_tokens").asInt(usage.path("input_tokens").asInt(0)));
        add(
                model,
                "output",
                usage.path("completion_tokens")
                        .asInt(usage.path("output_tokens").asInt(0)));
    }

    private void add(String model, String kind, int tokens) {
        Counter.builder("espalier.tokens")
                .description("Tokens of prompts and answers that are not streamed.")
                .tag("model", model)
                .tag("type", kind)
                .register(registry)
                .increment(tokens);
    }
}
