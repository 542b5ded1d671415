// SPDX-License-Identifier: Apache-2.0
package dev.espalier.micrometer;

import dev.espalier.assistant.Answer;
import dev.espalier.assistant.AnswerStats;
import dev.espalier.assistant.AssistantListener;
import dev.espalier.assistant.Turn;
import dev.espalier.assistant.TurnListener;
import dev.espalier.core.error.EspalierException;
import dev.espalier.sampler.Transcript;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Metrics of an assistant's answers: those of OpenTelemetry's conventions for generative models, under their old tag ({@code gen_ai.system}) and their new one ({@code gen_ai.provider.name}), and our own,
 * which begin with {@code espalier}. Thread-safe.
 *
 * <pre>{@code
 * Assistant.of(model, AssistantOptions.DEFAULT.with(new AssistantMetrics(registry)));
 * }</pre>
 */
public final class AssistantMetrics implements AssistantListener {

    private static final String NAME = "espalier";

    private final MeterRegistry registry;
    private final Optional<String> served;

    /** Metrics in a registry, under the names of models. */
    public AssistantMetrics(MeterRegistry registry) {
        this(registry, Optional.empty());
    }

    /**
     * Metrics in a registry, under the name that a model is asked by, whatever its own is.
     *
     * @param served the name
     */
    public AssistantMetrics(MeterRegistry registry, String served) {
        this(registry, Optional.of(served));
    }

    private AssistantMetrics(MeterRegistry registry, Optional<String> served) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.served = served;
    }

    /** Measures turns of which no answer comes; answers bring their own times. */
    @Override
    public TurnListener onTurn(String model, Turn turn) {
        long begin = System.nanoTime();
        return new TurnListener() {
            @Override
            public void onFailure(Throwable cause) {
                String error = cause instanceof EspalierException known
                        ? known.code()
                        : cause.getClass().getName();
                duration(tags(model), error, System.nanoTime() - begin);
            }
        };
    }

    @Override
    public void onAnswer(String model, Turn turn, Answer answer) {
        Tags tags = tags(model);
        Transcript transcript = answer.outcome().transcript();
        String error = answer.failure().map(cause -> cause.code()).orElse("none");
        duration(tags, error, answer.stats().total());
        if (answer.isWhole()) {
            speed(tags, answer);
        }
        tokens(tags.and("gen_ai.token.type", "input"), answer.usage().promptTokens());
        tokens(tags.and("gen_ai.token.type", "output"), answer.usage().writtenTokens());
        Tags own = own(model);
        if (answer.isRefused()) {
            onRefusal(model, turn, error);
        } else {
            count("espalier.answers", "Answers by how they ended.", own.and("finish", finish(answer)), 1);
        }
        count("espalier.tokens.forced", "Tokens written without a choice.", own, transcript.forcedTokens());
        count("espalier.tokens.reasoning", "Tokens of reasoning.", own, answer.reasoningTokens());
        count(
                "espalier.closed",
                "Answers that the token budget closed, and that are whole.",
                own,
                answer.isWhole() && transcript.shortened() ? 1 : 0);
        time(
                "espalier.mask",
                "Time of computing the masks of an answer.",
                own,
                transcript.timings().mask());
        form(own, answer.stats().compile());
        count(
                "espalier.dead.ends",
                "Texts that no token could go on.",
                own,
                answer.stats().deadEnds());
        if (Double.isFinite(transcript.logWeight())) {
            DistributionSummary.builder("espalier.log.weight")
                    .description("Minus the natural logarithm of the probability that the masks left.")
                    .tags(own)
                    .register(registry)
                    .record(Math.max(0, -transcript.logWeight()));
        }
    }

    private void duration(Tags tags, String error, long nanos) {
        Timer.builder("gen_ai.client.operation.duration")
                .description("Time from the request to its end.")
                .tags(tags.and("error.type", error))
                .publishPercentileHistogram()
                .register(registry)
                .record(Duration.ofNanos(nanos));
    }

    private void speed(Tags tags, Answer answer) {
        AnswerStats stats = answer.stats();
        stats.firstToken()
                .ifPresent(nanos -> Timer.builder("gen_ai.server.time_to_first_token")
                        .description("Time from the request to the first token of a whole answer.")
                        .tags(tags)
                        .publishPercentileHistogram()
                        .register(registry)
                        .record(Duration.ofNanos(nanos)));
        stats.perToken(answer.usage().writtenTokens())
                .ifPresent(nanos -> time(
                        "gen_ai.server.time_per_output_token",
                        "Time of each token behind the first of a whole answer.",
                        tags,
                        nanos));
    }

    private void form(Tags own, long compile) {
        String isKept = String.valueOf(compile == 0);
        count(
                "espalier.forms",
                "Forms of answers that were looked up, by whether an equal one was there.",
                own.and("kept", isKept),
                1);
        if (compile > 0) {
            time("espalier.compile", "Time of compiling the form of an answer.", own, compile);
        }
    }

    @Override
    public void onCompiled(String model, Turn turn, Duration time) {
        form(own(model), time.toNanos());
    }

    private void time(String name, String description, Tags tags, long nanos) {
        Timer.builder(name)
                .description(description)
                .tags(tags)
                .register(registry)
                .record(Duration.ofNanos(nanos));
    }

    @Override
    public void onRefusal(String model, Turn turn, String code) {
        count(
                "espalier.refusals",
                "Turns that were refused before anything was written.",
                own(model).and("code", code),
                1);
    }

    private Tags own(String model) {
        return Tags.of("model", served.orElse(model));
    }

    private Tags tags(String model) {
        String name = served.orElse(model);
        return Tags.of(
                "gen_ai.operation.name", "chat",
                "gen_ai.request.model", name,
                "gen_ai.response.model", name,
                "gen_ai.provider.name", NAME,
                "gen_ai.system", NAME);
    }

    private static String finish(Answer answer) {
        return answer.finish().name().toLowerCase(Locale.ROOT);
    }

    private void tokens(Tags tags, int tokens) {
        DistributionSummary.builder("gen_ai.client.token.usage")
                .description("Tokens of prompts and answers.")
                .baseUnit("token")
                .tags(tags)
                .register(registry)
                .record(tokens);
    }

    private void count(String name, String description, Tags tags, int amount) {
        Counter.builder(name)
                .description(description)
                .tags(tags)
                .register(registry)
                .increment(amount);
    }
}
