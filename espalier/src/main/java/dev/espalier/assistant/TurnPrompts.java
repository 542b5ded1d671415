// SPDX-License-Identifier: Apache-2.0
package dev.espalier.assistant;

import dev.espalier.ChatMessage;
import dev.espalier.ChatPrompting;
import dev.espalier.Prompting;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.ModelTemplate;
import dev.espalier.tag.ValueStyle;
import dev.espalier.tool.TemplateConvention;
import dev.espalier.tool.Tool;
import dev.espalier.tool.ToolConvention;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a model is told turns, and how it writes answers.
 *
 * @param chat its chat template; empty for a model without one
 * @param usual how a model without one is told a prompt; of use where there is no conversation, too
 * @param calls how it writes calls, if that is known
 * @param writing how it writes reasoning and text; empty for a model that writes text alone, without marks
 */
record TurnPrompts(
        Optional<ChatPrompting> chat,
        Prompting usual,
        Optional<ToolConvention> calls,
        Optional<ToolConvention> writing) {

    private static final ToolConvention.Reasoning THINK = new ToolConvention.Reasoning("<think>", "</think>\n\n");

    static TurnPrompts of(LanguageModel model, AssistantOptions options) {
        Optional<ChatPrompting> chat =
                options.prompting().isPresent() || model.template().isEmpty()
                        ? Optional.empty()
                        : Optional.of(ChatPrompting.of(model).withSchemaForm(options.schemaForm()));
        String template = model.template().map(ModelTemplate::source).orElse("");
        Optional<ToolConvention> calls = options.convention()
                .or(() -> chat.flatMap(TurnPrompts::conventionOf).map(found -> reasoningAs(template, found)));
        Optional<ToolConvention> writing =
                calls.or(() -> hasThink(template) ? Optional.of(reasoning(textAlone(), THINK)) : Optional.empty());
        return new TurnPrompts(
                chat,
                options.prompting().orElseGet(() -> Prompting.of(model)),
                calls,
                writing.filter(one -> one.reasoning().isPresent() || one.text().isPresent()));
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

    /** A convention with those marks of reasoning that a template knows: of the models that write calls alike, not all reason. */
    private static ToolConvention reasoningAs(String template, ToolConvention found) {
        if (found.text().isPresent()) {
            return found; // all that such a model writes is marked
        } else if (found.reasoning().isPresent()) {
            String end = found.reasoning().get().end().strip();
            return template.contains(end) ? found : reasoning(found, null);
        }
        return hasThink(template) ? reasoning(found, THINK) : found;
    }

    private static boolean hasThink(String template) {
        return template.contains(THINK.end().strip());
    }

    private static ToolConvention reasoning(ToolConvention found, ToolConvention.@Nullable Reasoning marks) {
        return new ToolConvention(
                found.id(),
                found.opening(),
                found.call(),
                found.between(),
                found.closing(),
                found.style(),
                Optional.ofNullable(marks),
                found.text());
    }

    /** A convention for models that are not known to call anything: nobody brings tools for it. */
    private static ToolConvention textAlone() {
        return new ToolConvention(
                "text", "", "call {name}: {arguments}", "", "", ValueStyle.JSON, Optional.empty(), Optional.empty());
    }

    /** The marks of reasoning, if they are known. */
    Optional<ToolConvention.Reasoning> reasoning() {
        return writing.flatMap(ToolConvention::reasoning);
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
        if (reasoning().isEmpty() || chat.isEmpty()) {
            return false;
        }
        String text = text(turn).stripTrailing();
        String begin = reasoning().get().begin().strip();
        if (!turn.isContinued()) {
            return text.endsWith(begin);
        }
        Object said = turn.messages().get(turn.messages().size() - 1).content();
        return String.valueOf(said).lastIndexOf(begin)
                > String.valueOf(said).lastIndexOf(reasoning().get().end().strip());
    }

    private static ChatPrompting told(Turn turn, ChatPrompting template) {
        List<ChatMessage> messages = turn.messages();
        if (!turn.isContinued() && !messages.get(messages.size() - 1).wantsAnswer()) {
            throw new InvalidInputException("message " + (messages.size() - 1) + ", the last one, is of the role "
                    + messages.get(messages.size() - 1).role() + ", and nothing that is to be answered");
        }
        ChatPrompting told = template.withMessages(messages).withContinuation(turn.isContinued());
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
