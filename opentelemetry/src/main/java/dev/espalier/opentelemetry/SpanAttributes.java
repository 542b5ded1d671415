// SPDX-License-Identifier: Apache-2.0
package dev.espalier.opentelemetry;

import dev.espalier.assistant.Answer;
import dev.espalier.assistant.AnswerStats;
import dev.espalier.assistant.Turn;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.Transcript;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;

/** What a span tells of a turn and its answer. */
final class SpanAttributes {

    private static final double NANOS = 1e9;

    private SpanAttributes() {}

    /** What was asked. Parameters that are off, and a seed that decides nothing, are left out. */
    static Attributes request(String model, Turn turn, TelemetryOptions options) {
        SamplingParameters sampling = turn.sampling();
        AttributesBuilder attributes = Attributes.builder();
        options.names().putSystem(attributes);
        attributes
                .put("gen_ai.operation.name", "chat")
                .put("gen_ai.request.model", model)
                .put("gen_ai.output.type", turn.answer().schema().isPresent() ? "json" : "text")
                .put("gen_ai.request.temperature", sampling.temperature())
                .put("gen_ai.request.max_tokens", sampling.maxTokens());
        if (sampling.temperature() > 0) {
            attributes.put("gen_ai.request.seed", sampling.seed());
        }
        if (sampling.topP() < 1) {
            attributes.put("gen_ai.request.top_p", sampling.topP());
        }
        if (sampling.topK() > 0) {
            attributes.put("gen_ai.request.top_k", (double) sampling.topK());
        }
        if (sampling.changes().frequencyPenalty() != 0) {
            attributes.put(
                    "gen_ai.request.frequency_penalty", sampling.changes().frequencyPenalty());
        }
        if (sampling.changes().presencePenalty() != 0) {
            attributes.put("gen_ai.request.presence_penalty", sampling.changes().presencePenalty());
        }
        if (!turn.stops().isEmpty()) {
            attributes.put("gen_ai.request.stop_sequences", turn.stops().toArray(String[]::new));
        }
        if (options.texts()) {
            attributes.put("gen_ai.input.messages", MessageTexts.asked(turn.messages()));
            if (!turn.tools().isEmpty()) {
                attributes.put("gen_ai.tool.definitions", MessageTexts.tools(turn.tools()));
            }
        }
        return attributes.build();
    }

    /** What was answered, and what it took. */
    static Attributes response(String model, Answer answer, TelemetryOptions options) {
        Transcript transcript = answer.outcome().transcript();
        AnswerStats stats = answer.stats();
        AttributesBuilder attributes = Attributes.builder()
                .put("gen_ai.response.model", model)
                .put("gen_ai.response.finish_reasons", new String[] {finish(answer)})
                .put("gen_ai.usage.input_tokens", answer.usage().promptTokens())
                .put("gen_ai.usage.cache_read.input_tokens", answer.usage().sharedTokens())
                .put("gen_ai.usage.output_tokens", answer.usage().writtenTokens())
                .put("espalier.tokens.forced", transcript.forcedTokens())
                .put("espalier.tokens.reasoning", answer.reasoningTokens())
                .put("espalier.mask", transcript.timings().mask() / NANOS)
                .put("espalier.form.kept", stats.isKept())
                .put("espalier.compile", stats.compile() / NANOS)
                .put("espalier.closed", answer.isWhole() && transcript.shortened())
                .put("espalier.dead.ends", stats.deadEnds());
        stats.firstToken().ifPresent(nanos -> attributes.put("espalier.time_to_first_token", nanos / NANOS));
        if (Double.isFinite(transcript.logWeight())) {
            attributes.put("espalier.log.weight", transcript.logWeight());
        }
        if (options.texts()) {
            attributes.put("gen_ai.output.messages", MessageTexts.said(answer, finish(answer)));
        }
        return attributes.build();
    }

    private static String finish(Answer answer) {
        return switch (answer.finish()) {
            case STOP -> "stop";
            case CALLS -> "tool_call";
            case LENGTH -> "length";
            case CANCELLED -> "cancelled";
            case FAILED -> "error";
        };
    }
}
