// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import dev.espalier.schemas.options.MemberOrder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes all documents of small worlds, and the schemas that bound them, as plain Java values. */
@org.jspecify.annotations.NullUnmarked
public final class FiniteWorld {

    /**
     * A world.
     *
     * @param values the values inside of its documents
     * @param bounding a schema that only its documents satisfy
     * @param documents all of them
     */
    record World(List<Object> values, Object bounding, List<Object> documents) {}

    private FiniteWorld() {}

    public static Object number(int n) {
        return BigDecimal.valueOf(n);
    }

    public static Map<String, Object> map(Object... members) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            map.put((String) members[i], members[i + 1]);
        }
        return map;
    }

    /** All objects of some keys, each at most once, in any order. */
    static List<Object> objects(List<String> keys, int most, List<Object> values) {
        List<Object> all = new ArrayList<>(List.of(map()));
        List<Map<String, Object>> last = new ArrayList<>(List.of(map()));
        for (int n = 0; n < Math.min(most, keys.size()); n++) {
            List<Map<String, Object>> longer = new ArrayList<>();
            for (Map<String, Object> object : last) {
                for (String key : keys) {
                    if (!object.containsKey(key)) {
                        for (Object value : values) {
                            Map<String, Object> more = new LinkedHashMap<>(object);
                            more.put(key, value);
                            longer.add(more);
                        }
                    }
                }
            }
            all.addAll(longer);
            last = longer;
        }
        return all;
    }

    /** All arrays of up to so many items. */
    static List<Object> arrays(int items, List<Object> values) {
        List<Object> all = new ArrayList<>(List.of(List.of()));
        List<List<Object>> last = new ArrayList<>(List.of(List.of()));
        for (int n = 0; n < items; n++) {
            List<List<Object>> longer = new ArrayList<>();
            for (List<Object> array : last) {
                for (Object value : values) {
                    List<Object> more = new ArrayList<>(array);
                    more.add(value);
                    longer.add(more);
                }
            }
            all.addAll(longer);
            last = longer;
        }
        return all;
    }

    /** Scalars, and objects and arrays of them, and objects and arrays of all these. */
    static World nested() {
        List<Object> scalars = Arrays.asList(null, "a", number(1));
        List<Object> inner = new ArrayList<>(scalars);
        inner.addAll(objects(List.of("a"), 1, scalars));
        inner.addAll(arrays(1, scalars));
        Object leaf = map("enum", inner);
        Map<String, Object> array = map("type", "array", "maxItems", number(2), "items", leaf);
        Object bounding = map("anyOf", List.of(leaf, closed(leaf, "a", "b"), array));
        List<Object> documents = new ArrayList<>(inner);
        documents.addAll(objects(List.of("a", "b"), 2, inner));
        documents.addAll(arrays(2, inner));
        return new World(inner, bounding, documents);
    }

    /** Those of some documents whose keys come in an order of names, if they must. */
    static List<Object> ordered(List<Object> documents, MemberOrder order, List<String> names) {
        return documents.stream()
                .filter(document -> order == MemberOrder.ANY || isOrdered(document, names))
                .toList();
    }

    /** Objects of some keys and no others. */
    static Map<String, Object> closed(Object values, String... keys) {
        Map<String, Object> properties = new TreeMap<>();
        for (String key : keys) {
            properties.put(key, values);
        }
        return map("type", "object", "properties", properties, "additionalProperties", false);
    }

    /** Whether the keys of all objects inside a document come in the order of some names, the others after them. */
    private static boolean isOrdered(Object document, List<String> names) {
        if (document instanceof Map<?, ?> object) {
            int last = -1;
            for (Map.Entry<?, ?> member : object.entrySet()) {
                int at = names.indexOf(member.getKey());
                int place = at < 0 ? names.size() : at;
                if (place < last || !isOrdered(member.getValue(), names)) {
                    return false;
                }
                last = place;
            }
            return true;
        }
        return !(document instanceof List<?> list) || list.stream().allMatch(item -> isOrdered(item, names));
    }
}
