// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai.autoconfigure;

import dev.espalier.assistant.Turn.Thinking;
import dev.espalier.backends.Precision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code espalier.ai}. Immutable.
 *
 * @param model Directory of the model, or its GGUF file. Without it, the embedded model of espalier-sprig, if that is on the class path.
 * @param name What the model is called. Without it, as its files are.
 * @param device Where it computes: cpu, cuda or cuda:1.
 * @param precision The numbers that it computes in.
 * @param threads Threads of one operation on the CPU; 0 for as many as suit the model.
 * @param contextLength Most tokens of prompt and answer together; 0 for the model's own number.
 * @param nativeStructuredOutput Whether clients give the schema of a value to the model as an option, which keeps it exactly, and leave the prompt as it is.
 * @param patience How long answers under way may go on when the application stops.
 * @param batch Bounds of the answers that are written together.
 * @param chat Options of requests that do not set them.
 * @param warmUp What is done before the first request.
 */
@ConfigurationProperties(EspalierAiProperties.PREFIX)
public record EspalierAiProperties(
        @Nullable Path model,
        @Nullable String name,
        @DefaultValue("cpu") String device,
        @DefaultValue("auto") Precision precision,
        @DefaultValue("0") int threads,
        @DefaultValue("0") int contextLength,
        @DefaultValue("true") boolean nativeStructuredOutput,
        @DefaultValue("20s") Duration patience,
        @DefaultValue Batch batch,
        @DefaultValue Chat chat,
        @DefaultValue WarmUp warmUp) {

    /** What the names of all properties begin with. */
    public static final String PREFIX = "espalier.ai";

    /**
     * Bounds of the answers that are written together.
     *
     * @param maxRows Most answers that take part in one forward pass; others wait.
     * @param maxWaiting Most answers that are under way or wait for their turn; more are refused.
     * @param promptTokens Most tokens of prompts that one forward pass reads.
     * @param cacheTokens Most tokens in the cache of keys and values, of all answers together; without it, no bound.
     * @param prefixTokens Tokens of ended answers that stay in the cache, for prompts that begin alike; 0 keeps none.
     */
    public record Batch(
            @DefaultValue("64") int maxRows,
            @DefaultValue("1024") int maxWaiting,
            @DefaultValue("512") int promptTokens,
            @Nullable Long cacheTokens,
            @DefaultValue("0") int prefixTokens) {}

    /**
     * Options of requests that do not set them.
     *
     * @param temperature How freely tokens are drawn; 0 takes the likeliest, and so does no value.
     * @param topP Only the likeliest tokens that together have this probability.
     * @param topK Only so many likeliest tokens.
     * @param minP Only tokens at least this many times as likely as the likeliest one.
     * @param maxTokens Most tokens of an answer, 2048 without a value.
     * @param frequencyPenalty Taken from a token's logit for each time that it was written.
     * @param presencePenalty Taken from a token's logit if it was written.
     * @param stopSequences Texts that end a free text.
     * @param seed Decides all draws; without it, each request has another.
     * @param thinking Whether the model reasons before it answers.
     * @param thinkingTokens Most tokens of its reasoning.
     * @param parallelToolCalls Whether one answer may have several calls of tools.
     */
    public record Chat(
            @Nullable Double temperature,
            @Nullable Double topP,
            @Nullable Integer topK,
            @Nullable Double minP,
            @Nullable Integer maxTokens,
            @Nullable Double frequencyPenalty,
            @Nullable Double presencePenalty,
            @Nullable List<String> stopSequences,
            @Nullable Long seed,
            @Nullable Thinking thinking,
            @Nullable Integer thinkingTokens,
            @Nullable Boolean parallelToolCalls) {}

    /**
     * What is done before the first request.
     *
     * @param types Classes of values that will be asked for. Their schemas are compiled, so that the first request compiles nothing.
     * @param converters Whether the same is done for all beans that are a StructuredOutputConverter.
     * @param rounds How often six built-in outputs are compiled and written, so that the Java machine compiles the code of masks; 10 are enough, and take some seconds.
     */
    public record WarmUp(
            @DefaultValue List<Class<?>> types,
            @DefaultValue("true") boolean converters,
            @DefaultValue("0") int rounds) {}
}
