// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.report;

import dev.espalier.Infilling;
import dev.espalier.InfillingRequest;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.core.error.EspalierException;
import dev.espalier.sampler.diffusion.InfillOutcome;
import dev.espalier.sampler.diffusion.InfillResult;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The report of an infilling, as JSON and in words. */
public final class InfillingReport {

    private final Infilling<?> infilling;
    private final InfillingRequest<?> request;

    public InfillingReport(Infilling<?> infilling, InfillingRequest<?> request) {
        this.infilling = infilling;
        this.request = request;
    }

    /** One object on one line: the outcome, the text, the value if the output is JSON, counts, times. */
    public ObjectNode json() {
        InfillResult result = infilling.result();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("outcome", outcome()).put("text", infilling.text());
        if (infilling.value().isPresent() && request.output().schema().isPresent()) {
            object.set("value", OutcomeJson.EXACT.readTree(infilling.text()));
        }
        infilling
                .failure()
                .ifPresent(cause ->
                        object.putObject("error").put("code", cause.code()).put("message", cause.getMessage()));
        if (infilling.outcome() instanceof InfillOutcome.Uncompletable uncompletable) {
            uncompletable.neededSlots().ifPresent(needed -> object.put("neededSlots", needed));
        }
        object.put("seed", request.method().sampling().seed())
                .put("policy", request.method().policy().name())
                .put("slots", result.canvas().size())
                .put("tokens", result.tokens().size())
                .put("steps", result.steps().size())
                .put("forwardPasses", result.forwardPasses())
                .put("commits", result.commits())
                .put("rejections", result.rejections());
        object.putObject("millis")
                .put("model", result.timings().forward() / 1e6)
                .put("constraint", result.timings().mask() / 1e6)
                .put("total", result.timings().total() / 1e6);
        return object;
    }

    /** One line of counts and times. */
    public String summary() {
        InfillResult result = infilling.result();
        return String.format(
                Locale.ROOT,
                "%d slots, %d committed in %d forward passes, %d refused; model %.0f ms, constraint %.0f ms, total %.0f ms",
                result.canvas().size(),
                result.commits(),
                result.forwardPasses(),
                result.rejections(),
                result.timings().forward() / 1e6,
                result.timings().mask() / 1e6,
                result.timings().total() / 1e6);
    }

    /** The name of the outcome, such as {@code uncompletable}. */
    String outcome() {
        InfillOutcome outcome = infilling.outcome();
        if (outcome instanceof InfillOutcome.ModelFailed) {
            return "model-failed";
        }
        return outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** The reason why there is no value, in words. */
    public String reason() {
        return infilling.failure().map(EspalierException::getMessage).orElse(outcome());
    }

    /** The exit code of the command. */
    public int exitCode() {
        if (infilling.value().isPresent()) {
            return ExitCode.DONE;
        }
        InfillOutcome outcome = infilling.outcome();
        boolean isOfTheRequest = outcome instanceof InfillOutcome.ModelFailed
                || outcome instanceof InfillOutcome.Refused
                || outcome instanceof InfillOutcome.Uncompletable;
        return isOfTheRequest ? infilling.failure().map(ExitCode::of).orElse(ExitCode.FAILED) : ExitCode.NOT_VALID;
    }
}
