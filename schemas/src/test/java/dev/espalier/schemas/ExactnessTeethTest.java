// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static dev.espalier.schemas.FiniteWorld.arrays;
import static dev.espalier.schemas.FiniteWorld.closed;
import static dev.espalier.schemas.FiniteWorld.map;
import static dev.espalier.schemas.FiniteWorld.number;
import static dev.espalier.schemas.FiniteWorld.objects;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.core.error.EspalierException;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The comparison prefix by prefix has teeth: an engine that ignored one keyword would be found out by the random schemas that
 * it is run on, whatever the keyword.
 */
@org.jspecify.annotations.NullUnmarked
class ExactnessTeethTest {

    private static final int MOST = 600;

    /** A schema without a keyword, wherever it stands. */
    private static Object without(String keyword, Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> less = new LinkedHashMap<>();
            map.forEach((key, inner) -> {
                if (!keyword.equals(key)) {
                    less.put(key, without(keyword, inner));
                }
            });
            return less;
        }
        return value instanceof List<?> list
                ? list.stream().map(inner -> without(keyword, inner)).toList()
                : value;
    }

    private static void ignoredKeywordsAreNoticed(
            String world, List<Object> values, Object bounding, List<Object> documents, String... keywords) {
        TreeSet<String> unnoticed = new TreeSet<>(List.of(keywords));
        PrefixComparison comparison =
                new PrefixComparison(world, documents, SchemaOptions.DEFAULT.withMemberOrder(MemberOrder.ANY));
        int tried = 0;
        for (; tried < MOST && !unnoticed.isEmpty(); tried++) {
            Map<String, Object> schema = new RandomSchemas(
                            new Random(PrefixComparison.SEED + 31L * tried), values, false)
                    .withFavourites(favourites(unnoticed))
                    .root(bounding, 2);
            for (String keyword : new ArrayList<>(unnoticed)) {
                Map<String, Object> mutant = new LinkedHashMap<>(schema);
                List<?> parts = (List<?>) schema.get("allOf");
                mutant.put("allOf", Arrays.asList(parts.get(0), without(keyword, parts.get(1))));
                if (!mutant.equals(schema) && notices(comparison, schema, mutant)) {
                    unnoticed.remove(keyword);
                }
            }
        }
        System.out.println("teeth in " + world + ": " + tried + " schemas until each of " + keywords.length
                + " keywords was missed, seed " + PrefixComparison.SEED);
        assertEquals(List.of(), List.copyOf(unnoticed), "ignored in " + world + " without being noticed");
    }

    /** The keywords that bring others with them are asked for under their own names. */
    private static String[] favourites(TreeSet<String> keywords) {
        return keywords.stream()
                .map(keyword -> keyword.endsWith("Contains") ? "contains" : keyword.equals("else") ? "if" : keyword)
                .toArray(String[]::new);
    }

    private static boolean notices(
            PrefixComparison comparison, Map<String, Object> schema, Map<String, Object> mutant) {
        try {
            comparison.compare(schema, mutant);
            return false;
        } catch (EspalierException e) {
            return false;
        } catch (AssertionError e) {
            return true;
        }
    }

    @Test
    void ignoredKeywordsOfScalarsAreNoticed() {
        List<Object> values = Arrays.asList(null, true, number(1), number(2), number(12), "", "a", "ab", "b");
        ignoredKeywordsAreNoticed(
                "scalars",
                values,
                map("enum", values),
                values,
                "type",
                "const",
                "enum",
                "minLength",
                "maxLength",
                "pattern",
                "minimum",
                "exclusiveMinimum",
                "exclusiveMaximum",
                "multipleOf",
                "allOf",
                "anyOf",
                "oneOf",
                "not",
                "if",
                "else");
    }

    @Test
    void ignoredKeywordsOfObjectsAreNoticed() {
        List<Object> values = Arrays.asList(null, "a", number(1));
        ignoredKeywordsAreNoticed(
                "objects",
                values,
                closed(map("enum", values), "a", "b", "c"),
                objects(List.of("a", "b", "c"), 3, values),
                "properties",
                "patternProperties",
                "additionalProperties",
                "propertyNames",
                "required",
                "minProperties",
                "maxProperties",
                "dependentRequired",
                "dependentSchemas");
    }

    @Test
    void ignoredKeywordsOfArraysAreNoticed() {
        List<Object> values = Arrays.asList(null, "a", number(1));
        ignoredKeywordsAreNoticed(
                "arrays",
                values,
                map("type", "array", "maxItems", number(3), "items", map("enum", values)),
                arrays(3, values),
                "items",
                "prefixItems",
                "contains",
                "minContains",
                "maxContains",
                "minItems",
                "maxItems");
    }
}
