// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import dev.espalier.ChatMessage;
import dev.espalier.core.error.InvalidInputException;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages of LangChain4j as chat templates have them. */
final class MessageReader {

    private MessageReader() {}

    static List<ChatMessage> read(List<dev.langchain4j.data.message.ChatMessage> messages) {
        return messages.stream().map(MessageReader::read).toList();
    }

    private static ChatMessage read(dev.langchain4j.data.message.ChatMessage message) {
        if (message instanceof SystemMessage system) {
            return new ChatMessage("system", system.text());
        } else if (message instanceof UserMessage user) {
            return user(user);
        } else if (message instanceof AiMessage said) {
            return said(said);
        } else if (message instanceof ToolExecutionResultMessage result) {
            return result(result);
        }
        throw new UnsupportedFeatureException(
                "messages of the type " + message.type() + " are not supported by Espalier");
    }

    private static ChatMessage user(UserMessage user) {
        List<String> texts = new ArrayList<>();
        for (Content content : user.contents()) {
            if (!(content instanceof TextContent text)) {
                String kind = content.type().name().toLowerCase(Locale.ROOT);
                throw new UnsupportedFeatureException(kind + " content is not supported: Espalier's models read text");
            }
            texts.add(text.text());
        }
        ChatMessage read = new ChatMessage("user", String.join("\n", texts));
        return user.name() == null ? read : read.with("name", user.name());
    }

    private static ChatMessage said(AiMessage said) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("role", "assistant");
        members.put("content", said.text() == null ? "" : said.text());
        if (said.thinking() != null) {
            members.put("reasoning_content", said.thinking());
        }
        if (said.hasToolExecutionRequests()) {
            members.put(
                    "tool_calls",
                    said.toolExecutionRequests().stream()
                            .map(MessageReader::call)
                            .toList());
        }
        return new ChatMessage(members);
    }

    private static Map<String, @Nullable Object> call(ToolExecutionRequest request) {
        if (request.name() == null) {
            throw new InvalidRequestException("a call in the conversation has no name");
        }
        try {
            return ChatMessage.call(request.id() == null ? "" : request.id(), request.name(), request.arguments());
        } catch (InvalidInputException e) {
            throw new InvalidRequestException(e.getMessage(), e);
        }
    }

    private static ChatMessage result(ToolExecutionResultMessage result) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("role", "tool");
        members.put("content", result.text() == null ? "" : result.text());
        members.put("name", result.toolName());
        if (result.id() != null) {
            members.put("tool_call_id", result.id());
        }
        return new ChatMessage(members);
    }
}
