// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import dev.espalier.Output;
import dev.espalier.assistant.Turn.Thinking;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parameters of a request beside those that all models have: a seed, min-p, reasoning, and answers of any form. Immutable. */
public final class EspalierChatRequestParameters extends DefaultChatRequestParameters {

    private final @Nullable Long seed;
    private final @Nullable Double minP;
    private final @Nullable Thinking thinking;
    private final @Nullable Integer thinkingTokens;
    private final @Nullable Output<?> output;

    private EspalierChatRequestParameters(Builder builder) {
        super(builder);
        this.seed = builder.seed;
        this.minP = builder.minP;
        this.thinking = builder.thinking;
        this.thinkingTokens = builder.thinkingTokens;
        this.output = builder.output;
    }

    /** What decides all draws; null for another one each time. */
    public @Nullable Long seed() {
        return seed;
    }

    /** Only tokens at least this many times as likely as the likeliest one; null for all. */
    public @Nullable Double minP() {
        return minP;
    }

    /** Whether the model reasons first; null for what its template has. */
    public @Nullable Thinking thinking() {
        return thinking;
    }

    /** The most tokens of its reasoning; null for any number. */
    public @Nullable Integer thinkingTokens() {
        return thinkingTokens;
    }

    /** The form of the answer: a Java type, a schema, a regular expression, a grammar …; null for what {@link #responseFormat()} says. A request has one or the other. */
    public @Nullable Output<?> output() {
        return output;
    }

    @Override
    public ChatRequestParameters overrideWith(ChatRequestParameters that) {
        return builder().overrideWith(this).overrideWith(that).build();
    }

    @Override
    public ChatRequestParameters defaultedBy(ChatRequestParameters that) {
        return builder().overrideWith(that).overrideWith(this).build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EspalierChatRequestParameters that
                && super.equals(that)
                && Objects.equals(seed, that.seed)
                && Objects.equals(minP, that.minP)
                && thinking == that.thinking
                && Objects.equals(thinkingTokens, that.thinkingTokens)
                && Objects.equals(output, that.output);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), seed, minP, thinking, thinkingTokens, output);
    }

    /** Parameters of which nothing is set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Puts parameters together. */
    public static final class Builder extends DefaultChatRequestParameters.Builder<Builder> {

        private @Nullable Long seed;
        private @Nullable Double minP;
        private @Nullable Thinking thinking;
        private @Nullable Integer thinkingTokens;
        private @Nullable Output<?> output;

        private Builder() {}

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

        /** The form of the answer, where it is not a response format. */
        public Builder output(@Nullable Output<?> value) {
            output = value;
            return this;
        }

        @Override
        public Builder overrideWith(ChatRequestParameters that) {
            super.overrideWith(that);
            if (that instanceof EspalierChatRequestParameters own) {
                seed = own.seed == null ? seed : own.seed;
                minP = own.minP == null ? minP : own.minP;
                thinking = own.thinking == null ? thinking : own.thinking;
                thinkingTokens = own.thinkingTokens == null ? thinkingTokens : own.thinkingTokens;
                output = own.output == null ? output : own.output;
            }
            return this;
        }

        @Override
        public EspalierChatRequestParameters build() {
            return new EspalierChatRequestParameters(this);
        }
    }
}
