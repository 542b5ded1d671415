// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import dev.espalier.ChatMessage;
import dev.espalier.core.error.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.MediaContent;

/** Messages of Spring AI as chat templates have them. */
final class MessageReader {

    private MessageReader() {}

    /**
     * The messages of a conversation.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException naming media, and kinds of messages that are not known
     * @throws InvalidInputException if the arguments of a call are no JSON object
     */
    static List<ChatMessage> read(List<Message> messages) {
        List<ChatMessage> read = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            if (message instanceof MediaContent content && !content.getMedia().isEmpty()) {
                throw ForeignOptions.refused(
                        "media",
                        "message " + i + " has media ("
                                + content.getMedia().get(0).getMimeType() + "); Espalier's models read text");
            }
            if (message instanceof ToolResponseMessage responses) {
                responses.getResponses().forEach(response -> read.add(result(response)));
            } else {
                read.add(one(message));
            }
        }
        return read;
    }

    private static ChatMessage one(Message message) {
        if (message instanceof SystemMessage) {
            return new ChatMessage("system", text(message));
        } else if (message instanceof UserMessage) {
            return new ChatMessage("user", text(message));
        } else if (message instanceof AssistantMessage said) {
            return said(said);
        }
        throw ForeignOptions.refused(
                message.getMessageType().getValue(),
                "messages of the class " + message.getClass().getName() + " are not known to Espalier");
    }

    private static String text(Message message) {
        String text = message.getText();
        return text == null ? "" : text;
    }

    private static ChatMessage said(AssistantMessage said) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("role", "assistant");
        members.put("content", text(said));
        if (said.getMetadata().get(ResponseWriter.THINKING) instanceof String thought) {
            members.put("reasoning_content", thought);
        }
        if (said.hasToolCalls()) {
            members.put(
                    "tool_calls",
                    said.getToolCalls().stream().map(MessageReader::call).toList());
        }
        return new ChatMessage(members);
    }

    private static Map<String, @Nullable Object> call(AssistantMessage.ToolCall call) {
        if (call.name() == null) {
            throw new InvalidInputException("a call in the conversation has no name");
        }
        return ChatMessage.call(call.id() == null ? "" : call.id(), call.name(), call.arguments());
    }

    private static ChatMessage result(ToolResponseMessage.ToolResponse response) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("role", "tool");
        members.put("content", response.responseData() == null ? "" : response.responseData());
        members.put("name", response.name());
        members.put("tool_call_id", response.id());
        return new ChatMessage(members);
    }
}
