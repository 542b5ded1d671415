// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark.column;

import dev.espalier.core.ByteString;
import dev.espalier.core.Cancellation;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A schema with its column, and texts of it in any layout, read. */
final class SchemaReader {

    private static final SchemaColumns.Reading READING =
            new SchemaColumns.Reading(true, true, Optional.empty(), Map.of());
    private static final SchemaOptions OPTIONS =
            SchemaOptions.CHECKING.withFormats(true).withContents(true);

    private final CompiledGrammar grammar;
    private final Column column;

    SchemaReader(String schema) {
        Vocabulary.Builder bytes = Vocabulary.builder();
        for (int b = 0; b < 256; b++) {
            bytes.token(b, ByteString.of((byte) b));
        }
        this.column = column(schema);
        this.grammar = new GrammarCompiler(
                        bytes.special(256, "<end>").endIds(256).build())
                .compile(new SchemaCompiler().compile(schema, OPTIONS).automaton());
    }

    static Column column(String schema) {
        return SchemaColumns.of(schema, READING);
    }

    Column column() {
        return column;
    }

    @Nullable
    Object read(String text, boolean javaTime) {
        return new ColumnReader(column, javaTime).read(text, grammar, new Cancellation());
    }
}
