// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static dev.espalier.schemas.FiniteWorld.arrays;
import static dev.espalier.schemas.FiniteWorld.closed;
import static dev.espalier.schemas.FiniteWorld.map;
import static dev.espalier.schemas.FiniteWorld.number;
import static dev.espalier.schemas.FiniteWorld.objects;

import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random schemas with {@code unevaluated*}, resources of their own and {@code $dynamicRef} allow, prefix by prefix, what a
 * naive validator says that collects annotations.
 */
@org.jspecify.annotations.NullUnmarked
class UnevaluatedExactnessTest {

    private static void compare(String world, List<Object> values, Object bounding, List<Object> documents, int depth) {
        new PrefixComparison(world, documents, SchemaOptions.DEFAULT.withMemberOrder(MemberOrder.ANY))
                .compare(
                        2 * PrefixComparison.SCHEMAS,
                        seed -> new RandomSchemas(new Random(seed), values, true).evaluatingRoot(bounding, depth));
    }

    @Test
    void unevaluatedPropertiesAreExact() {
        List<Object> values = Arrays.asList(null, "a", number(1));
        Object bounding = closed(map("enum", values), "a", "b", "c");
        List<Object> documents = objects(List.of("a", "b", "c"), 3, values);
        compare("unevaluated properties", values, bounding, documents, 4);
    }

    @Test
    void unevaluatedItemsAreExact() {
        List<Object> values = Arrays.asList(null, true, "a", "ab", number(1), number(12));
        Map<String, Object> bounding = map("type", "array", "maxItems", number(3), "items", map("enum", values));
        compare("unevaluated items", values, bounding, arrays(3, values), 4);
    }

    @Test
    void unevaluatedPartsOfNestedContainersAreExact() {
        FiniteWorld.World world = FiniteWorld.nested();
        compare("unevaluated nested values", world.values(), world.bounding(), world.documents(), 4);
    }
}
