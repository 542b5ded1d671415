// SPDX-License-Identifier: Apache-2.0
package dev.espalier.opentelemetry;

import dev.espalier.assistant.Answer;
import dev.espalier.assistant.AssistantListener;
import dev.espalier.assistant.Turn;
import dev.espalier.assistant.TurnListener;
import dev.espalier.core.error.EspalierException;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.Objects;

/**
 * Metrics and spans of an assistant's answers: those of OpenTelemetry's conventions for generative models, and our own, which begin with {@code espalier}. A span begins when a turn is asked for, in the
 * context of the thread that asks, and ends with the answer, also when that is refused, fails or is cancelled. No texts are told unless the options say so. Thread-safe.
 *
 * <pre>{@code
 * Assistant.of(model, AssistantOptions.DEFAULT.with(AssistantTelemetry.of(openTelemetry)));
 * }</pre>
 */
public final class AssistantTelemetry implements AssistantListener {

    private static final String SCOPE = "dev.espalier";

    private final Tracer tracer;
    private final AnswerMetrics metrics;
    private final TelemetryOptions options;

    private AssistantTelemetry(OpenTelemetry telemetry, TelemetryOptions options) {
        this.tracer = telemetry.getTracer(SCOPE);
        this.metrics = new AnswerMetrics(telemetry.getMeter(SCOPE), options.names());
        this.options = options;
    }

    /** Telemetry by the latest names, without texts. */
    public static AssistantTelemetry of(OpenTelemetry telemetry) {
        return of(telemetry, TelemetryOptions.DEFAULT);
    }

    /** Telemetry by some options. */
    public static AssistantTelemetry of(OpenTelemetry telemetry, TelemetryOptions options) {
        return new AssistantTelemetry(
                Objects.requireNonNull(telemetry, "telemetry"), Objects.requireNonNull(options, "options"));
    }

    @Override
    public TurnListener onTurn(String model, Turn turn) {
        Context asking = Context.current();
        Attributes request = SpanAttributes.request(model, turn, options);
        Span span = tracer.spanBuilder("chat " + model)
                .setSpanKind(SpanKind.INTERNAL) // the model runs in this process
                .setParent(asking)
                .setAllAttributes(request)
                .startSpan();
        return new Ended(model, span, asking.with(span), System.nanoTime());
    }

    @Override
    public void onCompiled(String model, Turn turn, Duration time) {
        metrics.compiled(model, time);
    }

    @Override
    public void onRefusal(String model, Turn turn, String code) {
        metrics.refused(model, code);
    }

    /** The name of an error: its code, which is stable, or the class of what nobody has foreseen. */
    private static String type(Throwable cause) {
        return cause instanceof EspalierException known
                ? known.code()
                : cause.getClass().getName();
    }

    /** Ends the span of one turn. */
    private final class Ended implements TurnListener {

        private final String model;
        private final Span span;
        private final Context context;
        private final long begin;

        Ended(String model, Span span, Context context, long begin) {
            this.model = model;
            this.span = span;
            this.context = context;
            this.begin = begin;
        }

        @Override
        public void onAnswer(Answer answer) {
            span.setAllAttributes(SpanAttributes.response(model, answer, options));
            answer.failure().ifPresent(this::fail);
            metrics.answered(model, answer, context);
            span.end();
        }

        @Override
        public void onFailure(Throwable cause) {
            fail(cause);
            metrics.failed(model, type(cause), System.nanoTime() - begin, context);
            span.end();
        }

        private void fail(Throwable cause) {
            span.setAttribute("error.type", type(cause));
            // a message may quote what was asked or written
            span.setStatus(StatusCode.ERROR, options.texts() ? String.valueOf(cause.getMessage()) : "");
        }
    }
}
