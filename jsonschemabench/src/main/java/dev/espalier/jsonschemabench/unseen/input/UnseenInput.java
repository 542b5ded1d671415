// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.input;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An input: a schema, a grammar or a pattern, with texts.
 *
 * @param id its number, six digits
 * @param kind what it is
 * @param reading how a schema is read
 * @param tree a schema, or the tree of shapes of a grammar or pattern
 * @param texts texts that may be in its language
 * @param made what was done to make it
 * @param seed decides what else is left to chance while it is tried
 */
public record UnseenInput(
        String id, Kind kind, Reading reading, JsonNode tree, List<String> texts, List<String> made, long seed) {

    /** What an input is. */
    public enum Kind {
        /** A JSON Schema. */
        SCHEMA,
        /** A grammar in GBNF. */
        GRAMMAR,
        /** A regular expression for whole texts. */
        PATTERN
    }

    /** How a schema is read. */
    public enum Reading {
        /** In declared order, compact: for generating. */
        DECLARED,
        /** In any order, with any white space; numbers plain. */
        ANY_ORDER,
        /** In any order and any spelling, as others write. */
        CHECKING;

        /** Its name in tables and settings. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Copies the lists. */
    public UnseenInput {
        texts = List.copyOf(texts);
        made = List.copyOf(made);
    }

    /** The text that the engine reads. */
    public String source() {
        return switch (kind) {
            case SCHEMA -> tree.toString();
            case GRAMMAR -> ShapeText.gbnf(tree);
            case PATTERN -> ShapeText.regex(tree.path("shape"));
        };
    }

    /** Whether a text is in the language, of a grammar or a pattern; empty of a schema, and where it takes too long to say. */
    public Optional<Boolean> has(String text) {
        return switch (kind) {
            case SCHEMA -> Optional.empty();
            case GRAMMAR ->
                ShapeReader.reads(tree.path("rules"), tree.path("rules").path("root"), text);
            case PATTERN -> ShapeReader.reads(tree, tree.path("shape"), text);
        };
    }

    /** The same with another tree and other texts. */
    public UnseenInput with(JsonNode other, List<String> otherTexts) {
        return new UnseenInput(id, kind, reading, other, otherTexts, made, seed);
    }
}
