// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import dev.espalier.schemas.options.SpanMatch;
import java.util.Locale;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.node.ObjectNode;

/** The keyword that {@link FromSource} stands for. */
final class SourceKeyword {

    private static final String KEYWORD = "x-from-source";

    private SourceKeyword() {}

    /**
     * Adds the keyword to the schema of a member that is a string, or to that of its items.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException if the member is neither a string nor a list of strings
     */
    static void add(FromSource asked, ObjectNode schema, JavaType type, String path) {
        boolean isWrapped = type.isContainerType() || type.isReferenceType();
        JavaType text = isWrapped && type.getContentType() != null ? type.getContentType() : type;
        boolean hasItems = type.isContainerType() && schema.get("items") instanceof ObjectNode;
        if (text.getRawClass() != String.class || (type.isContainerType() && !hasItems)) {
            throw Refusal.annotation("@FromSource", path, "it is for strings and lists of strings");
        }
        ObjectNode target = hasItems ? (ObjectNode) schema.get("items") : schema;
        ObjectNode rule = target.putObject(KEYWORD);
        if (!asked.source().isEmpty()) {
            rule.put("source", asked.source());
        }
        if (asked.match() != SpanMatch.EXACT) {
            rule.put("match", asked.match().name().toLowerCase(Locale.ROOT));
        }
        if (asked.words()) {
            rule.put("words", true);
        }
    }
}
