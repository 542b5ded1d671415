// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static dev.espalier.schemas.FiniteWorld.map;
import static dev.espalier.schemas.FiniteWorld.number;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes random schemas of short arrays of few values in which {@code uniqueItems} decides. */
@org.jspecify.annotations.NullUnmarked
final class UniqueSchemas {

    private final List<Object> values;
    private final Random random;

    UniqueSchemas(List<Object> values, Random random) {
        this.values = values;
        this.random = random;
    }

    private Object some() {
        List<Object> some = new ArrayList<>(values);
        some.removeIf(value -> random.nextInt(2) == 0);
        return random.nextInt(6) == 0 ? true : map("enum", some.isEmpty() ? List.of(values.get(0)) : some);
    }

    /** What puts pressure on the items of an array. */
    private Map<String, Object> pressure(int items) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (random.nextInt(3) > 0) {
            schema.put("minItems", number(1 + random.nextInt(items)));
        }
        if (random.nextBoolean()) {
            List<Object> places = new ArrayList<>(List.of(some()));
            for (int i = random.nextInt(items); i > 0; i--) {
                places.add(some());
            }
            schema.put("prefixItems", places);
        }
        if (random.nextBoolean()) {
            schema.put("items", some());
        }
        if (random.nextInt(3) == 0) {
            schema.put("contains", some());
            schema.put("minContains", number(random.nextInt(3)));
            if (random.nextBoolean()) {
                schema.put("maxContains", number(1 + random.nextInt(2)));
            }
        }
        return schema;
    }

    /** A schema of arrays of up to so many of the values. */
    Map<String, Object> root(int items) {
        Map<String, Object> bounding = map("type", "array", "maxItems", number(items), "items", map("enum", values));
        Map<String, Object> unique = map("uniqueItems", true);
        List<Object> parts = new ArrayList<>(List.of(bounding, pressure(items)));
        switch (random.nextInt(7)) {
            case 0, 1, 2 -> parts.add(unique);
            case 3 -> parts.add(map("not", unique));
            case 4 -> parts.add(map("oneOf", List.of(unique, pressure(items))));
            case 5 -> parts.add(map("if", pressure(items), "then", unique, "else", map("not", unique)));
            default -> {
                unique.putAll(pressure(items));
                parts.add(map("anyOf", List.of(unique, map("not", pressure(items)))));
            }
        }
        return map("allOf", parts);
    }
}
