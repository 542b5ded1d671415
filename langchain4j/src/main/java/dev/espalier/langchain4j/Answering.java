// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import dev.espalier.Output;
import dev.espalier.assistant.Answer;
import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.Turn;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.LogitChanges;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.tool.Tool;
import dev.espalier.tool.ToolAnswer;
import dev.espalier.tool.ToolCall;
import dev.espalier.tool.ToolChoice;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Requests of LangChain4j as turns, and answers as its responses. */
final class Answering {

    /** The most tokens of an answer whose request does not say it. */
    private static final int USUAL_TOKENS = 2048;

    private final Assistant assistant;

    Answering(Assistant assistant) {
        this.assistant = Objects.requireNonNull(assistant, "assistant");
    }

    /** Refuses the name of another model. */
    static void requireName(Assistant assistant, @Nullable String name) {
        if (name != null && !name.equals(assistant.name())) {
            throw new UnsupportedFeatureException(
                    "modelName \"" + name + "\" is not supported: this model is \"" + assistant.name() + "\"");
        }
    }

    Assistant assistant() {
        return assistant;
    }

    /**
     * The turn of a request.
     *
     * @throws UnsupportedFeatureException naming what cannot be kept
     * @throws InvalidRequestException if it is wrong
     */
    Turn turn(ChatRequest request) {
        ChatRequestParameters parameters = request.parameters();
        requireName(assistant, parameters.modelName());
        try {
            Turn turn = Turn.of(MessageReader.read(request.messages())).with(output(parameters));
            turn = thinking(turn, parameters);
            List<Tool> tools = parameters.toolSpecifications() == null
                    ? List.of()
                    : parameters.toolSpecifications().stream()
                            .map(Answering::tool)
                            .toList();
            if (!tools.isEmpty() && !assistant.hasTools()) {
                throw new UnsupportedFeatureException(
                        "tools are not supported: the chat template does not show how they are called");
            }
            turn = turn.withTools(tools, choice(parameters, tools));
            if (parameters.stopSequences() != null) {
                turn = turn.withStops(parameters.stopSequences());
            }
            int prompt = assistant.promptTokens(turn).length;
            int most = parameters.maxOutputTokens() == null ? USUAL_TOKENS : parameters.maxOutputTokens();
            int room = assistant.contextLength() - prompt;
            if (room < 1) {
                throw new InvalidRequestException("the prompt has " + prompt + " tokens, and the model has room for "
                        + assistant.contextLength());
            }
            return turn.with(sampling(parameters).withMaxTokens(Math.min(most, room)));
        } catch (EspalierException e) {
            throw error(e);
        }
    }

    private static Turn thinking(Turn turn, ChatRequestParameters parameters) {
        if (parameters instanceof EspalierChatRequestParameters own && own.thinking() != null) {
            Integer most = own.thinkingTokens();
            return turn.withThinking(own.thinking(), most == null ? OptionalInt.empty() : OptionalInt.of(most));
        }
        return turn;
    }

    private static Output<?> output(ChatRequestParameters parameters) {
        ResponseFormat format = parameters.responseFormat();
        if (!(parameters instanceof EspalierChatRequestParameters own) || own.output() == null) {
            return format(format);
        } else if (format != null && format.type() != ResponseFormatType.TEXT) {
            throw new InvalidRequestException(
                    "a request has a responseFormat or an output: both say what the answer must be");
        }
        return own.output();
    }

    private static Output<?> format(@Nullable ResponseFormat format) {
        if (format == null || format.type() == ResponseFormatType.TEXT) {
            return Output.text();
        } else if (format.jsonSchema() == null) {
            return Output.jsonSchema("{\"type\":\"object\"}");
        }
        return Output.jsonSchema(SchemaReader.text(format.jsonSchema().rootElement()));
    }

    private static Tool tool(ToolSpecification tool) {
        String parameters = tool.parameters() == null ? SchemaReader.nothing() : SchemaReader.text(tool.parameters());
        return Tool.of(tool.name(), tool.description() == null ? "" : tool.description(), parameters);
    }

    private static ToolChoice choice(ChatRequestParameters parameters, List<Tool> tools) {
        dev.langchain4j.model.chat.request.ToolChoice choice = parameters.toolChoice();
        if (tools.isEmpty() || choice == dev.langchain4j.model.chat.request.ToolChoice.NONE) {
            return ToolChoice.NONE;
        }
        return choice == dev.langchain4j.model.chat.request.ToolChoice.REQUIRED ? ToolChoice.REQUIRED : ToolChoice.AUTO;
    }

    private static SamplingParameters sampling(ChatRequestParameters parameters) {
        SamplingParameters sampling = SamplingParameters.DEFAULT
                .withTemperature(or(parameters.temperature(), 0))
                .withTopP(or(parameters.topP(), 1))
                .withTopK(parameters.topK() == null ? 0 : parameters.topK())
                .with(LogitChanges.NONE
                        .withFrequencyPenalty(or(parameters.frequencyPenalty(), 0))
                        .withPresencePenalty(or(parameters.presencePenalty(), 0)));
        long seed = ThreadLocalRandom.current().nextLong();
        if (parameters instanceof EspalierChatRequestParameters own) {
            seed = own.seed() == null ? seed : own.seed();
            sampling = sampling.withMinP(or(own.minP(), 0));
        }
        return sampling.withSeed(seed);
    }

    private static double or(@Nullable Double value, double usual) {
        return value == null ? usual : value;
    }

    /**
     * The response that an answer comes to.
     *
     * @throws RuntimeException one of LangChain4j's, if it is not what was asked for
     */
    ChatResponse response(Turn turn, Answer answer) {
        if (!answer.keeps(turn)) {
            throw error(answer.failure().orElseThrow());
        }
        EspalierChatResponseMetadata metadata = new EspalierChatResponseMetadata(
                EspalierChatResponseMetadata.builder()
                        .id("espalier-" + UUID.randomUUID())
                        .modelName(assistant.name())
                        .tokenUsage(new TokenUsage(
                                answer.usage().promptTokens(), answer.usage().writtenTokens()))
                        .finishReason(finish(answer)),
                answer.usage().forcedTokens(),
                answer.reasoningTokens(),
                answer.outcome().transcript().logWeight());
        return ChatResponse.builder()
                .aiMessage(message(answer.said()))
                .metadata(metadata)
                .build();
    }

    private static AiMessage message(ToolAnswer said) {
        AiMessage.Builder message = AiMessage.builder();
        if (!said.text().isEmpty() || said.calls().isEmpty()) {
            message.text(said.text());
        }
        said.reasoning().ifPresent(message::thinking);
        return message.toolExecutionRequests(
                        said.calls().stream().map(Answering::request).toList())
                .build();
    }

    static ToolExecutionRequest request(ToolCall call) {
        return ToolExecutionRequest.builder()
                .id(call.id())
                .name(call.name())
                .arguments(call.arguments())
                .build();
    }

    private static FinishReason finish(Answer answer) {
        return switch (answer.finish()) {
            case CALLS -> FinishReason.TOOL_EXECUTION;
            case LENGTH -> FinishReason.LENGTH;
            case STOP -> FinishReason.STOP;
            default -> FinishReason.OTHER;
        };
    }

    /** An error of the engine as LangChain4j's. */
    static RuntimeException error(EspalierException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof CancelledException) {
            return new TimeoutException(message, e);
        } else if (e instanceof ModelException) {
            return new InternalServerException(message, e);
        }
        return new InvalidRequestException(message, e);
    }
}
