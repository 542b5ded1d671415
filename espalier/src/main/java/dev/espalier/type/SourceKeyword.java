// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.FieldScope;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.schemas.options.SpanMatch;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The keyword that {@link FromSource} stands for. */
final class SourceKeyword {

    private static final String KEYWORD = "x-from-source";

    private SourceKeyword() {}

    /**
     * Adds the keyword to the schema of a string, if it is annotated, or the member whose items it is one of.
     *
     * @throws UnsupportedFeatureException if a member is annotated that is neither a string nor a list of strings
     */
    static void add(ObjectNode schema, FieldScope field) {
        FromSource asked = field.getAnnotationConsideringFieldAndGetter(FromSource.class);
        ResolvedType type = field.getType();
        if (asked == null || type == null || field.isContainerType() || type.getErasedType() == Optional.class) {
            return;
        }
        if (type.getErasedType() != String.class) {
            throw new UnsupportedFeatureException(
                    "@FromSource",
                    "@FromSource is for strings and lists of strings, and " + field.getDeclaredName() + " is none",
                    Place.UNKNOWN);
        }
        ObjectNode rule = schema.putObject(KEYWORD);
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
