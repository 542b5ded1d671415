// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static dev.espalier.schemas.FiniteWorld.closed;
import static dev.espalier.schemas.FiniteWorld.map;
import static dev.espalier.schemas.FiniteWorld.number;
import static dev.espalier.schemas.FiniteWorld.objects;
import static dev.espalier.schemas.FiniteWorld.ordered;

import dev.espalier.core.Limits;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random schemas with {@code unevaluatedProperties} beside unions, conditions and dependencies allow, prefix by prefix, what a naive
 * validator says, however few nodes a diagram may take before it is written by a key, or in another order.
 */
@org.jspecify.annotations.NullUnmarked
class EvaluatedAlternativesTest {

    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final List<Object> VALUES = Arrays.asList(null, "a", "b", number(1));
    private static final List<Object> DOCUMENTS = objects(NAMES, 3, VALUES);
    private static final Object BOUNDING = closed(map("enum", VALUES), "a", "b", "c");

    /** A generator of objects whose keys depend on what holds. */
    private record Generator(Random random) {

        private <T> T one(List<T> some) {
            return some.get(random.nextInt(some.size()));
        }

        private boolean isRare() {
            return random.nextInt(4) == 0;
        }

        private Object constant() {
            return isRare() ? map("enum", List.of(one(VALUES.subList(1, 4)), "b")) : map("const", one(VALUES));
        }

        private Object value() {
            return switch (random.nextInt(5)) {
                case 0 -> map("type", "string");
                case 1 -> map("type", List.of("null", "integer"));
                case 2 -> constant();
                default -> true;
            };
        }

        private Map<String, Object> alternative(int depth) {
            Map<String, Object> schema = new LinkedHashMap<>();
            Map<String, Object> properties = new LinkedHashMap<>();
            if (!isRare()) {
                properties.put("a", constant());
            }
            for (String name : List.of("b", "c")) {
                if (random.nextBoolean()) {
                    properties.put(name, value());
                }
            }
            schema.put("properties", properties);
            if (random.nextBoolean()) {
                schema.put("required", List.of(isRare() ? one(NAMES) : "a"));
            }
            if (isRare()) {
                schema.put("patternProperties", map(one(List.of("^[bc]$", "b", "[^a]")), value()));
            }
            if (random.nextInt(12) == 0) {
                schema.put(one(List.of("additionalProperties", "unevaluatedProperties")), value());
            }
            if (depth > 0 && isRare()) {
                evaluating(schema, depth - 1);
            }
            return schema;
        }

        private List<Object> alternatives(int depth) {
            List<Object> some = new ArrayList<>();
            for (int i = 2 + random.nextInt(3); i > 0; i--) {
                some.add(isRare() ? map("$ref", "#/$defs/x" + random.nextInt(2)) : alternative(depth));
            }
            return some;
        }

        /** Adds something that evaluates keys. */
        private void evaluating(Map<String, Object> schema, int depth) {
            switch (random.nextInt(7)) {
                case 0, 1 -> schema.put("anyOf", alternatives(depth));
                case 2 -> schema.put("oneOf", alternatives(depth));
                case 3 -> {
                    List<Object> conditions = new ArrayList<>();
                    for (int i = 2 + random.nextInt(2); i > 0; i--) {
                        conditions.add(map(
                                "if",
                                alternative(0),
                                "then",
                                alternative(depth),
                                "else",
                                isRare() ? alternative(0) : true));
                    }
                    schema.put("allOf", conditions);
                }
                case 4 ->
                    schema.put(
                            "dependentSchemas",
                            map("a", alternative(depth), "b", alternative(depth), "c", alternative(0)));
                case 5 ->
                    schema.put("allOf", List.of(map("anyOf", alternatives(depth)), map("oneOf", alternatives(depth))));
                default -> schema.put("not", map("anyOf", alternatives(depth)));
            }
        }

        Map<String, Object> root() {
            Map<String, Object> main = new LinkedHashMap<>();
            evaluating(main, 2);
            if (isRare()) {
                evaluating(main, 1);
            }
            if (isRare()) {
                main.put("properties", map("a", value()));
            }
            main.put("unevaluatedProperties", isRare() ? value() : false);
            Object whole = random.nextInt(8) == 0 ? map("not", main) : main;
            return map("$defs", map("x0", alternative(1), "x1", alternative(0)), "allOf", List.of(BOUNDING, whole));
        }
    }

    private static void compare(int nodes, MemberOrder order) {
        SchemaOptions options =
                SchemaOptions.DEFAULT.withMemberOrder(order).withLimits(Limits.DEFAULT.withMaxIrNodes(nodes));
        new PrefixComparison(
                        "evaluated alternatives, " + nodes + " nodes, " + order,
                        ordered(DOCUMENTS, order, NAMES),
                        options)
                .compare(3 * PrefixComparison.SCHEMAS, seed -> new Generator(new Random(seed)).root());
    }

    @Test
    void alternativesBesideTheKeywordAreExact() {
        compare(2_000_000, MemberOrder.ANY);
    }

    @Test
    void alternativesAreExactWhereEachDiagramIsLarge() {
        compare(5000, MemberOrder.ANY);
        compare(1500, MemberOrder.DECLARED);
    }
}
