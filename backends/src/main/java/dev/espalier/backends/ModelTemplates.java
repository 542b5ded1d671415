// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.backends.file.JsonObject;
import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.ModelTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The chat templates in Hugging Face directories. */
final class ModelTemplates {

    private static final String FILE = "chat_template.jinja";
    private static final String TOOL_USE = "additional_chat_templates/tool_use.jinja";
    private static final String CONFIG = "tokenizer_config.json";
    private static final int MOST_BYTES = 1 << 22;
    private static final List<String> KINDS = List.of("bos", "eos", "unk", "pad");

    private ModelTemplates() {}

    /**
     * The template of a Hugging Face directory: {@code chat_template.jinja}, else {@code chat_template} of {@code tokenizer_config.json}; of several
     * the one called {@code default}. That for tools is called {@code tool_use}: another of several, or a file of its own.
     *
     * @throws ModelException if a file cannot be read, or a member is not as expected
     */
    static Optional<ModelTemplate> of(ModelFiles files) {
        Optional<JsonObject> config = files.contains(CONFIG)
                ? Optional.of(JsonObject.read(new ModelFileSource(files), CONFIG))
                : Optional.empty();
        Map<String, String> tokens = new HashMap<>();
        config.ifPresent(object -> KINDS.forEach(
                kind -> token(object, kind + "_token").ifPresent(text -> tokens.put(kind + "_token", text))));
        if (files.contains(FILE)) {
            return Optional.of(new ModelTemplate(text(files, FILE), files.describe(FILE), tokens, toolUse(files)));
        }
        return config.flatMap(object -> template(object, "default")
                .map(source -> new ModelTemplate(
                        source,
                        files.describe(CONFIG),
                        tokens,
                        toolUse(files).or(() -> template(object, "tool_use").filter(tools -> !tools.equals(source))))));
    }

    private static Optional<String> toolUse(ModelFiles files) {
        return files.contains(TOOL_USE) ? Optional.of(text(files, TOOL_USE)) : Optional.empty();
    }

    private static String text(ModelFiles files, String name) {
        try (InputStream stream = files.open(name)) {
            byte[] text = stream.readNBytes(MOST_BYTES + 1);
            if (text.length > MOST_BYTES) {
                throw new ModelException(files.describe(name) + ": expected at most " + MOST_BYTES + " bytes");
            }
            return new String(text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ModelException(files.describe(name) + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** One of several by its name; a single one has all names. */
    private static Optional<String> template(JsonObject config, String wanted) {
        Object value = config.get("chat_template").orElse("");
        if (value instanceof List<?> named) {
            return named.stream()
                    .filter(one -> one instanceof JsonObject object
                            && object.text("name").orElse("").equals(wanted))
                    .findFirst()
                    .flatMap(one -> ((JsonObject) one).text("template"));
        }
        return config.text("chat_template").filter(text -> !text.isEmpty());
    }

    /** A special token: a text, or an object with its text. */
    private static Optional<String> token(JsonObject config, String name) {
        Object value = config.get(name).orElse("");
        return value instanceof JsonObject object
                ? object.text("content")
                : value instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }
}
