// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.document;

import dev.espalier.schemas.options.Draft;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The vocabularies of 2019-09 and 2020-12, as far as they constrain values. */
enum KeywordVocabulary {
    CORE("core"),
    APPLICATOR("applicator"),
    UNEVALUATED("unevaluated"),
    FORMAT("format"),
    FORMAT_ANNOTATION("format-annotation"),
    FORMAT_ASSERTION("format-assertion"),
    META_DATA("meta-data"),
    CONTENT("content"),
    VALIDATION("validation");

    private static final String BASE = "https://json-schema.org/draft/";

    private final String part;

    KeywordVocabulary(String part) {
        this.part = part;
    }

    /** The vocabulary of a URI in a draft; null if the draft has no such vocabulary. */
    static @Nullable KeywordVocabulary of(String uri, Draft draft) {
        String year = draft == Draft.DRAFT_2019_09 ? "2019-09" : "2020-12";
        for (KeywordVocabulary vocabulary : values()) {
            if (uri.equals(BASE + year + "/vocab/" + vocabulary.part) && vocabulary.isIn(draft)) {
                return vocabulary;
            }
        }
        return null;
    }

    private boolean isIn(Draft draft) {
        return switch (this) {
            case FORMAT -> draft == Draft.DRAFT_2019_09;
            case UNEVALUATED, FORMAT_ANNOTATION, FORMAT_ASSERTION -> draft == Draft.DRAFT_2020_12;
            default -> true;
        };
    }

    /** The vocabulary that contains the keywords of this one in a draft. */
    private KeywordVocabulary home(Draft draft) {
        return switch (this) {
            case FORMAT_ANNOTATION, FORMAT_ASSERTION -> FORMAT;
            case UNEVALUATED -> draft == Draft.DRAFT_2019_09 ? APPLICATOR : UNEVALUATED;
            default -> this;
        };
    }

    /** The vocabulary's keywords that constrain values in a draft. */
    Set<Keyword> keywords(Draft draft) {
        EnumSet<Keyword> all = EnumSet.noneOf(Keyword.class);
        for (Keyword keyword : Dialect.of(draft).keywords()) {
            if (keyword.vocabulary().home(draft) == home(draft)) {
                all.add(keyword);
            }
        }
        return all;
    }
}
