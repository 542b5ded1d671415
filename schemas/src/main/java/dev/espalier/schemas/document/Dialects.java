// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.document;

import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.ExtraKeyword;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The dialects that {@code $schema} names: a draft's keywords, or those of a metaschema's vocabularies. Not thread-safe. */
final class Dialects {

    private final SchemaDocuments documents;
    private final List<ExtraKeyword> extras;
    private final Map<Draft, Dialect> drafts = new EnumMap<>(Draft.class);
    private final Map<String, Dialect> named = new HashMap<>();

    /**
     * The dialects of one compilation.
     *
     * @param extras the keywords that are in force although a draft does not have them
     */
    Dialects(SchemaDocuments documents, List<ExtraKeyword> extras) {
        this.documents = documents;
        this.extras = extras;
    }

    /** A draft's own dialect. */
    Dialect of(Draft draft) {
        return drafts.computeIfAbsent(draft, own -> Dialect.of(own).with(extras));
    }

    /**
     * The dialect that a metaschema's URI names; the newest draft's if the URI names neither a draft nor a document.
     *
     * @throws UnsupportedFeatureException if the metaschema requires a vocabulary that is not known
     */
    Dialect named(String uri) {
        Draft draft = Draft.of(uri);
        if (draft != null) {
            return of(draft);
        }
        Dialect known = named.get(uri);
        if (known == null) {
            SchemaDocument document =
                    documents.document(UriReference.resolve("", uri).withoutFragment());
            known = document == null ? of(Draft.DRAFT_2020_12) : described(document.root());
            named.put(uri, known);
        }
        return known;
    }

    private Dialect described(Located metaschema) {
        Dialect own = metaschema.resource().dialect();
        Draft draft = own.draft();
        if (!draft.since(Draft.DRAFT_2019_09)
                || !(metaschema.value() instanceof JsonValue.Members object)
                || !(object.members().get("$vocabulary") instanceof JsonValue.Members vocabularies)) {
            return of(draft);
        }
        EnumSet<Keyword> keywords = EnumSet.copyOf(KeywordVocabulary.CORE.keywords(draft));
        boolean formats = false;
        for (Map.Entry<String, JsonValue> entry : vocabularies.members().entrySet()) {
            KeywordVocabulary vocabulary = KeywordVocabulary.of(entry.getKey(), draft);
            boolean required = JsonValue.isTrue(entry.getValue());
            if (vocabulary != null) {
                keywords.addAll(vocabulary.keywords(draft));
                formats |= vocabulary == KeywordVocabulary.FORMAT_ASSERTION
                        || (vocabulary == KeywordVocabulary.FORMAT && required);
            } else if (required) {
                throw new UnsupportedFeatureException(
                        "$vocabulary",
                        "the metaschema requires the vocabulary \"" + entry.getKey() + "\", which is not known",
                        metaschema
                                .resource()
                                .document()
                                .place(
                                        entry.getValue(),
                                        metaschema.pointer().then("$vocabulary").then(entry.getKey())));
            }
        }
        return new Dialect(draft, keywords, formats).with(extras);
    }
}
