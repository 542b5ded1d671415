// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import dev.espalier.Output;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.grammar.dialect.GrammarDialect;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the model may write in each row, in a form that travels.
 *
 * @param kind what it is
 * @param text the schema, the grammar, the pattern, or the name of the column with the row's own schema; else empty
 * @param choices the texts of a choice
 * @param dialect the notation of a grammar
 * @param options how schemas are read and written
 */
record AskedOutput(
        Kind kind,
        String text,
        List<String> choices,
        @Nullable GrammarDialect dialect,
        SchemaOptions options) {

    enum Kind {
        RECORD,
        SCHEMA,
        SCHEMA_COLUMN,
        GRAMMAR,
        CHOICE,
        REGEX,
        TEXT
    }

    AskedOutput {
        choices = List.copyOf(choices);
    }

    static AskedOutput of(Kind kind, String text) {
        return new AskedOutput(kind, Objects.requireNonNull(text, kind.name()), List.of(), null, SchemaOptions.DEFAULT);
    }

    static AskedOutput schema(Kind kind, String text, SchemaOptions options) {
        return new AskedOutput(kind, Objects.requireNonNull(text, "schema"), List.of(), null, options);
    }

    static AskedOutput choice(List<String> texts) {
        return new AskedOutput(Kind.CHOICE, "", texts, null, SchemaOptions.DEFAULT);
    }

    static AskedOutput grammar(GrammarDialect dialect, String text) {
        return new AskedOutput(Kind.GRAMMAR, text, List.of(), dialect, SchemaOptions.DEFAULT);
    }

    boolean isOfRow() {
        return kind == Kind.SCHEMA_COLUMN;
    }

    /**
     * The output of all rows.
     *
     * @param type the Java type, if it is one
     */
    Output<?> output(@Nullable Class<?> type) {
        return switch (kind) {
            case RECORD -> Output.of(Objects.requireNonNull(type, "record"));
            case SCHEMA -> Output.jsonSchema(text, options);
            case GRAMMAR -> Output.grammar(Objects.requireNonNull(dialect, "dialect"), text);
            case CHOICE -> Output.choice(choices);
            case REGEX -> Output.regex(text);
            case TEXT -> Output.text();
            case SCHEMA_COLUMN -> throw new InvalidInputException("each row has an output of its own");
        };
    }

    /** The output of a row that has a schema of its own. */
    Output<?> output(String schema) {
        return Output.jsonSchema(schema, options);
    }
}
