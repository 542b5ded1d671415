// SPDX-License-Identifier: Apache-2.0
package dev.espalier.assistant;

import dev.espalier.ChatMessage;
import dev.espalier.ChatPrompting;
import dev.espalier.Prompting;
import dev.espalier.Reasoning;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.ModelTemplate;
import dev.espalier.tool.TemplateConvention;
import dev.espalier.tool.Tool;
import dev.espalier.tool.ToolConvention;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * How a model is told conversations, and what it writes around calls and reasoning. Immutable and thread-safe.
 *
 * @param chat the model's chat template, if it has one
 * @param usual how a model without one is told a prompt; of use where there is no conversation, too
 * @param convention how calls are written, if that is known
 * @param reasoning the marks of reasoning, if they are known
 */
record TurnPrompts(
        Optional<ChatPrompting> chat,
        Prompting usual,
        Optional<ToolConvention> convention,
        Optional<Reasoning> reasoning) {

    static TurnPrompts of(LanguageModel model, AssistantOptions options) {
        Optional<ChatPrompting> chat =
                options.prompting().isPresent() || model.template().isEmpty()
                        ? Optional.empty()
                        : Optional.of(ChatPrompting.of(model).withSchemaForm(options.schemaForm()));
        Optional<ToolConvention> convention = options.convention().or(() -> chat.flatMap(TurnPrompts::conventionOf));
        return new TurnPrompts(
                chat,
                options.prompting().orElseGet(() -> Prompting.of(model)),
                convention,
                reasoning(convention, model.template()));
    }

    private static Optional<ToolConvention> conventionOf(ChatPrompting chat) {
        Optional<ToolConvention> known = TemplateConvention.known(chat);
        if (known.isPresent()) {
            return known;
        }
        try {
            return Optional.of(TemplateConvention.propose(chat).convention());
        } catch (InvalidInputException unknown) {
            return Optional.empty(); // said again, by name, when somebody brings tools
        }
    }

    private static Optional<Reasoning> reasoning(
            Optional<ToolConvention> convention, Optional<ModelTemplate> template) {
        Optional<ToolConvention.Reasoning> marks = convention.flatMap(ToolConvention::reasoning);
        if (marks.isPresent()) {
            return marks.map(
                    one -> new Reasoning(one.begin(), one.end(), "", Reasoning.Start.ALLOWED, OptionalInt.empty()));
        }
        Reasoning think = Reasoning.THINK;
        return template.filter(text -> text.source().contains(think.end())).map(found -> think);
    }

    /** How the model is told a turn. */
    Prompting prompting(Turn turn) {
        if (chat.isEmpty()) {
            String prompt = plain(turn);
            return (ignored, output, slots) -> usual.tokens(prompt, turn.answer(), slots);
        }
        ChatPrompting told = told(turn, chat.get());
        return (ignored, output, slots) -> told.tokens("", turn.answer(), slots);
    }

    /** The prompt as a text. */
    String text(Turn turn) {
        return chat.map(template -> text(turn, template)).orElseGet(() -> plain(turn));
    }

    private static String text(Turn turn, ChatPrompting template) {
        return told(turn, template).pieces("", turn.answer()).stream()
                .map(piece -> piece.text())
                .collect(Collectors.joining());
    }

    /** Whether the prompt ends inside reasoning, which the template has begun. */
    boolean isReasoningBegun(Turn turn) {
        return reasoning.isPresent()
                && chat.isPresent()
                && text(turn).stripTrailing().endsWith(reasoning.get().begin().strip());
    }

    private static ChatPrompting told(Turn turn, ChatPrompting template) {
        List<ChatMessage> messages = turn.messages();
        if (!messages.get(messages.size() - 1).wantsAnswer()) {
            throw new InvalidInputException("message " + (messages.size() - 1) + ", the last one, is of the role "
                    + messages.get(messages.size() - 1).role() + ", and nothing that is to be answered");
        }
        ChatPrompting told = template.withMessages(messages);
        if (turn.thinking() != Turn.Thinking.MODEL && template.hasReasoningSwitch()) {
            told = told.withReasoning(turn.thinking() == Turn.Thinking.ON);
        }
        boolean isToldOfTools = !turn.tools().isEmpty() && turn.choice().most() > 0;
        return isToldOfTools
                ? told.withTools(turn.tools().stream().map(Tool::told).toList())
                : told;
    }

    private static String plain(Turn turn) {
        return turn.messages().stream().map(TurnPrompts::said).collect(Collectors.joining("\n\n"));
    }

    private static String said(ChatMessage message) {
        if (message.content() instanceof String text) {
            return text;
        }
        throw new InvalidInputException(
                "a message of the role " + message.role() + " is no plain text, and the model has no chat template");
    }
}
