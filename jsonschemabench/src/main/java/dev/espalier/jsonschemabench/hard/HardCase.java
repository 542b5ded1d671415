// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hard;

import java.util.List;

/**
 * A language that engines find hard, and texts of it to read. Immutable.
 *
 * @param name what it is known by
 * @param title what is hard about it
 * @param kind what the source is
 * @param source a schema's JSON text, a grammar in GBNF, or a pattern that the whole text matches
 * @param texts texts of the language; JSON in MaskBench's official form, members in the schema's order
 * @param anyOrderTexts more texts of a schema, members in any order
 */
public record HardCase(
        String name, String title, Kind kind, String source, List<String> texts, List<String> anyOrderTexts) {

    /** What a source is. */
    public enum Kind {
        /** A JSON Schema. */
        SCHEMA,
        /** A grammar in GBNF. */
        GBNF,
        /** A regular expression for the whole text. */
        REGEX
    }

    /** Copies the lists. */
    public HardCase {
        texts = List.copyOf(texts);
        anyOrderTexts = List.copyOf(anyOrderTexts);
    }
}
