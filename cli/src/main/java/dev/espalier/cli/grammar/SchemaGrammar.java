// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.grammar;

import dev.espalier.automata.convert.FrameGrammar;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Grammar;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.source.CompiledSource;
import dev.espalier.source.OutputSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The grammar of a schema, where it has one. */
final class SchemaGrammar {

    /** What the schema is called where parts of it are looked at alone. */
    private static final String ITSELF = "urn:espalier:schema";

    /** So many parts are looked at. */
    private static final int MOST_PARTS = 100;

    private SchemaGrammar() {}

    /**
     * The grammar of a compiled schema.
     *
     * @throws UnsupportedFeatureException if it has none of moderate size; with the place of a smallest part that has none
     */
    static Grammar of(CompiledSource source) {
        try {
            return FrameGrammar.of(source.automaton(), WorkBudget.standard());
        } catch (UnsupportedFeatureException e) {
            if (!(source.source() instanceof OutputSource.Schema schema)) {
                throw e;
            }
            String place = smallest(source, schema);
            throw new UnsupportedFeatureException(
                    "schema", "no grammar of moderate size: " + e.getMessage(), Place.pointer(place));
        }
    }

    /** The pointer of a deepest part that has no grammar by itself. */
    private static String smallest(CompiledSource source, OutputSource.Schema schema) {
        TreeSet<String> parts = new TreeSet<>((a, b) -> a.length() == b.length() ? a.compareTo(b) : b.length() - a.length());
        source.report().stream()
                .flatMap(report -> report.entries().stream())
                .map(entry -> entry.pointer())
                .filter(pointer -> pointer.startsWith("#/") && pointer.lastIndexOf('/') > 1)
                .forEach(pointer -> parts.add(pointer.substring(0, pointer.lastIndexOf('/'))));
        Map<String, String> documents = new HashMap<>(schema.options().documents());
        documents.put(ITSELF, schema.text());
        SchemaOptions options = schema.options().withDocuments(documents);
        SchemaCompiler compiler = new SchemaCompiler();
        return List.copyOf(parts).stream()
                .limit(MOST_PARTS)
                .filter(part -> !hasGrammar(compiler, "{\"$ref\":\"" + ITSELF + part + "\"}", options))
                .findFirst()
                .orElse("#");
    }

    private static boolean hasGrammar(SchemaCompiler compiler, String schema, SchemaOptions options) {
        try {
            FrameGrammar.of(compiler.compile(schema, options).automaton(), WorkBudget.standard());
            return true;
        } catch (UnsupportedFeatureException e) {
            return false;
        } catch (EspalierException e) {
            return true; // it is no schema by itself: the fault lies elsewhere
        }
    }
}
