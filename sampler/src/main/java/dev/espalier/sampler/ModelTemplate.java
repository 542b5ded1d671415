// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import java.util.Map;
import java.util.Optional;

/**
 * The chat template that a model's files bring. It is the source of a program in the language of jinja2, not yet read.
 *
 * @param source its text
 * @param name the file that has it, for messages
 * @param tokens the texts of the special tokens that it may name: {@code bos_token}, {@code eos_token} and so on
 * @param toolUse the source of another one for conversations with tools, which some models bring
 */
public record ModelTemplate(String source, String name, Map<String, String> tokens, Optional<String> toolUse) {

    /** Copies the map. */
    public ModelTemplate {
        tokens = Map.copyOf(tokens);
    }

    /** One that is for all conversations. */
    public ModelTemplate(String source, String name, Map<String, String> tokens) {
        this(source, name, tokens, Optional.empty());
    }
}
