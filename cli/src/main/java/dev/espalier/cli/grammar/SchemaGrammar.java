// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.grammar;

import dev.espalier.automata.convert.FrameGrammar;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Grammar;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.source.CompiledSource;
import dev.espalier.source.OutputSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
            throw smallest(source, schema, e);
        }
    }

    /** The fault of a deepest part that has no grammar by itself, with its pointer. */
    private static UnsupportedFeatureException smallest(
            CompiledSource source, OutputSource.Schema schema, UnsupportedFeatureException whole) {
        TreeSet<String> parts =
                new TreeSet<>(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        source.report().stream()
                .flatMap(report -> report.entries().stream())
                .map(CompileReport.Entry::pointer)
                .filter(pointer -> pointer.startsWith("#/") && pointer.lastIndexOf('/') > 1)
                .forEach(pointer -> parts.add(pointer.substring(0, pointer.lastIndexOf('/'))));
        Map<String, String> documents = new HashMap<>(schema.options().documents());
        documents.put(ITSELF, schema.text());
        SchemaOptions options = schema.options().withDocuments(documents);
        SchemaCompiler compiler = new SchemaCompiler();
        int tried = 0;
        for (String part : parts) {
            if (tried++ == MOST_PARTS) {
                break;
            }
            Optional<String> fault = fault(compiler, "{\"$ref\":\"" + ITSELF + part + "\"}", options);
            if (fault.isPresent()) {
                return refused(part, fault.get());
            }
        }
        return refused("#", String.valueOf(whole.getMessage()));
    }

    private static UnsupportedFeatureException refused(String pointer, String why) {
        return new UnsupportedFeatureException("schema", "no grammar of moderate size: " + why, Place.pointer(pointer));
    }

    /** Why a schema has no grammar; empty if it has one, or is no schema by itself. */
    private static Optional<String> fault(SchemaCompiler compiler, String schema, SchemaOptions options) {
        try {
            FrameGrammar.of(compiler.compile(schema, options).automaton(), WorkBudget.standard());
        } catch (UnsupportedFeatureException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (EspalierException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }
}
