// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.NullUnmarked;

/**
 * Makes a schema and a document smaller as long as something stays true of them: parts are left out, schemas replaced by
 * schemas inside them. Greedy; bounded in the number of pairs tried.
 */
@NullUnmarked
final class PairShrinker {

    private static final int TRIALS = 4000;

    private final BiPredicate<String, String> holds;
    private int trials;
    Object schema;
    String document;

    PairShrinker(Object schema, String document, BiPredicate<String, String> holds) {
        this.schema = schema;
        this.document = document;
        this.holds = holds;
        boolean smaller = true;
        while (smaller && trials < TRIALS) {
            smaller = shrinkSchema();
            smaller |= shrinkDocument();
            smaller |= shrinkBoth();
        }
    }

    private boolean holds(Object smallerSchema, String smallerDocument) {
        return trials++ < TRIALS && holds.test(SpelledJson.plain(smallerSchema), smallerDocument);
    }

    private boolean shrinkSchema() {
        for (Object candidate : smallerRoots()) {
            if (holds(candidate, document)) {
                schema = candidate;
                return true;
            }
        }
        return false;
    }

    private boolean shrinkDocument() {
        for (String candidate : smaller(document)) {
            if (holds(schema, candidate)) {
                document = candidate;
                return true;
            }
        }
        return false;
    }

    /** Looks into a child value, with a schema that may be the child's. */
    private boolean shrinkBoth() {
        for (String child : children(document)) {
            for (Object candidate : smallerRoots()) {
                if (holds(candidate, child)) {
                    schema = candidate;
                    document = child;
                    return true;
                }
            }
        }
        return false;
    }

    private static List<String> children(String text) {
        return text.startsWith("{")
                ? List.copyOf(RawJson.members(text).values())
                : text.startsWith("[") ? RawJson.items(text) : List.of();
    }

    /** The root keeps its draft, and its definitions where an inner schema takes its place. */
    private List<Object> smallerRoots() {
        List<Object> all = new ArrayList<>();
        Map<?, ?> root = (Map<?, ?>) schema;
        changed(root).forEach(candidate -> all.add(kept(root, (Map<?, ?>) candidate, List.of("$schema"))));
        List<Object> inner = new ArrayList<>();
        root.values().forEach(value -> hoist(value, inner));
        inner.forEach(
                candidate -> all.add(kept(root, (Map<?, ?>) candidate, List.of("$schema", "$defs", "definitions"))));
        all.removeIf(root::equals);
        return all;
    }

    private static Object kept(Map<?, ?> root, Map<?, ?> candidate, List<String> keywords) {
        Map<Object, Object> kept = new LinkedHashMap<>();
        for (String keyword : keywords) {
            if (root.containsKey(keyword)) {
                kept.put(keyword, root.get(keyword));
            }
        }
        kept.putAll(candidate);
        return kept;
    }

    /** Parts left out, or made smaller themselves. */
    private static List<Object> changed(Map<?, ?> map) {
        List<Object> all = new ArrayList<>();
        for (Object key : map.keySet()) {
            Map<Object, Object> without = new LinkedHashMap<>(map);
            without.remove(key);
            all.add(without);
        }
        map.forEach((key, inner) -> smaller(inner).forEach(less -> {
            Map<Object, Object> changed = new LinkedHashMap<>(map);
            changed.put(key, less);
            all.add(changed);
        }));
        return all;
    }

    private static List<Object> smaller(Object value) {
        List<Object> all = new ArrayList<>();
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(inner -> hoist(inner, all));
            all.addAll(changed(map));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                List<Object> without = new ArrayList<>(list);
                without.remove(i);
                all.add(without);
            }
            for (int i = 0; i < list.size(); i++) {
                for (Object less : smaller(list.get(i))) {
                    List<Object> changed = new ArrayList<>(list);
                    changed.set(i, less);
                    all.add(changed);
                }
            }
        }
        return all;
    }

    private static void hoist(Object inner, List<Object> all) {
        if (inner instanceof Map<?, ?>) {
            all.add(inner);
            ((Map<?, ?>) inner).values().stream().filter(Map.class::isInstance).forEach(all::add);
        } else if (inner instanceof List<?> list) {
            list.stream().filter(Map.class::isInstance).forEach(all::add);
        }
    }

    private static List<String> smaller(String text) {
        List<String> all = new ArrayList<>();
        String trimmed = text.strip();
        if (!trimmed.equals(text)) {
            all.add(trimmed);
        } else if (text.startsWith("{")) {
            Map<String, String> members = RawJson.members(text);
            members.keySet().forEach(key -> {
                Map<String, String> without = new LinkedHashMap<>(members);
                without.remove(key);
                all.add(written(without));
            });
            members.forEach((key, value) -> smaller(value).forEach(less -> {
                Map<String, String> changed = new LinkedHashMap<>(members);
                changed.put(key, less);
                all.add(written(changed));
            }));
        } else if (text.startsWith("[")) {
            List<String> items = RawJson.items(text);
            all.addAll(items);
            for (int i = 0; i < items.size(); i++) {
                List<String> without = new ArrayList<>(items);
                without.remove(i);
                all.add("[" + String.join(",", without) + "]");
                for (String less : smaller(items.get(i))) {
                    List<String> changed = new ArrayList<>(items);
                    changed.set(i, less);
                    all.add("[" + String.join(",", changed) + "]");
                }
            }
        } else {
            List<String> simple = new ArrayList<>(List.of("null", "0", "1", "1.0", "1e1", "\"\""));
            if (text.startsWith("\"")) {
                simple.add(SpelledJson.plain(RawJson.string(text)));
            }
            simple.stream().filter(one -> one.length() < text.length()).forEach(all::add);
        }
        return all;
    }

    private static String written(Map<String, String> members) {
        StringBuilder text = new StringBuilder("{");
        members.forEach((key, value) -> text.append(text.length() == 1 ? "" : ",")
                .append(SpelledJson.plain(key))
                .append(':')
                .append(value));
        return text.append('}').toString();
    }
}
