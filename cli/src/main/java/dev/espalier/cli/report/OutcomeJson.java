// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.report;

import dev.espalier.Generation;
import dev.espalier.Request;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.console.UsageMessage;
import dev.espalier.core.error.EspalierException;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.Timings;
import dev.espalier.sampler.Transcript;
import java.util.Locale;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Outcomes of generations, as JSON and in words. */
public final class OutcomeJson {

    /** Keeps numbers as they are spelt. */
    static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private OutcomeJson() {}

    /** One object on one line: the outcome, the text, the value if the output is JSON, counts, logarithms, times. */
    public static ObjectNode of(Generation<?> generation, Request<?> request) {
        Outcome outcome = generation.outcome();
        Transcript transcript = outcome.transcript();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("outcome", name(outcome)).put("text", transcript.text());
        generation.reasoning().ifPresent(thought -> object.put("reasoning", thought));
        if (request.output().schema().isPresent() && generation.value().orElse(null) instanceof String value) {
            object.set("value", EXACT.readTree(value));
        }
        EspalierException cause = generation.failure().orElse(null);
        if (cause != null) {
            object.putObject("error").put("code", cause.code()).put("message", cause.getMessage());
        }
        object.put("seed", request.sampling().seed())
                .put("tokens", transcript.tokens().size())
                .put("promptTokens", transcript.promptTokens())
                .put("forcedTokens", transcript.forcedTokens())
                .put("forwardPasses", transcript.forwardPasses())
                .put("draftedTokens", transcript.draftedTokens())
                .put("acceptedTokens", transcript.acceptedTokens())
                .put("logProbability", transcript.logProbability());
        double weight = outcome.logWeight();
        if (Double.isFinite(weight)) {
            object.put("logWeight", weight);
        } else {
            object.putNull("logWeight");
        }
        object.put("target", spelt(transcript.target()));
        Timings timings = transcript.timings();
        object.putObject("millis")
                .put("prefill", timings.prefill() / 1e6)
                .put("forward", timings.forward() / 1e6)
                .put("mask", timings.mask() / 1e6)
                .put("sample", timings.sample() / 1e6)
                .put("waiting", timings.waiting() / 1e6)
                .put("total", timings.total() / 1e6);
        return object;
    }

    /** The name of an outcome, such as {@code budget-exhausted}. */
    public static String name(Outcome outcome) {
        if (outcome instanceof Outcome.Complete) {
            return "complete";
        } else if (outcome instanceof Outcome.BudgetExhausted) {
            return "budget-exhausted";
        } else if (outcome instanceof Outcome.Cancelled) {
            return "cancelled";
        } else if (outcome instanceof Outcome.DeadEnd) {
            return "dead-end";
        }
        return outcome instanceof Outcome.ModelFailed ? "model-failed" : "refused";
    }

    /** The reason why there is no value, in words. */
    public static String reason(Generation<?> generation) {
        return generation
                .failure()
                .map(failure -> UsageMessage.inOptions(String.valueOf(failure.getMessage())))
                .orElse(name(generation.outcome()));
    }

    /** The exit code of a command after an outcome without a value. */
    public static int exitCode(Outcome outcome) {
        if (outcome instanceof Outcome.ModelFailed failed) {
            return ExitCode.of(failed.cause());
        }
        return outcome instanceof Outcome.Refused refused ? ExitCode.of(refused.cause()) : ExitCode.NOT_VALID;
    }

    /** The name of a constant, such as {@code scales-rounded}. */
    static String spelt(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
