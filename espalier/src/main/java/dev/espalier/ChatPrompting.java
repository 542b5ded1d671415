// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.chat.ChatTemplate;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.TextPiece;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.ModelTemplate;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Prompts as messages of a user, written as the model's chat template has it. What a prompt, a message, a tool or a schema says is text: control
 * tokens are made of what the template says alone.
 *
 * <p>Immutable and thread-safe. Start from {@link #of} and change it with the {@code with} methods; what the template cannot say is refused by
 * name. Cost of a prompt: milliseconds.
 */
public final class ChatPrompting implements Prompting {

    private static final String TOOLS = "tools";

    /** What a prompting itself sets. */
    private static final Set<String> SET = Set.of("messages", TOOLS, "add_generation_prompt");

    /** Switches of reasoning, as templates of the families name them; the first that a template has is its own. */
    private static final List<String> REASONING = List.of("enable_thinking", "thinking");

    private final TextEncoder encoder;
    private final ModelTemplate source;
    private final ChatTemplate template;
    private final Map<String, @Nullable Object> variables;
    private final List<ChatTool> tools;
    private final ChatConversation conversation;

    private ChatPrompting(
            TextEncoder encoder,
            ModelTemplate source,
            ChatTemplate template,
            Map<String, @Nullable Object> variables,
            List<ChatTool> tools,
            ChatConversation conversation) {
        this.encoder = encoder;
        this.source = source;
        this.template = template;
        this.variables = Collections.unmodifiableMap(new HashMap<>(variables));
        this.tools = tools;
        this.conversation = conversation;
    }

    /**
     * The chat template of a model; a prompt is a single message, and is followed by the schema of the output, if it has one.
     *
     * @throws InvalidInputException if the model brings no template
     * @throws dev.espalier.core.error.SyntaxException if its template cannot be read; with line and column
     * @throws dev.espalier.core.error.UnsupportedFeatureException if it names what templates do not have
     */
    public static ChatPrompting of(LanguageModel model) {
        return of(model.template(), model.name(), model.encoder());
    }

    /** As {@link #of(LanguageModel)}; the canvas is what the model answers. */
    public static ChatPrompting of(MaskedDiffusionModel model) {
        return of(model.template(), model.name(), model.encoder());
    }

    private static ChatPrompting of(Optional<ModelTemplate> template, String name, TextEncoder encoder) {
        ModelTemplate found = template.orElseThrow(() -> new InvalidInputException(
                "the model " + name + " brings no chat template; Prompting.raw gives it prompts as they are"));
        return new ChatPrompting(
                encoder,
                found,
                ChatTemplate.parse(found.source(), found.name()),
                Map.of(),
                List.of(),
                ChatConversation.EMPTY);
    }

    private ChatPrompting with(ChatConversation other) {
        return new ChatPrompting(encoder, source, template, variables, tools, other);
    }

    /**
     * The same with messages before the prompt. An empty prompt adds no message to those that end with one to be answered: any but that of the
     * system or the assistant.
     */
    public ChatPrompting withMessages(List<ChatMessage> before) {
        Objects.requireNonNull(before, "before");
        return with(conversation.withMessages(before));
    }

    /** The same with a message of the system before all others. */
    public ChatPrompting withSystem(String content) {
        List<ChatMessage> all = new ArrayList<>(conversation.messages());
        all.add(0, new ChatMessage("system", content));
        return withMessages(all);
    }

    /**
     * The same, with the schema of the output behind the prompt in some form: {@link SchemaForm#JSON_SCHEMA} by default. Where an empty prompt adds
     * no message it stands behind the last message of the user.
     */
    public ChatPrompting withSchemaForm(SchemaForm form) {
        Objects.requireNonNull(form, "form");
        return with(conversation.withForm(form));
    }

    /**
     * The same, where the last message, which is the assistant's, is continued: the text of the prompt ends with the last character of its content.
     * The prompt must be empty.
     */
    public ChatPrompting withContinuation(boolean continued) {
        return with(conversation.withContinuation(continued));
    }

    /**
     * The same with tools that the model is told of, in place of others. Where the model brings a template called {@code tool_use}, it is taken;
     * variables are those of that template.
     *
     * @throws InvalidInputException if the template knows no tools
     * @throws dev.espalier.core.error.SyntaxException if the other template cannot be read
     */
    public ChatPrompting withTools(List<ChatTool> given) {
        List<ChatTool> all = List.copyOf(given);
        ChatTemplate chosen = source.toolUse()
                .filter(text -> !all.isEmpty())
                .map(text -> ChatTemplate.parse(text, source.name() + " (tool_use)"))
                .orElseGet(() -> ChatTemplate.parse(source.source(), source.name()));
        if (!all.isEmpty()) {
            require(chosen, TOOLS);
        }
        variables.keySet().forEach(name -> require(chosen, name));
        return new ChatPrompting(encoder, source, chosen, variables, all, conversation);
    }

    /**
     * The same with reasoning before the answer switched on or off, by the template's variable {@code enable_thinking} or {@code thinking}.
     *
     * @throws InvalidInputException if the template has neither
     */
    public ChatPrompting withReasoning(boolean on) {
        String name = reasoningSwitch()
                .orElseThrow(() -> lacking(template, "switch of reasoning (" + String.join(", ", REASONING) + ")"));
        return withVariable(name, on);
    }

    /** Whether the template has a switch for {@link #withReasoning}. */
    public boolean hasReasoningSwitch() {
        return reasoningSwitch().isPresent();
    }

    private Optional<String> reasoningSwitch() {
        return REASONING.stream().filter(template.variables()::contains).findFirst();
    }

    /**
     * The same with another variable of the template, such as {@code enable_thinking}: a text, number, boolean, list, map or null. Texts are not trusted,
     * but for special tokens such as {@code bos_token}.
     *
     * @throws InvalidInputException if it is one that is always set, or the template has none of that name
     */
    public ChatPrompting withVariable(String name, @Nullable Object value) {
        Objects.requireNonNull(name, "name");
        if (SET.contains(name)) {
            throw new InvalidInputException("the variable " + name + " of a chat template is set by the prompt");
        }
        require(template, name);
        Map<String, @Nullable Object> all = new HashMap<>(variables);
        all.put(name, value);
        return new ChatPrompting(encoder, source, template, all, tools, conversation);
    }

    private static void require(ChatTemplate template, String variable) {
        if (!template.variables().contains(variable)) {
            throw lacking(template, "variable " + variable);
        }
    }

    private static InvalidInputException lacking(ChatTemplate template, String what) {
        Set<String> known = new TreeSet<>(template.variables());
        known.removeIf(name -> SET.contains(name) || name.endsWith("_token"));
        return new InvalidInputException("the chat template of " + template.name() + " has no " + what
                + (known.isEmpty() ? "" : "; its variables: " + String.join(", ", known)));
    }

    /**
     * The prompt in pieces, as it is encoded.
     *
     * @throws InvalidInputException if the prompt or the schema has no place in the messages, or the last message cannot be continued
     * @throws dev.espalier.core.error.UnsupportedFeatureException if the schema cannot be told in the form that was asked for
     * @throws dev.espalier.core.error.TemplateException if the template refuses the messages: many know no message of the system
     */
    public List<TextPiece> pieces(String prompt, Output<?> output) {
        Map<String, @Nullable Object> values = new HashMap<>(source.tokens());
        values.put(
                TOOLS,
                tools.isEmpty()
                        ? null
                        : tools.stream().map(ChatTool::definition).toList());
        values.put("documents", null); // templates ask whether they are none
        values.putAll(variables);
        return conversation.pieces(template, values, prompt, output);
    }

    /**
     * {@inheritDoc}
     *
     * @throws dev.espalier.core.error.EspalierException as {@link #pieces}
     */
    @Override
    public int[] tokens(String prompt, Output<?> output, int slots) {
        return encoder.encode(pieces(prompt, output));
    }
}
