// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.options;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The versions of JSON Schema. */
public enum Draft {
    DRAFT_4("http://json-schema.org/draft-04/schema"),
    DRAFT_6("http://json-schema.org/draft-06/schema"),
    DRAFT_7("http://json-schema.org/draft-07/schema"),
    DRAFT_2019_09("https://json-schema.org/draft/2019-09/schema"),
    DRAFT_2020_12("https://json-schema.org/draft/2020-12/schema");

    /** The advice, in messages, on how to have a schema read by another draft. */
    public static final String ADVICE = "name the draft that is meant in $schema, or set the option for it (--draft)";

    private final String metaschema;

    Draft(String metaschema) {
        this.metaschema = metaschema;
    }

    /** The URI of its metaschema, without a fragment. */
    public String metaschema() {
        return metaschema;
    }

    /** Its name in messages: "draft 7", "draft 2020-12". */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", " ").replace('_', '-');
    }

    /** Whether this is {@code other} or a later one. */
    public boolean since(Draft other) {
        return compareTo(other) >= 0;
    }

    /** The draft that a {@code $schema} names; null if it names none of them. */
    public static @Nullable Draft of(String schema) {
        String uri = schema.endsWith("#") ? schema.substring(0, schema.length() - 1) : schema;
        String bare = uri.replaceFirst("^https?://", "");
        for (Draft draft : values()) {
            if (draft.metaschema.replaceFirst("^https?://", "").equals(bare)) {
                return draft;
            }
        }
        return null;
    }
}
