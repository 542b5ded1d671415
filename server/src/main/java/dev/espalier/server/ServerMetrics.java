// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import dev.espalier.assistant.AssistantListener;
import dev.espalier.micrometer.AssistantMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What {@code /metrics} tells: of requests, and of the answers of assistants that have the {@link #listener}. Thread-safe. */
public final class ServerMetrics {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicInteger underWay = new AtomicInteger();

    /** Metrics of which nothing is counted yet. */
    public ServerMetrics() {
        registry.gauge("espalier.requests.active", underWay);
    }

    /** Where everything is counted, for metrics of the caller's own. */
    public MeterRegistry registry() {
        return registry;
    }

    /**
     * Counts the answers of an assistant that is made with it.
     *
     * @param model the name that its model is served by
     */
    public AssistantListener listener(String model) {
        return new AssistantMetrics(registry, model);
    }

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

    /** The form of an answer was compiled, or was not: it is faulty, took too long, or nobody waits for it. */
    void compiled(String how, Duration time) {
        Timer.builder("espalier.compilations")
                .description("Compilations of the forms of answers, by how they ended.")
                .tag("end", how)
                .publishPercentileHistogram()
                .register(registry)
                .record(time);
    }

    /** A request was answered. */
    void answered(String endpoint, int status, Duration time) {
        Timer.builder("espalier.requests")
                .description("Requests by endpoint and status.")
                .tag("endpoint", endpoint)
                .tag("status", String.valueOf(status))
                .publishPercentileHistogram()
                .register(registry)
                .record(time);
    }
}
