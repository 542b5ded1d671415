// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.chat.ChatTemplate;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.vocabulary.TextPiece;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.ModelTemplate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Prompts as messages of a user, written as the model's chat template has it. What a prompt, a message or a schema says is text: control
 * tokens are made of what the template says alone.
 *
 * <p>Immutable and thread-safe. Start from {@link #of} and change it with the {@code with} methods.
 */
public final class ChatPrompting implements Prompting {

    private static final String SCHEMA = "\n\nAnswer with JSON that fits this JSON Schema:\n";

    private final LanguageModel model;
    private final ChatTemplate template;
    private final Map<String, Object> variables;
    private final List<ChatMessage> messages;
    private final boolean showsSchema;

    private ChatPrompting(
            LanguageModel model,
            ChatTemplate template,
            Map<String, Object> variables,
            List<ChatMessage> messages,
            boolean showsSchema) {
        this.model = model;
        this.template = template;
        this.variables = Map.copyOf(variables);
        this.messages = List.copyOf(messages);
        this.showsSchema = showsSchema;
    }

    /**
     * The chat template of a model; a prompt is a single message, and is followed by the schema of the output, if it has one.
     *
     * @throws InvalidInputException if the model brings no template
     * @throws dev.espalier.core.error.SyntaxException if its template cannot be read; with line and column
     * @throws dev.espalier.core.error.UnsupportedFeatureException if it names what templates do not have
     */
    public static ChatPrompting of(LanguageModel model) {
        ModelTemplate found = model.template()
                .orElseThrow(() -> new InvalidInputException("the model " + model.name()
                        + " brings no chat template; Prompting.raw gives it prompts as they are"));
        return new ChatPrompting(
                model,
                ChatTemplate.parse(found.source(), found.name()),
                new HashMap<>(found.tokens()),
                List.of(),
                true);
    }

    /** The same with messages before the prompt, such as one of the system. */
    public ChatPrompting withMessages(List<ChatMessage> before) {
        Objects.requireNonNull(before, "before");
        return new ChatPrompting(model, template, variables, before, showsSchema);
    }

    /** The same with a message of the system before all others. */
    public ChatPrompting withSystem(String content) {
        List<ChatMessage> all = new ArrayList<>(messages);
        all.add(0, new ChatMessage("system", content));
        return withMessages(all);
    }

    /** The same, with the schema of the output behind the prompt or not. */
    public ChatPrompting withSchema(boolean shown) {
        return new ChatPrompting(model, template, variables, messages, shown);
    }

    /**
     * The same with another variable of the template, such as {@code enable_thinking}: a text, number, boolean, list or map.
     *
     * @throws InvalidInputException if it is one that is always set
     */
    public ChatPrompting withVariable(String name, Object value) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        if (name.equals("messages") || name.equals("add_generation_prompt")) {
            throw new InvalidInputException("the variable " + name + " of a chat template is set by the prompt");
        }
        Map<String, Object> all = new HashMap<>(variables);
        all.put(name, value);
        return new ChatPrompting(model, template, all, messages, showsSchema);
    }

    /** The prompt in pieces, as it is encoded. */
    public List<TextPiece> pieces(String prompt, Output<?> output) {
        String schema = showsSchema ? output.schema().map(text -> SCHEMA + text).orElse("") : "";
        List<ChatMessage> all = new ArrayList<>(messages);
        all.add(new ChatMessage("user", prompt + schema));
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("tools", null); // templates ask whether they are none
        values.put("documents", null);
        values.putAll(variables);
        values.put(
                "messages",
                all.stream()
                        .map(message -> Map.of("role", message.role(), "content", message.content()))
                        .toList());
        values.put("add_generation_prompt", true);
        return template.render(values).pieces().stream()
                .map(piece -> new TextPiece(piece.text(), piece.trusted()))
                .toList();
    }

    /**
     * {@inheritDoc}
     *
     * @throws dev.espalier.core.error.TemplateException if the template refuses the messages: many know no message of the system
     */
    @Override
    public int[] tokens(String prompt, Output<?> output, int slots) {
        return model.encoder().encode(pieces(prompt, output));
    }
}
