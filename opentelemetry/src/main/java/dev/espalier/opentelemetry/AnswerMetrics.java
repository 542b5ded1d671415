// SPDX-License-Identifier: Apache-2.0
package dev.espalier.opentelemetry;

import dev.espalier.assistant.Answer;
import dev.espalier.assistant.AnswerStats;
import dev.espalier.sampler.Transcript;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The instruments of answers, with the buckets that the conventions advise. Thread-safe. */
final class AnswerMetrics {

    private static final double NANOS = 1e9;
    private static final AttributeKey<String> MODEL = AttributeKey.stringKey("model");
    private static final List<Double> DURATIONS =
            List.of(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
    private static final List<Double> FIRST_TOKEN =
            List.of(0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);
    private static final List<Double> PER_TOKEN =
            List.of(0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5);
    private static final List<Long> TOKENS = List.of(
            1L, 4L, 16L, 64L, 256L, 1024L, 4096L, 16384L, 65536L, 262144L, 1048576L, 4194304L, 16777216L, 67108864L);
    /** Seconds of work of the engine's own, from a tenth of a millisecond. */
    private static final List<Double> WORK =
            List.of(0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0);

    private static final List<Double> WEIGHTS = List.of(0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0);

    private final ConventionNames names;
    private final DoubleHistogram duration;
    private final DoubleHistogram firstToken;
    private final DoubleHistogram perToken;
    private final LongHistogram usage;
    private final LongCounter answers;
    private final LongCounter refusals;
    private final LongCounter forced;
    private final LongCounter reasoning;
    private final LongCounter closed;
    private final LongCounter deadEnds;
    private final LongCounter forms;
    private final DoubleHistogram compile;
    private final DoubleHistogram mask;
    private final DoubleHistogram logWeight;

    AnswerMetrics(Meter meter, ConventionNames names) {
        this.names = names;
        duration = seconds(meter, "gen_ai.client.operation.duration", "Time from the request to its end.", DURATIONS);
        firstToken = seconds(
                meter,
                "gen_ai.server.time_to_first_token",
                "Time from the request to the first token of a whole answer.",
                FIRST_TOKEN);
        perToken = seconds(
                meter,
                "gen_ai.server.time_per_output_token",
                "Time of each token behind the first of a whole answer.",
                PER_TOKEN);
        usage = meter.histogramBuilder("gen_ai.client.token.usage")
                .setDescription("Tokens of prompts and answers.")
                .setUnit("{token}")
                .ofLongs()
                .setExplicitBucketBoundariesAdvice(TOKENS)
                .build();
        answers = counter(meter, "espalier.answers", "Answers by how they ended.", "{answer}");
        refusals =
                counter(meter, "espalier.refusals", "Turns that were refused before anything was written.", "{turn}");
        forced = counter(meter, "espalier.tokens.forced", "Tokens written without a choice.", "{token}");
        reasoning = counter(meter, "espalier.tokens.reasoning", "Tokens of reasoning.", "{token}");
        closed = counter(
                meter, "espalier.closed", "Answers that the token budget closed, and that are whole.", "{answer}");
        deadEnds = counter(meter, "espalier.dead.ends", "Texts that no token could go on.", "{text}");
        forms = counter(
                meter,
                "espalier.forms",
                "Forms of answers that were looked up, by whether an equal one was there.",
                "{form}");
        compile = seconds(meter, "espalier.compile", "Time of compiling the form of an answer.", WORK);
        mask = seconds(meter, "espalier.mask", "Time of computing the masks of an answer.", WORK);
        logWeight = meter.histogramBuilder("espalier.log.weight")
                .setDescription("Minus the natural logarithm of the probability that the masks left.")
                .setUnit("1")
                .setExplicitBucketBoundariesAdvice(WEIGHTS)
                .build();
    }

    private static DoubleHistogram seconds(Meter meter, String name, String description, List<Double> buckets) {
        return meter.histogramBuilder(name)
                .setDescription(description)
                .setUnit("s")
                .setExplicitBucketBoundariesAdvice(buckets)
                .build();
    }

    private static LongCounter counter(Meter meter, String name, String description, String unit) {
        return meter.counterBuilder(name)
                .setDescription(description)
                .setUnit(unit)
                .build();
    }

    /**
     * An answer has ended, whole or not.
     *
     * @param context has its span
     */
    void answered(String model, Answer answer, Context context) {
        Attributes request = request(model).put("gen_ai.response.model", model).build();
        AttributesBuilder ended = request.toBuilder();
        answer.failure().ifPresent(cause -> ended.put("error.type", cause.code()));
        AnswerStats stats = answer.stats();
        int written = answer.usage().writtenTokens();
        duration.record(stats.total() / NANOS, ended.build(), context);
        usage.record(answer.usage().promptTokens(), type(request, "input"), context);
        usage.record(written, type(request, "output"), context);
        if (answer.isWhole()) {
            stats.firstToken().ifPresent(nanos -> firstToken.record(nanos / NANOS, request, context));
            stats.perToken(written).ifPresent(nanos -> perToken.record(nanos / NANOS, request, context));
        }
        if (answer.isRefused()) {
            answer.failure().ifPresent(cause -> refused(model, cause.code()));
        } else {
            String finish = answer.finish().name().toLowerCase(Locale.ROOT);
            answers.add(1, Attributes.of(MODEL, model, AttributeKey.stringKey("finish"), finish), context);
        }
        own(Attributes.of(MODEL, model), answer, context);
    }

    private void own(Attributes model, Answer answer, Context context) {
        Transcript transcript = answer.outcome().transcript();
        AnswerStats stats = answer.stats();
        forced.add(transcript.forcedTokens(), model, context);
        reasoning.add(answer.reasoningTokens(), model, context);
        closed.add(answer.isWhole() && transcript.shortened() ? 1 : 0, model, context);
        deadEnds.add(stats.deadEnds(), model, context);
        form(model, stats.compile(), context);
        mask.record(transcript.timings().mask() / NANOS, model, context);
        if (Double.isFinite(transcript.logWeight())) {
            logWeight.record(Math.max(0, -transcript.logWeight()), model, context);
        }
    }

    /** A form was looked up; it took so many nanoseconds to compile it, or none. */
    private void form(Attributes model, long nanos, Context context) {
        forms.add(1, model.toBuilder().put("kept", nanos == 0).build(), context);
        if (nanos > 0) {
            compile.record(nanos / NANOS, model, context);
        }
    }

    /** A form was compiled ahead of its answer. */
    void compiled(String model, Duration time) {
        form(Attributes.of(MODEL, model), time.toNanos(), Context.current());
    }

    /** No answer came of a turn. */
    void failed(String model, String error, long nanos, Context context) {
        Attributes attributes = request(model).put("error.type", error).build();
        duration.record(nanos / NANOS, attributes, context);
    }

    /** A turn was refused before anything was written. */
    void refused(String model, String code) {
        refusals.add(1, Attributes.of(MODEL, model, AttributeKey.stringKey("code"), code));
    }

    private AttributesBuilder request(String model) {
        AttributesBuilder attributes = Attributes.builder();
        names.putSystem(attributes);
        return attributes.put("gen_ai.operation.name", "chat").put("gen_ai.request.model", model);
    }

    private static Attributes type(Attributes request, String type) {
        return request.toBuilder().put("gen_ai.token.type", type).build();
    }
}
