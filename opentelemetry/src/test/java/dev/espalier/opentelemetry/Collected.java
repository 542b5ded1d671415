// SPDX-License-Identifier: Apache-2.0
package dev.espalier.opentelemetry;

import dev.espalier.ChatMessage;
import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.assistant.Turn;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.testing.ScriptedModel;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Telemetry that is kept in memory. */
final class Collected implements AutoCloseable {

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .setMeterProvider(
                    SdkMeterProvider.builder().registerMetricReader(reader).build())
            .build();

    static Turn turn() {
        return Turn.of(List.of(new ChatMessage("user", "Hi"))).with(SamplingParameters.DEFAULT.withMaxTokens(2000));
    }

    OpenTelemetrySdk sdk() {
        return sdk;
    }

    Assistant assistant(UnaryOperator<String> script) {
        return assistant(script, TelemetryOptions.DEFAULT);
    }

    Assistant assistant(UnaryOperator<String> script, TelemetryOptions options) {
        return Assistant.of(
                new ScriptedModel(script), AssistantOptions.DEFAULT.with(AssistantTelemetry.of(sdk, options)));
    }

    List<SpanData> spans() {
        return spans.getFinishedSpanItems();
    }

    SpanData span() {
        List<SpanData> all = spans();
        if (all.size() != 1) {
            throw new AssertionError(all);
        }
        return all.get(0);
    }

    /** All metrics by their names. */
    Map<String, MetricData> metrics() {
        return reader.collectAllMetrics().stream()
                .collect(Collectors.toMap(MetricData::getName, one -> one, (one, other) -> one, TreeMap::new));
    }

    /** The sum of a counter over its attributes. */
    long count(String name) {
        return metric(name).getLongSumData().getPoints().stream()
                .mapToLong(LongPointData::getValue)
                .sum();
    }

    /** The sum of a counter where an attribute has a value. */
    long count(String name, String key, Object value) {
        return metric(name).getLongSumData().getPoints().stream()
                .filter(point -> value.equals(attribute(point.getAttributes(), key)))
                .mapToLong(LongPointData::getValue)
                .sum();
    }

    List<HistogramPointData> histogram(String name) {
        return List.copyOf(metric(name).getHistogramData().getPoints());
    }

    private MetricData metric(String name) {
        MetricData found = metrics().get(name);
        if (found == null) {
            throw new AssertionError(name + " is not among " + metrics().keySet());
        }
        return found;
    }

    /** The value of an attribute, whatever its type. */
    static Object attribute(Attributes attributes, String key) {
        for (Map.Entry<AttributeKey<?>, Object> entry : attributes.asMap().entrySet()) {
            if (entry.getKey().getKey().equals(key)) {
                return entry.getValue();
            }
        }
        return "none";
    }

    @Override
    public void close() {
        sdk.close();
    }
}
