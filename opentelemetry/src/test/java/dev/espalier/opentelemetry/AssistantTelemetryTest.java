// SPDX-License-Identifier: Apache-2.0
package dev.espalier.opentelemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Output;
import dev.espalier.assistant.Answer;
import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.Turn;
import dev.espalier.sampler.LogitChanges;
import dev.espalier.sampler.SamplingParameters;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Names, units, attributes and buckets, as the conventions and our page have them. */
class AssistantTelemetryTest {

    private static final String REASONED = "<think>\nSo.\n</think>\n\n{\"a\":12}";
    private static final Output<String> SCHEMA =
            Output.jsonSchema("{\"properties\":{\"a\":{\"type\":\"integer\"}},\"required\":[\"a\"]}");

    /** All that is told, with its unit. */
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("gen_ai.client.operation.duration", "s"),
            Map.entry("gen_ai.client.token.usage", "{token}"),
            Map.entry("gen_ai.server.time_to_first_token", "s"),
            Map.entry("gen_ai.server.time_per_output_token", "s"),
            Map.entry("espalier.answers", "{answer}"),
            Map.entry("espalier.closed", "{answer}"),
            Map.entry("espalier.compile", "s"),
            Map.entry("espalier.dead.ends", "{text}"),
            Map.entry("espalier.forms", "{form}"),
            Map.entry("espalier.log.weight", "1"),
            Map.entry("espalier.mask", "s"),
            Map.entry("espalier.tokens.forced", "{token}"),
            Map.entry("espalier.tokens.reasoning", "{token}"));

    private static List<Double> buckets(Collected collected, String name) {
        return collected.histogram(name).get(0).getBoundaries();
    }

    @Test
    void metricsHaveTheNamesUnitsAndBucketsOfTheConventions() {
        try (Collected collected = new Collected();
                Assistant assistant = collected.assistant(prompt -> REASONED)) {
            assistant.answer(Collected.turn().with(SCHEMA));
            Map<String, String> units = new TreeMap<>();
            for (MetricData metric : collected.metrics().values()) {
                units.put(metric.getName(), metric.getUnit());
                assertFalse(metric.getDescription().isEmpty());
                assertEquals(
                        "dev.espalier", metric.getInstrumentationScopeInfo().getName());
            }
            assertEquals(new TreeMap<>(UNITS), units);
            assertEquals(
                    List.of(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92),
                    buckets(collected, "gen_ai.client.operation.duration"));
            assertEquals(
                    16, buckets(collected, "gen_ai.server.time_to_first_token").size());
            assertEquals(
                    13,
                    buckets(collected, "gen_ai.server.time_per_output_token").size());
            assertEquals(
                    List.of(1.0, 4.0, 16.0),
                    buckets(collected, "gen_ai.client.token.usage").subList(0, 3));
        }
    }

    @Test
    void metricsTellWhatTheAnswerHas() {
        try (Collected collected = new Collected();
                Assistant assistant = collected.assistant(prompt -> REASONED)) {
            Answer first = assistant.answer(Collected.turn().with(SCHEMA));
            Answer second = assistant.submit(Collected.turn().with(SCHEMA)).join();
            assertEquals(2, collected.count("espalier.answers", "finish", "stop"));
            assertEquals(1, collected.count("espalier.forms", "kept", false));
            assertEquals(1, collected.count("espalier.forms", "kept", true));
            assertEquals(
                    first.usage().forcedTokens() + second.usage().forcedTokens(),
                    collected.count("espalier.tokens.forced"));
            assertEquals(2L * first.reasoningTokens(), collected.count("espalier.tokens.reasoning"));
            assertEquals(0, collected.count("espalier.closed"));
            assertEquals(0, collected.count("espalier.dead.ends"));
            assertEquals(1, collected.histogram("espalier.compile").get(0).getCount());
            assertEquals(2, collected.histogram("espalier.mask").get(0).getCount());
            assertTrue(collected.histogram("espalier.log.weight").get(0).getSum() >= 0);
            HistogramPointData duration =
                    collected.histogram("gen_ai.client.operation.duration").get(0);
            assertEquals(
                    Attributes.builder()
                            .put("gen_ai.provider.name", "espalier")
                            .put("gen_ai.operation.name", "chat")
                            .put("gen_ai.request.model", "scripted")
                            .put("gen_ai.response.model", "scripted")
                            .build(),
                    duration.getAttributes());
            assertEquals((first.stats().total() + second.stats().total()) / 1e9, duration.getSum(), 1e-9);
            for (HistogramPointData point : collected.histogram("gen_ai.client.token.usage")) {
                boolean isInput = "input".equals(Collected.attribute(point.getAttributes(), "gen_ai.token.type"));
                assertEquals(
                        2
                                * (isInput
                                        ? first.usage().promptTokens()
                                        : first.usage().writtenTokens()),
                        point.getSum());
            }
        }
    }

    @Test
    void aSpanTellsWhatWasAskedAndAnswered() {
        SamplingParameters sampling = SamplingParameters.DEFAULT
                .withTemperature(0.5)
                .withTopP(0.9)
                .withTopK(40)
                .withSeed(7)
                .withMaxTokens(300)
                .with(LogitChanges.NONE.withFrequencyPenalty(0.25).withPresencePenalty(0.125));
        try (Collected collected = new Collected();
                Assistant assistant = collected.assistant(prompt -> "It rains.\n\nIndeed.")) {
            Turn turn = Collected.turn().with(sampling).withStops(List.of("\n\n"));
            Answer answer = assistant.answer(turn);
            SpanData span = collected.span();
            assertEquals("chat scripted", span.getName());
            assertEquals(SpanKind.INTERNAL, span.getKind());
            assertEquals(StatusCode.UNSET, span.getStatus().getStatusCode());
            assertTrue(span.hasEnded());
            Attributes told = span.getAttributes();
            Map<String, Object> expected = Map.ofEntries(
                    Map.entry("gen_ai.operation.name", "chat"),
                    Map.entry("gen_ai.provider.name", "espalier"),
                    Map.entry("gen_ai.system", "none"),
                    Map.entry("gen_ai.request.model", "scripted"),
                    Map.entry("gen_ai.response.model", "scripted"),
                    Map.entry("gen_ai.output.type", "text"),
                    Map.entry("gen_ai.request.temperature", 0.5),
                    Map.entry("gen_ai.request.top_p", 0.9),
                    Map.entry("gen_ai.request.top_k", 40.0),
                    Map.entry("gen_ai.request.seed", 7L),
                    Map.entry("gen_ai.request.max_tokens", 300L),
                    Map.entry("gen_ai.request.frequency_penalty", 0.25),
                    Map.entry("gen_ai.request.presence_penalty", 0.125),
                    Map.entry("gen_ai.request.stop_sequences", List.of("\n\n")),
                    Map.entry("gen_ai.response.finish_reasons", List.of("stop")),
                    Map.entry("gen_ai.usage.input_tokens", (long) answer.usage().promptTokens()),
                    Map.entry("gen_ai.usage.cache_read.input_tokens", (long)
                            answer.usage().sharedTokens()),
                    Map.entry(
                            "gen_ai.usage.output_tokens", (long) answer.usage().writtenTokens()),
                    Map.entry("error.type", "none"),
                    Map.entry("espalier.form.kept", false),
                    Map.entry("espalier.closed", false),
                    Map.entry("espalier.dead.ends", 0L));
            expected.forEach((key, value) -> assertEquals(value, Collected.attribute(told, key), key));
        }
    }

    @Test
    void aPlainRequestTellsNoParametersThatAreOff() {
        try (Collected collected = new Collected();
                Assistant assistant = collected.assistant(prompt -> REASONED)) {
            assistant.answer(Collected.turn().with(SCHEMA));
            Attributes told = collected.span().getAttributes();
            for (String off : List.of("seed", "top_p", "top_k", "frequency_penalty", "stop_sequences")) {
                assertEquals("none", Collected.attribute(told, "gen_ai.request." + off));
            }
            assertEquals("json", Collected.attribute(told, "gen_ai.output.type"));
        }
    }
}
