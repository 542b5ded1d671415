// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.ChatMessage;
import dev.espalier.ChatPrompting;
import dev.espalier.ChatTool;
import dev.espalier.Output;
import dev.espalier.Prompting;
import dev.espalier.SchemaForm;
import dev.espalier.cli.console.Console;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The options for what a model reads by its chat template. */
public final class ChatOptions {

    private static final String RAW = "--no-template";

    @Option(names = "--system", paramLabel = "TEXT", description = "A message of the system before all others.")
    private @Nullable String system;

    @Option(
            names = "--messages",
            paramLabel = "FILE",
            description = "Messages before the prompt: a JSON array of objects with role and content. The last may be"
                    + " the prompt.")
    private @Nullable String messages;

    @Option(
            names = "--continue",
            description = "Continue the last of the messages, which is the assistant's; there is no prompt then.")
    private boolean continued;

    @Option(
            names = "--tools",
            paramLabel = "FILE",
            description = "Tools that the model is told of: a JSON array of {type, function: {name, description,"
                    + " parameters}}.")
    private @Nullable String tools;

    @Option(names = "--reasoning", paramLabel = "on|off", description = "The template's switch of reasoning.")
    private @Nullable Reasoning reasoning;

    @Option(
            names = "--template-variable",
            paramLabel = "NAME=JSON",
            description = "Another variable of the template; may be given several times.")
    private List<String> variables = new ArrayList<>();

    @Option(
            names = "--schema-form",
            paramLabel = "json-schema|example|record|none",
            converter = SchemaFormConverter.class,
            description = "How the model is told the schema, behind the prompt. Default: json-schema where the model"
                    + " brings a chat template.")
    private @Nullable SchemaForm form;

    @Option(names = RAW, description = "Give the model the prompt as it is, though it brings a chat template.")
    private boolean raw;

    private @Nullable List<ChatMessage> read;

    private @Nullable List<ChatTool> readTools;

    /** The positions of the switch. */
    enum Reasoning {
        ON,
        OFF
    }

    ChatOptions() {}

    /** The prompt; empty where the messages already end with one, or go on without. */
    String prompt(Console console, PromptOptions prompt) {
        List<ChatMessage> before = messages(console);
        boolean isWhole =
                continued || (!before.isEmpty() && before.get(before.size() - 1).wantsAnswer());
        return isWhole ? prompt.readIfGiven(console) : prompt.read(console);
    }

    /** How a model is told what to write. */
    Prompting prompting(LanguageModel model, Console console, Output<?> output) {
        if (isRaw(model.template().isPresent(), "the model " + model.name())) {
            return Prompting.raw(model);
        }
        return changed(() -> ChatPrompting.of(model), console, output);
    }

    /** How a model of diffusion is told what to fill. */
    Prompting prompting(MaskedDiffusionModel model, Console console, Output<?> output) {
        if (isRaw(model.template().isPresent(), "the model " + model.name())) {
            return Prompting.raw(model);
        }
        return changed(() -> ChatPrompting.of(model), console, output);
    }

    /** Refuses whatever is given for a model that has no template. */
    void refuse(String model) {
        Optional<String> given = raw ? Optional.of(RAW) : given();
        if (given.isPresent()) {
            throw new InvalidInputException(
                    given.get() + " is about the chat template of a model, but " + model + " has none");
        }
    }

    private boolean isRaw(boolean hasTemplate, String model) {
        if (!hasTemplate) {
            refuse(model);
        } else if (raw && given().isPresent()) {
            throw new InvalidInputException(
                    given().get() + " is about the chat template of a model, which " + RAW + " leaves out");
        }
        return raw || !hasTemplate;
    }

    /** One of the options that a template is needed for. */
    private Optional<String> given() {
        Map<String, Boolean> options = new LinkedHashMap<>();
        options.put("--system", system != null);
        options.put("--messages", messages != null);
        options.put("--continue", continued);
        options.put("--tools", tools != null);
        options.put("--reasoning", reasoning != null);
        options.put("--template-variable", !variables.isEmpty());
        options.put("--schema-form", form != null);
        return options.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private Prompting changed(Supplier<ChatPrompting> start, Console console, Output<?> output) {
        if (form != null && output.schema().isEmpty()) {
            throw new InvalidInputException("--schema-form is about a schema, but there is none");
        }
        ChatPrompting chat = start.get().withMessages(messages(console)).withContinuation(continued);
        chat = system == null ? chat : chat.withSystem(system);
        chat = form == null ? chat : chat.withSchemaForm(form);
        List<ChatTool> all = tools(console);
        chat = all.isEmpty() ? chat : chat.withTools(all);
        chat = reasoning == null ? chat : chat.withReasoning(reasoning == Reasoning.ON);
        for (String variable : variables) {
            chat = withVariable(chat, variable);
        }
        return chat;
    }

    /** The tools; none if the option was not given. */
    List<ChatTool> tools(Console console) {
        List<ChatTool> known = readTools;
        if (known == null) {
            known = tools == null ? List.of() : ChatTool.read(console.readText(tools), tools);
            if (tools != null && known.isEmpty()) {
                throw new InvalidInputException(tools + ": expected at least one tool");
            }
            readTools = known;
        }
        return known;
    }

    private static ChatPrompting withVariable(ChatPrompting chat, String given) {
        int equals = given.indexOf('=');
        if (equals <= 0) {
            throw new InvalidInputException("expected --template-variable NAME=JSON, but not " + given);
        }
        String json = given.substring(equals + 1);
        try {
            return chat.withVariable(
                    given.substring(0, equals), JsonMapper.shared().readValue(json, Object.class));
        } catch (JacksonException e) {
            throw new InvalidInputException(
                    "--template-variable " + given + ": the value is not JSON; a text has quotation marks", e);
        }
    }

    private List<ChatMessage> messages(Console console) {
        List<ChatMessage> known = read;
        if (known == null) {
            known = messages == null ? List.of() : ChatMessage.read(console.readText(messages), messages);
            read = known;
        }
        return known;
    }
}
