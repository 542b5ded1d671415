// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai.autoconfigure;

import dev.espalier.Prompting;
import dev.espalier.assistant.Answer;
import dev.espalier.assistant.AssistantListener;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.assistant.Turn;
import dev.espalier.backends.ComputeDevice;
import dev.espalier.backends.LoadOptions;
import dev.espalier.sampler.BatchListener;
import dev.espalier.sampler.BatchOptions;
import dev.espalier.springai.EspalierChatOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Properties as the options of what they set. */
final class EspalierSettings {

    private EspalierSettings() {}

    static LoadOptions load(EspalierAiProperties properties) {
        return LoadOptions.DEFAULT
                .withDevice(ComputeDevice.parse(properties.device()))
                .withPrecision(properties.precision())
                .withThreads(properties.threads())
                .withContextLength(properties.contextLength());
    }

    static AssistantOptions assistant(
            EspalierAiProperties properties, @Nullable Prompting prompting, List<AssistantListener> listeners) {
        AssistantOptions options = AssistantOptions.DEFAULT
                .with(batch(properties.batch()), BatchListener.NONE)
                .with(new All(List.copyOf(listeners)));
        return prompting == null ? options : options.with(prompting);
    }

    private static BatchOptions batch(EspalierAiProperties.Batch batch) {
        Long cache = batch.cacheTokens();
        BatchOptions options = BatchOptions.DEFAULT
                .withMaxRows(batch.maxRows())
                .withMaxWaiting(batch.maxWaiting())
                .withPromptTokens(batch.promptTokens())
                .withPrefixTokens(batch.prefixTokens());
        return cache == null ? options : options.withCacheTokens(cache);
    }

    static EspalierChatOptions options(EspalierAiProperties.Chat chat) {
        return EspalierChatOptions.builder()
                .temperature(chat.temperature())
                .topP(chat.topP())
                .topK(chat.topK())
                .minP(chat.minP())
                .maxTokens(chat.maxTokens())
                .frequencyPenalty(chat.frequencyPenalty())
                .presencePenalty(chat.presencePenalty())
                .stopSequences(chat.stopSequences())
                .seed(chat.seed())
                .thinking(chat.thinking())
                .thinkingTokens(chat.thinkingTokens())
                .parallelToolCalls(chat.parallelToolCalls())
                .build();
    }

    /** Tells several listeners, in order. */
    private record All(List<AssistantListener> listeners) implements AssistantListener {

        @Override
        public void onAnswer(String model, Turn turn, Answer answer) {
            listeners.forEach(listener -> listener.onAnswer(model, turn, answer));
        }

        @Override
        public void onRefusal(String model, Turn turn, String code) {
            listeners.forEach(listener -> listener.onRefusal(model, turn, code));
        }
    }
}
