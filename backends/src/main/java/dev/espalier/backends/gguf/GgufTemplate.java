// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf;

import dev.espalier.sampler.ModelTemplate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The chat template in the metadata of a file. */
public final class GgufTemplate {

    /** What templates call a special token, and what metadata does. */
    private static final Map<String, String> KINDS =
            Map.of("bos", "bos", "eos", "eos", "unk", "unknown", "pad", "padding");

    private GgufTemplate() {}

    /**
     * The template, with the texts of the special tokens that it may name; empty if there is none.
     *
     * @throws dev.espalier.core.error.ModelException if a key is of another type
     */
    public static Optional<ModelTemplate> of(GgufMetadata metadata) {
        Map<String, String> tokens = new HashMap<>();
        KINDS.forEach((kind, key) -> metadata.find("tokenizer.ggml." + key + "_token_id")
                .map(GgufValue::integer)
                .filter(id -> id >= 0)
                .flatMap(id -> metadata.find("tokenizer.ggml.tokens").stream()
                        .flatMap(GgufValue::elements)
                        .skip(id)
                        .findFirst())
                .ifPresent(text -> tokens.put(kind + "_token", text.text())));
        return metadata.find("tokenizer.chat_template")
                .map(GgufValue::text)
                .map(source -> new ModelTemplate(
                        source,
                        metadata.source(),
                        tokens,
                        metadata.find("tokenizer.chat_template.tool_use").map(GgufValue::text)));
    }
}
