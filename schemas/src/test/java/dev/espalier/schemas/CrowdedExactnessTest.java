// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static dev.espalier.schemas.FiniteWorld.arrays;
import static dev.espalier.schemas.FiniteWorld.closed;
import static dev.espalier.schemas.FiniteWorld.map;
import static dev.espalier.schemas.FiniteWorld.number;
import static dev.espalier.schemas.FiniteWorld.objects;

import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** As {@link ExactnessTest}, in worlds that make some keywords meet: classes of keys, counts, constants. */
@org.jspecify.annotations.NullUnmarked
class CrowdedExactnessTest {

    private static void compare(
            PrefixComparison comparison,
            List<Object> values,
            Object bounding,
            List<String> keys,
            String... favourites) {
        comparison.compare(
                PrefixComparison.SCHEMAS,
                seed -> new RandomSchemas(new Random(seed), values, true)
                        .withKeys(keys)
                        .withFavourites(favourites)
                        .root(bounding, 3));
    }

    private static PrefixComparison anyOrder(String world, List<Object> documents) {
        return new PrefixComparison(world, documents, SchemaOptions.DEFAULT.withMemberOrder(MemberOrder.ANY));
    }

    @Test
    void finiteClassesOfKeysAreExact() {
        List<Object> values = List.of(number(1), number(2));
        Map<String, Object> bounding = map(
                "type",
                "object",
                "patternProperties",
                map("^[ab]{1,2}$", map("enum", values)),
                "additionalProperties",
                false,
                "maxProperties",
                number(2));
        List<Object> documents = objects(List.of("a", "b", "aa", "ab", "ba", "bb"), 2, values);
        List<String> keys = List.of("a", "b", "ab");
        compare(
                anyOrder("overlapping classes of keys", documents),
                values,
                bounding,
                keys,
                "patternProperties",
                "additionalProperties",
                "minProperties",
                "maxProperties");
        compare(
                anyOrder("names of keys", documents),
                values,
                bounding,
                keys,
                "propertyNames",
                "not",
                "oneOf",
                "maxLength");
        compare(
                anyOrder("dependent keys", documents),
                values,
                bounding,
                keys,
                "dependentRequired",
                "dependentSchemas",
                "required",
                "minProperties");
    }

    @Test
    void keysRunOutInFiniteClasses() {
        List<Object> values = List.of(number(1));
        Map<String, Object> bounding = map(
                "type",
                "object",
                "patternProperties",
                map("^[ab]{1,2}$", map("enum", values)),
                "additionalProperties",
                false,
                "maxProperties",
                number(3));
        compare(
                anyOrder("up to three keys of a class", objects(List.of("a", "b", "aa", "ab", "ba", "bb"), 3, values)),
                values,
                bounding,
                List.of("a", "b"),
                "patternProperties",
                "minProperties",
                "propertyNames",
                "not");
    }

    @Test
    void undeclaredKeysComeAfterDeclaredOnes() {
        List<Object> values = Arrays.asList(null, "a", number(1));
        Map<String, Object> bounding = closed(map("enum", values), "b");
        bounding.put("properties", map("b", map("enum", values), "a", map("enum", values)));
        bounding.put("patternProperties", map("^[cd]$", map("enum", values)));
        List<Object> all = objects(List.of("a", "b", "c", "d"), 4, values);
        List<Object> documents = FiniteWorld.ordered(all, MemberOrder.DECLARED, List.of("b", "a"));
        compare(
                new PrefixComparison("declared keys before others", documents, SchemaOptions.DEFAULT),
                values,
                bounding,
                List.of("b", "a"),
                "minProperties",
                "patternProperties",
                "required",
                "dependentSchemas");
    }

    @Test
    void countsOfItemsAreExact() {
        List<Object> values = Arrays.asList(null, "a", number(1), number(12));
        Map<String, Object> bounding = map("type", "array", "maxItems", number(4), "items", map("enum", values));
        compare(
                anyOrder("counted items", arrays(4, values)),
                values,
                bounding,
                List.of("a"),
                "contains",
                "prefixItems",
                "minItems",
                "not",
                "oneOf");
    }

    /** Constants inside arrays, in objects, and objects whose members come in any order. */
    @Test
    void compoundConstantsAreExact() {
        List<Object> values = List.of(
                number(1),
                "a",
                map(),
                map("a", number(1)),
                map("a", number(1), "b", "a"),
                List.of(),
                List.of(number(1)),
                List.of(number(1), "a"),
                List.of(map("b", List.of())));
        List<Object> texts = new ArrayList<>(values);
        texts.add(map("b", "a", "a", number(1)));
        List<Object> documents = new ArrayList<>(texts);
        documents.addAll(arrays(2, texts));
        documents.addAll(objects(List.of("a"), 1, texts));
        Map<String, Object> bounding = map(
                "anyOf",
                List.of(
                        map("enum", values),
                        map("type", "array", "maxItems", number(2), "items", map("enum", values)),
                        closed(map("enum", values), "a")));
        documents = documents.stream()
                .collect(java.util.stream.Collectors.toMap(RandomSchemas::json, d -> d, (one, same) -> one))
                .values()
                .stream()
                .toList();
        compare(
                anyOrder("compound constants", documents),
                values,
                bounding,
                List.of("a", "b"),
                "const",
                "enum",
                "not",
                "contains",
                "properties",
                "prefixItems");
    }
}
