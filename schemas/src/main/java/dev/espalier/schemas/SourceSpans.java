// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import dev.espalier.core.Cancellation;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.schemas.document.Metaschemas;
import dev.espalier.schemas.document.SchemaDocuments;
import dev.espalier.schemas.json.JsonReader;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.json.Shapes;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.SpanMatch;
import dev.espalier.schemas.span.SpanPlaces;
import dev.espalier.schemas.span.SpanRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Where the strings of a finished JSON text stand in the sources from which the schema says that they are quoted. */
public final class SourceSpans {

    private SourceSpans() {}

    /**
     * All places of each string to which {@code x-from-source} applies and that keeps it, by JSON pointer (RFC 6901: {@code /parties/0/name}; the root
     * is the empty pointer), in the order of the text. Places go from left to right and may overlap; where white space is folded, a run of it
     * at an end of a place is whole.
     *
     * <p>The keyword counts wherever applicators lead to it, whether or not the rest of a branch of {@code anyOf}, {@code oneOf}, {@code then} or
     * {@code else} holds. Tests do not lead to it: {@code not}, {@code if}, {@code contains}; nor do names of members. {@code unevaluatedProperties}
     * and {@code unevaluatedItems} apply to what no schema beside them, or in a branch beside them, names.
     *
     * <p>Cost: linear in the sources for each such string. Any thread.
     *
     * @param schema the schema's JSON text
     * @param options those that the schema was compiled with: the sources are in them
     * @param json a JSON text; it need not be valid
     * @throws SyntaxException if one of the texts is no JSON, or the schema is malformed
     * @throws EspalierException as {@link SchemaCompiler#compile} of the schema's keywords; past a limit of the options
     */
    public static Map<String, List<SourceSpan>> of(String schema, SchemaOptions options, String json) {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(json, "json");
        WorkBudget budget = new WorkBudget(options.limits(), new Cancellation());
        SchemaDocuments documents = new SchemaDocuments(schema, options, options.limits(), new Metaschemas());
        JsonValue value = JsonReader.read("", json, options.limits(), new Shapes());
        return budget.meter().run(() -> new QuotedStrings(documents, options, budget).of(value));
    }

    /**
     * All places of a text in a source, as {@code x-from-source} means them, from left to right; they may overlap. None of the empty text. The source
     * has no name. Cost: linear in both.
     *
     * @param words whether a span must not begin or end inside a word
     */
    public static List<SourceSpan> places(String source, String text, SpanMatch match, boolean words) {
        SpanRule rule = new SpanRule(SpanRule.DEFAULT_SOURCE, match == SpanMatch.FOLDED, words);
        return new SpanPlaces(source, rule)
                .of(text).stream()
                        .map(place -> new SourceSpan(SpanRule.DEFAULT_SOURCE, place[0], place[1]))
                        .toList();
    }
}
