// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import dev.espalier.assistant.Answer;
import dev.espalier.assistant.Turn;
import dev.espalier.sampler.Transcript;
import dev.espalier.tool.ToolAnswer;
import dev.espalier.tool.ToolCall;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Answers as responses of Spring AI, whole or in chunks that one id holds together.
 *
 * @param id of the response
 * @param model the model's name
 */
record ResponseWriter(String id, String model) {

    /** The key of reasoning, in the metadata of messages and of generations, as other models of Spring AI have it. */
    static final String THINKING = "thinking";

    /**
     * The whole response.
     *
     * @throws dev.espalier.core.error.EspalierException if the answer is not what was asked for
     */
    ChatResponse whole(Turn turn, Answer answer) {
        return response(answer, message(require(turn, answer), answer.said().text()));
    }

    /**
     * The chunk that ends a response: calls, reasoning as a whole, and metadata. Its text has been told.
     *
     * @throws dev.espalier.core.error.EspalierException if the answer is not what was asked for
     */
    ChatResponse last(Turn turn, Answer answer) {
        return response(answer, message(require(turn, answer), ""));
    }

    /** Some text. */
    ChatResponse text(String chunk) {
        return chunk(new AssistantMessage(chunk), ChatGenerationMetadata.NULL);
    }

    /** Some reasoning. */
    ChatResponse thinking(String chunk) {
        return chunk(
                AssistantMessage.builder()
                        .content("")
                        .properties(Map.of(THINKING, chunk))
                        .build(),
                ChatGenerationMetadata.builder().metadata(THINKING, chunk).build());
    }

    private ChatResponse chunk(AssistantMessage message, ChatGenerationMetadata metadata) {
        return new ChatResponse(
                List.of(new Generation(message, metadata)),
                ChatResponseMetadata.builder().id(id).model(model).build());
    }

    /** What is said; a free text that the budget cut is what was asked for, too. */
    private static ToolAnswer require(Turn turn, Answer answer) {
        return answer.keeps(turn) ? answer.said() : answer.orElseThrow();
    }

    private static AssistantMessage message(ToolAnswer said, String text) {
        Map<String, Object> properties = said.reasoning()
                .<Map<String, Object>>map(thought -> Map.of(THINKING, thought))
                .orElse(Map.of());
        return AssistantMessage.builder()
                .content(text)
                .properties(properties)
                .toolCalls(said.calls().stream().map(ResponseWriter::call).toList())
                .build();
    }

    private static AssistantMessage.ToolCall call(ToolCall call) {
        return new AssistantMessage.ToolCall(call.id(), "function", call.name(), call.arguments());
    }

    private ChatResponse response(Answer answer, AssistantMessage message) {
        Transcript transcript = answer.outcome().transcript();
        ChatGenerationMetadata.Builder generation = ChatGenerationMetadata.builder()
                .finishReason(finish(answer.finish()))
                .metadata(AnswerMetadata.FORCED_TOKENS, transcript.forcedTokens())
                .metadata(AnswerMetadata.REASONING_TOKENS, answer.reasoningTokens())
                .metadata(AnswerMetadata.LOG_WEIGHT, transcript.logWeight())
                .metadata(AnswerMetadata.CLOSED_BY_BUDGET, transcript.shortened());
        answer.said().reasoning().ifPresent(thought -> generation.metadata(THINKING, thought));
        DefaultUsage usage =
                new DefaultUsage(answer.usage().promptTokens(), answer.usage().writtenTokens(), null, answer.usage());
        return new ChatResponse(
                List.of(new Generation(message, generation.build())),
                ChatResponseMetadata.builder().id(id).model(model).usage(usage).build());
    }

    private static @Nullable String finish(Answer.Finish finish) {
        return switch (finish) {
            case STOP -> "stop";
            case CALLS -> "tool_calls";
            case LENGTH -> "length";
            case CANCELLED, FAILED -> null; // never of a whole answer
        };
    }
}
