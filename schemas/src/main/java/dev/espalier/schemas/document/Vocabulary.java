package dev.espalier.schemas.document;

import dev.espalier.schemas.options.Draft;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The vocabularies of 2019-09 and 2020-12, as far as they constrain values. */
enum Vocabulary {
    CORE("core", EnumSet.of(Keyword.REF, Keyword.DYNAMIC_REF, Keyword.RECURSIVE_REF)),
    APPLICATOR(
            "applicator",
            EnumSet.of(
                    Keyword.ITEMS,
                    Keyword.PREFIX_ITEMS,
                    Keyword.ADDITIONAL_ITEMS,
                    Keyword.CONTAINS,
                    Keyword.PROPERTIES,
                    Keyword.PATTERN_PROPERTIES,
                    Keyword.ADDITIONAL_PROPERTIES,
                    Keyword.PROPERTY_NAMES,
                    Keyword.DEPENDENT_SCHEMAS,
                    Keyword.DEPENDENCIES,
                    Keyword.ALL_OF,
                    Keyword.ANY_OF,
                    Keyword.ONE_OF,
                    Keyword.NOT,
                    Keyword.IF,
                    Keyword.THEN,
                    Keyword.ELSE)),
    UNEVALUATED("unevaluated", EnumSet.of(Keyword.UNEVALUATED_ITEMS, Keyword.UNEVALUATED_PROPERTIES)),
    FORMAT("format", EnumSet.of(Keyword.FORMAT)),
    FORMAT_ANNOTATION("format-annotation", EnumSet.of(Keyword.FORMAT)),
    FORMAT_ASSERTION("format-assertion", EnumSet.of(Keyword.FORMAT)),
    META_DATA("meta-data", EnumSet.noneOf(Keyword.class)),
    CONTENT("content", EnumSet.of(Keyword.CONTENT_ENCODING, Keyword.CONTENT_MEDIA_TYPE, Keyword.CONTENT_SCHEMA)),
    VALIDATION("validation", EnumSet.noneOf(Keyword.class));

    private static final String BASE = "https://json-schema.org/draft/";

    private final String part;
    private final Set<Keyword> keywords;

    Vocabulary(String part, Set<Keyword> keywords) {
        this.part = part;
        this.keywords = keywords;
    }

    /** The vocabulary of a URI in a draft; null if it is none of that draft's. */
    static @Nullable Vocabulary of(String uri, Draft draft) {
        String year = draft == Draft.DRAFT_2019_09 ? "2019-09" : "2020-12";
        for (Vocabulary vocabulary : values()) {
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

    /** The vocabulary's keywords that constrain values in a draft. */
    Set<Keyword> keywords(Draft draft) {
        EnumSet<Keyword> all = EnumSet.copyOf(Dialect.of(draft).keywords());
        if (this != VALIDATION) {
            all.retainAll(keywords);
            if (this == APPLICATOR && draft == Draft.DRAFT_2019_09) {
                all.addAll(UNEVALUATED.keywords);
            }
            return all;
        }
        for (Vocabulary other : values()) {
            all.removeAll(other.keywords);
        }
        return all;
    }
}
