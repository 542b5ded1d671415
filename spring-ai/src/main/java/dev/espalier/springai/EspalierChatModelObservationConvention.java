// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.observation.DefaultChatModelObservationConvention;

/**
 * What observations of requests say: what Spring AI's do, and {@code gen_ai.provider.name} and {@code gen_ai.output.type} of OpenTelemetry's newer names, the seed, tokens of reasoning, forced tokens, the
 * log weight, and whether the budget closed the answer. Thread-safe.
 */
public class EspalierChatModelObservationConvention extends DefaultChatModelObservationConvention {

    /** The name of the provider. */
    static final String PROVIDER = "espalier";

    /** The convention of this module. */
    public EspalierChatModelObservationConvention() {}

    @Override
    public KeyValues getLowCardinalityKeyValues(ChatModelObservationContext context) {
        boolean hasSchema = context.getRequest().getOptions() instanceof EspalierChatOptions options
                && options.getOutputSchema() != null;
        return super.getLowCardinalityKeyValues(context)
                .and(KeyValue.of("gen_ai.provider.name", PROVIDER))
                .and(KeyValue.of("gen_ai.output.type", hasSchema ? "json" : "text"));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(ChatModelObservationContext context) {
        KeyValues values = super.getHighCardinalityKeyValues(context);
        if (context.getRequest().getOptions() instanceof EspalierChatOptions options) {
            values = with(values, "gen_ai.request.seed", options.getSeed());
        }
        ChatResponse response = context.getResponse();
        if (response == null || response.getResult() == null) {
            return values;
        }
        ChatGenerationMetadata said = response.getResult().getMetadata();
        values = with(values, "gen_ai.usage.reasoning.output_tokens", said.get(AnswerMetadata.REASONING_TOKENS));
        values = with(values, "espalier.forced_tokens", said.get(AnswerMetadata.FORCED_TOKENS));
        values = with(values, "espalier.log_weight", said.get(AnswerMetadata.LOG_WEIGHT));
        return with(values, "espalier.closed_by_budget", said.get(AnswerMetadata.CLOSED_BY_BUDGET));
    }

    private static KeyValues with(KeyValues values, String key, @Nullable Object value) {
        return value == null ? values : values.and(KeyValue.of(key, String.valueOf(value)));
    }
}
