// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.chat.ChatTemplate;
import dev.espalier.chat.RenderedPrompt;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.vocabulary.TextPiece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Messages before a prompt, and how it follows them.
 *
 * @param form how the schema is told
 * @param isContinued whether the last message is continued, and not answered
 */
record ChatConversation(List<ChatMessage> messages, SchemaForm form, boolean isContinued) {

    /** No messages. */
    static final ChatConversation EMPTY = new ChatConversation(List.of(), SchemaForm.JSON_SCHEMA, false);

    private static final String ASSISTANT = "assistant";
    private static final String USER = "user";
    private static final String CONTENT = "content";

    /** What transformers takes for the same member; each reads the first of them that there is. */
    private static final List<String> REASONING = List.of("reasoning_content", "thinking", "reasoning");

    ChatConversation {
        messages = List.copyOf(messages);
    }

    ChatConversation withMessages(List<ChatMessage> others) {
        return new ChatConversation(others, form, isContinued);
    }

    ChatConversation withForm(SchemaForm other) {
        return new ChatConversation(messages, other, isContinued);
    }

    ChatConversation withContinuation(boolean continued) {
        return new ChatConversation(messages, form, continued);
    }

    /** What a template makes of the messages, a prompt, and some variables. */
    List<TextPiece> pieces(
            ChatTemplate template, Map<String, @Nullable Object> variables, String prompt, Output<?> output) {
        List<ChatMessage> all = all(prompt);
        tell(all, output);
        return isContinued
                ? continued(template, variables, all)
                : pieces(rendered(template, variables, all).pieces(), Integer.MAX_VALUE);
    }

    private List<ChatMessage> all(String prompt) {
        List<ChatMessage> all = new ArrayList<>(messages);
        boolean isWhole =
                prompt.isEmpty() && !all.isEmpty() && all.get(all.size() - 1).wantsAnswer();
        if (isContinued) {
            requireContinuation(prompt);
        } else if (!isWhole) {
            all.add(new ChatMessage(USER, prompt));
        }
        return all;
    }

    private void requireContinuation(String prompt) {
        String last =
                messages.isEmpty() ? "" : messages.get(messages.size() - 1).role();
        if (!last.equals(ASSISTANT) || !prompt.isEmpty()) {
            String found = last.equals(ASSISTANT)
                    ? "but a prompt follows it"
                    : last.isEmpty() ? "but there is none" : "but that is of the role " + last;
            throw new InvalidInputException("only a last message of the assistant can be continued, " + found);
        }
    }

    /** Puts the schema behind the last message of the user. */
    private void tell(List<ChatMessage> all, Output<?> output) {
        String told = output.schema(form).map(text -> heading() + text).orElse("");
        if (told.isEmpty()) {
            return;
        }
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).role().equals(USER)) {
                if (!(all.get(i).content() instanceof String text)) {
                    throw new InvalidInputException("message " + i + ", of the user, is no plain text, and the schema"
                            + " cannot stand behind it; tell it without one (SchemaForm.NONE)");
                }
                all.set(i, all.get(i).with(CONTENT, text + told));
                return;
            }
        }
        throw new InvalidInputException("no message is the user's, for the schema to stand behind; tell the model"
                + " without one (SchemaForm.NONE)");
    }

    private String heading() {
        return switch (form) {
            case JSON_SCHEMA, NONE -> "\n\nAnswer with JSON that fits this JSON Schema:\n";
            case EXAMPLE -> "\n\nAnswer with JSON of the form of this example:\n";
            case RECORD -> "\n\nAnswer with JSON of this type:\n";
        };
    }

    private RenderedPrompt rendered(
            ChatTemplate template, Map<String, @Nullable Object> variables, List<ChatMessage> all) {
        Map<String, @Nullable Object> values = new HashMap<>(variables);
        values.put("add_generation_prompt", !isContinued);
        return CallArguments.in(
                        all.stream().map(ChatConversation::withReasoningNames).toList())
                .rendered(messages -> {
                    values.put("messages", messages);
                    return template.render(values);
                });
    }

    /** A message whose reasoning has the names that templates look for. */
    private static Map<String, @Nullable Object> withReasoningNames(ChatMessage message) {
        Object reasoning = REASONING.stream()
                .map(name -> message.members().get(name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        if (reasoning == null) {
            members.putAll(message.members());
            return members;
        }
        members.put("thinking", reasoning);
        members.putAll(message.members());
        members.put("reasoning_content", reasoning);
        return members;
    }

    /** The text up to the end of the last message's content, which a mark shows. */
    private List<TextPiece> continued(
            ChatTemplate template, Map<String, @Nullable Object> variables, List<ChatMessage> all) {
        ChatMessage last = all.remove(all.size() - 1);
        if (!(last.content() instanceof String content)) {
            throw new InvalidInputException("the last message has no text that could be continued");
        }
        String mark = "END_OF_THE_MESSAGE";
        while (all.toString().contains(mark) || content.contains(mark)) {
            mark += "_";
        }
        all.add(last.with(CONTENT, content + mark + " "));
        RenderedPrompt rendered = rendered(template, variables, all);
        String text = rendered.text();
        int end = text.lastIndexOf(mark);
        boolean isTrimmed = end >= 0 && !text.startsWith(mark + " ", end);
        String before = end < 0 ? "" : isTrimmed ? text.substring(0, end).stripTrailing() : text.substring(0, end);
        if (end < 0 || !before.endsWith(isTrimmed ? content.strip() : content.stripLeading())) {
            throw new InvalidInputException("the chat template of " + template.name()
                    + " changes the last message, which therefore cannot be continued");
        }
        return pieces(rendered.pieces(), before.length());
    }

    private static List<TextPiece> pieces(List<RenderedPrompt.Piece> rendered, int length) {
        List<TextPiece> pieces = new ArrayList<>();
        int left = length;
        for (RenderedPrompt.Piece piece : rendered) {
            String text = piece.text().substring(0, Math.min(left, piece.text().length()));
            left -= text.length();
            if (!text.isEmpty()) {
                pieces.add(new TextPiece(text, piece.trusted()));
            }
        }
        return pieces;
    }
}
