// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import dev.espalier.assistant.Turn.Thinking;
import dev.espalier.tool.ToolChoice;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.DefaultToolCallingChatOptions;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

/**
 * Options of a request: those that all models of Spring AI have, tools, a schema of the answer, and what Espalier's models have beside. Null members are as the model has them. Immutable.
 *
 * <pre>{@code
 * EspalierChatOptions.builder().outputSchema(schema).seed(7L).thinkingTokens(200).build()
 * }</pre>
 */
public final class EspalierChatOptions extends DefaultToolCallingChatOptions implements StructuredOutputChatOptions {

    private final @Nullable String outputSchema;
    private final @Nullable Long seed;
    private final @Nullable Double minP;
    private final @Nullable ToolChoice toolChoice;
    private final @Nullable Boolean parallelToolCalls;
    private final @Nullable Thinking thinking;
    private final @Nullable Integer thinkingTokens;

    private EspalierChatOptions(ToolCallingChatOptions shared, Builder from) {
        super(
                shared.getToolCallbacks(),
                shared.getToolContext(),
                shared.getModel(),
                shared.getFrequencyPenalty(),
                shared.getMaxTokens(),
                shared.getPresencePenalty(),
                shared.getStopSequences(),
                shared.getTemperature(),
                shared.getTopK(),
                shared.getTopP());
        this.outputSchema = from.outputSchema;
        this.seed = from.seed;
        this.minP = from.minP;
        this.toolChoice = from.toolChoice;
        this.parallelToolCalls = from.parallelToolCalls;
        this.thinking = from.thinking;
        this.thinkingTokens = from.thinkingTokens;
    }

    /** A builder of options of which none is set. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The same options, copied by what all of Spring AI's options have, tools and the schema of the answer included.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException naming an option of another model that is set and has no place here
     */
    public static EspalierChatOptions of(ChatOptions options) {
        return options instanceof EspalierChatOptions own
                ? own
                : builder().copy(options).build();
    }

    /** The JSON Schema of the answer; null for a free text. */
    @Override
    public @Nullable String getOutputSchema() {
        return outputSchema;
    }

    /** What decides all draws; null for another one each time. */
    public @Nullable Long getSeed() {
        return seed;
    }

    /** Only tokens at least this many times as likely as the likeliest one, 0 to 1; null for all. */
    public @Nullable Double getMinP() {
        return minP;
    }

    /** Whether and how often tools are called; null for {@link ToolChoice#AUTO}. */
    public @Nullable ToolChoice getToolChoice() {
        return toolChoice;
    }

    /** Whether one answer may have several calls of tools; null for yes. */
    public @Nullable Boolean getParallelToolCalls() {
        return parallelToolCalls;
    }

    /** Whether the model reasons first; null for what its template has. */
    public @Nullable Thinking getThinking() {
        return thinking;
    }

    /** The most tokens of its reasoning; null for any number. */
    public @Nullable Integer getThinkingTokens() {
        return thinkingTokens;
    }

    @Override
    public Builder mutate() {
        return builder().copy(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EspalierChatOptions that
                && super.equals(that)
                && Objects.equals(outputSchema, that.outputSchema)
                && Objects.equals(seed, that.seed)
                && Objects.equals(minP, that.minP)
                && Objects.equals(toolChoice, that.toolChoice)
                && Objects.equals(parallelToolCalls, that.parallelToolCalls)
                && thinking == that.thinking
                && Objects.equals(thinkingTokens, that.thinkingTokens);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                super.hashCode(), outputSchema, seed, minP, toolChoice, parallelToolCalls, thinking, thinkingTokens);
    }

    /** A builder of options. For one thread. */
    public static final class Builder extends DefaultToolCallingChatOptions.Builder<Builder>
            implements StructuredOutputChatOptions.Builder<Builder> {

        private @Nullable String outputSchema;
        private @Nullable Long seed;
        private @Nullable Double minP;
        private @Nullable ToolChoice toolChoice;
        private @Nullable Boolean parallelToolCalls;
        private @Nullable Thinking thinking;
        private @Nullable Integer thinkingTokens;

        private Builder() {}

        /** The JSON Schema of the answer, kept exactly; null or blank for a free text. */
        @Override
        public Builder outputSchema(@Nullable String value) {
            outputSchema = value == null || value.isBlank() ? null : value;
            return this;
        }

        /** What decides all draws. */
        public Builder seed(@Nullable Long value) {
            seed = value;
            return this;
        }

        /** Only tokens at least this many times as likely as the likeliest one, 0 to 1. */
        public Builder minP(@Nullable Double value) {
            minP = value;
            return this;
        }

        /** Whether and how often tools are called. */
        public Builder toolChoice(@Nullable ToolChoice value) {
            toolChoice = value;
            return this;
        }

        /** Whether one answer may have several calls of tools. */
        public Builder parallelToolCalls(@Nullable Boolean value) {
            parallelToolCalls = value;
            return this;
        }

        /** Whether the model reasons first. */
        public Builder thinking(@Nullable Thinking value) {
            thinking = value;
            return this;
        }

        /** The most tokens of its reasoning. */
        public Builder thinkingTokens(@Nullable Integer value) {
            thinkingTokens = value;
            return this;
        }

        /**
         * Takes over all that another builder has set.
         *
         * @throws dev.espalier.core.error.UnsupportedFeatureException naming an option of another model that is set and has no place here
         */
        @Override
        public Builder combineWith(ChatOptions.Builder<?> other) {
            ChatOptions set = other.build();
            super.combineWith(builder().copy(set));
            if (set instanceof StructuredOutputChatOptions structured && structured.getOutputSchema() != null) {
                outputSchema(structured.getOutputSchema());
            }
            if (set instanceof EspalierChatOptions own) {
                seed = own.seed == null ? seed : own.seed;
                minP = own.minP == null ? minP : own.minP;
                toolChoice = own.toolChoice == null ? toolChoice : own.toolChoice;
                parallelToolCalls = own.parallelToolCalls == null ? parallelToolCalls : own.parallelToolCalls;
                thinking = own.thinking == null ? thinking : own.thinking;
                thinkingTokens = own.thinkingTokens == null ? thinkingTokens : own.thinkingTokens;
            }
            return this;
        }

        private Builder copy(ChatOptions options) {
            ForeignOptions.require(options);
            model(options.getModel());
            frequencyPenalty(options.getFrequencyPenalty());
            maxTokens(options.getMaxTokens());
            presencePenalty(options.getPresencePenalty());
            stopSequences(options.getStopSequences());
            temperature(options.getTemperature());
            topK(options.getTopK());
            topP(options.getTopP());
            if (options instanceof ToolCallingChatOptions calling) {
                toolCallbacks(calling.getToolCallbacks());
                toolContext(calling.getToolContext());
            }
            if (options instanceof StructuredOutputChatOptions structured) {
                outputSchema(structured.getOutputSchema());
            }
            if (options instanceof EspalierChatOptions own) {
                seed = own.seed;
                minP = own.minP;
                toolChoice = own.toolChoice;
                parallelToolCalls = own.parallelToolCalls;
                thinking = own.thinking;
                thinkingTokens = own.thinkingTokens;
            }
            return this;
        }

        @Override
        public EspalierChatOptions build() {
            return new EspalierChatOptions(super.build(), this);
        }
    }
}
