// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import dev.espalier.schemas.options.Draft;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;

/**
 * Makes random schemas of a draft over all of its keywords, as plain Java values. Small values are frequent, so that keywords
 * meet; in-place cycles and unsatisfiable schemas may come out.
 */
@NullUnmarked
final class DraftSchemas {

    static final List<String> KEYS =
            List.of("a", "b", "c", "ab", "foo", "x1", "é", "日本", "😀", "q\"s\\", "", "l\nf", "a/b~", "A");
    static final List<String> TYPES = List.of("null", "boolean", "integer", "number", "string", "array", "object");
    static final List<String> STRINGS = List.of(
            "", "a", "b", "ab", "abc", "aab", "foo", "Foo", "x1", "12", "é", "日本", "😀", "😀a", "a\nb", "a\n", "\"\\/",
            " ");
    static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "2",
            "3",
            "4",
            "5",
            "7",
            "10",
            "12",
            "-1",
            "-2",
            "0.5",
            "1.5",
            "2.25",
            "-0.1",
            "0.3",
            "1.0",
            "-3.0",
            "9007199254740993",
            "1e1",
            "15e-1",
            "2E+2",
            "12345678901234567890",
            "100000000000000000000.000000001",
            "1e20",
            "1e-7",
            "3e400",
            "25e-402");
    private static final List<String> PATTERNS = List.of(
            "a",
            "^a",
            "b$",
            "^[ab]*$",
            "^.$",
            "^..",
            "[0-9]+",
            "^x\\d",
            "^(foo|bar)?$",
            "^[^a]",
            "\\w",
            "^\\S*$",
            "^a{1,2}b",
            "^(?:ab)+c?$",
            "^(?!a)",
            "é|日",
            "^\\D$",
            "[A-F]",
            "\\bfoo\\b",
            "^(?=.*b)a");
    static final Map<String, List<String>> FORMATS = formats();

    private final Random random;
    private final Draft draft;

    DraftSchemas(Random random, Draft draft) {
        this.random = random;
        this.draft = draft;
    }

    private static Map<String, List<String>> formats() {
        Map<String, List<String>> formats = new LinkedHashMap<>();
        formats.put("date", List.of("2024-02-29", "2023-02-29", "2023-13-01", "2023-1-01"));
        formats.put(
                "date-time",
                List.of("2023-01-02T03:04:05Z", "2023-01-02T03:04:05.678+01:00", "2023-01-02 03:04:05Z", "2023-01-02"));
        formats.put("time", List.of("03:04:05Z", "03:04:05+01:30", "24:00:00Z", "03:04:05"));
        formats.put("duration", List.of("P1D", "PT1H2M", "P", "P1Y2M3DT4H", "1D"));
        formats.put("email", List.of("a@b.c", "a.b@example.com", "a@", "@b", "a b@c"));
        formats.put("hostname", List.of("example.com", "a-b.c", "-a.b", "a..b"));
        formats.put("ipv4", List.of("1.2.3.4", "255.255.255.255", "1.2.3", "1.2.3.256", "01.2.3.4"));
        formats.put("ipv6", List.of("::1", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "1::2::3", "12345::"));
        formats.put("uri", List.of("http://a/b?c#d", "urn:a:b", "a/b", "http://a b"));
        formats.put("uri-reference", List.of("a/b", "#c", "http://a", "\\a"));
        formats.put("uuid", List.of("2EB8AA08-aa98-11ea-b4aa-73b441d16380", "2eb8aa08-aa98-11ea-b4aa73b441d16380"));
        formats.put("json-pointer", List.of("", "/a~0b", "/a~", "a"));
        formats.put("unknown-format", List.of("a"));
        return formats;
    }

    /** A root schema with definitions. */
    Object root(int depth) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", uri(draft));
        if (draft == Draft.DRAFT_2019_09 && random.nextInt(6) == 0) {
            root.put("$recursiveAnchor", true);
        }
        if (draft == Draft.DRAFT_2020_12 && random.nextInt(6) == 0) {
            root.put("$dynamicAnchor", "node");
        }
        fill(root, depth);
        Map<String, Object> definitions = new LinkedHashMap<>();
        definitions.put("x", schema(depth - 1));
        definitions.put("y", schema(depth - 1));
        if (draft.since(Draft.DRAFT_2019_09)) {
            Map<String, Object> anchored = new LinkedHashMap<>(Map.of("$anchor", "here"));
            if (draft == Draft.DRAFT_2020_12 && random.nextInt(4) == 0) {
                anchored.put("$dynamicAnchor", "node");
            }
            fill(anchored, depth - 1);
            definitions.put("z", anchored);
        }
        root.put(draft.since(Draft.DRAFT_2019_09) ? "$defs" : "definitions", definitions);
        return root;
    }

    /** The URI that names a draft. */
    static String uri(Draft draft) {
        return switch (draft) {
            case DRAFT_4 -> "http://json-schema.org/draft-04/schema#";
            case DRAFT_6 -> "http://json-schema.org/draft-06/schema#";
            case DRAFT_7 -> "http://json-schema.org/draft-07/schema#";
            case DRAFT_2019_09 -> "https://json-schema.org/draft/2019-09/schema";
            case DRAFT_2020_12 -> "https://json-schema.org/draft/2020-12/schema";
        };
    }

    private Object schema(int depth) {
        if (random.nextInt(10) == 0) {
            boolean truth = random.nextInt(3) > 0;
            return draft.since(Draft.DRAFT_6)
                    ? (Object) truth
                    : truth ? new LinkedHashMap<>() : Map.of("not", new LinkedHashMap<>());
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        fill(schema, depth);
        return schema;
    }

    private void fill(Map<String, Object> schema, int depth) {
        int keywords = 1 + random.nextInt(3);
        for (int i = 0; i < keywords; i++) {
            if (depth > 0 && random.nextInt(5) > 1) {
                applicator(schema, depth - 1);
            } else {
                assertion(schema);
            }
        }
    }

    private List<Object> schemas(int depth, int most) {
        List<Object> schemas = new ArrayList<>();
        int count = 1 + random.nextInt(most);
        for (int i = 0; i < count; i++) {
            schemas.add(schema(depth));
        }
        return schemas;
    }

    private <T> T one(List<T> all) {
        // the first ones are the frequent ones
        return all.get(Math.min(random.nextInt(all.size()), random.nextInt(all.size())));
    }

    private List<String> keys(int most) {
        List<String> keys = new ArrayList<>();
        int count = random.nextInt(most + 1);
        for (int i = 0; i < count; i++) {
            String key = one(KEYS);
            if (!keys.contains(key)) {
                keys.add(key);
            }
        }
        return keys;
    }

    private Map<String, Object> named(List<String> names, int depth) {
        Map<String, Object> named = new LinkedHashMap<>();
        names.forEach(name -> named.put(name, schema(depth)));
        return named;
    }

    private BigDecimal number() {
        return new BigDecimal(one(NUMBERS));
    }

    private BigDecimal count(int bound) {
        return random.nextInt(20) == 0
                ? new BigDecimal(random.nextInt(bound) + ".0")
                : BigDecimal.valueOf(random.nextInt(bound));
    }

    /** Any value. */
    Object value(int depth) {
        switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> {
                return null;
            }
            case 1 -> {
                return random.nextBoolean();
            }
            case 2, 3 -> {
                return number();
            }
            case 4, 5, 6 -> {
                return one(STRINGS);
            }
            case 7 -> {
                List<Object> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(random.nextInt(3) == 0 && !items.isEmpty() ? items.get(0) : value(depth - 1));
                }
                return items;
            }
            default -> {
                Map<String, Object> members = new LinkedHashMap<>();
                keys(3).forEach(key -> members.put(key, value(depth - 1)));
                return members;
            }
        }
    }

    private void assertion(Map<String, Object> schema) {
        boolean four = draft == Draft.DRAFT_4;
        switch (random.nextInt(18)) {
            case 0, 1 -> schema.put("type", types());
            case 2 -> schema.put(four ? "enum" : "const", four ? Collections.singletonList(value(1)) : value(2));
            case 3 -> schema.put("enum", new ArrayList<>(values()));
            case 4 -> schema.put("minLength", count(4));
            case 5 -> schema.put("maxLength", count(4));
            case 6 -> schema.put("pattern", one(PATTERNS));
            case 7 -> bound(schema, "minimum", "exclusiveMinimum");
            case 8 -> bound(schema, "maximum", "exclusiveMaximum");
            case 9 ->
                schema.put(
                        "multipleOf",
                        new BigDecimal(one(
                                List.of("1", "2", "3", "0.5", "0.1", "1.5", "0.01", "1e1", "7", "1e-8", "123456789"))));
            case 10 -> schema.put("required", four ? List.of(one(KEYS)) : keys(3));
            case 11 -> schema.put("minProperties", count(4));
            case 12 -> schema.put("maxProperties", count(4));
            case 13 -> schema.put("minItems", count(4));
            case 14 -> schema.put("maxItems", count(5));
            case 15 -> schema.put("uniqueItems", random.nextInt(4) > 0);
            case 16 -> schema.put("format", one(new ArrayList<>(FORMATS.keySet())));
            default -> dependentKeys(schema);
        }
    }

    private void dependentKeys(Map<String, Object> schema) {
        List<String> wanted = draft == Draft.DRAFT_4 ? List.of(one(KEYS)) : keys(2);
        schema.put(draft.since(Draft.DRAFT_2019_09) ? "dependentRequired" : "dependencies", Map.of(one(KEYS), wanted));
    }

    private Object types() {
        List<String> types = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            String type = TYPES.get(random.nextInt(TYPES.size()));
            if (!types.contains(type)) {
                types.add(type);
            }
        }
        return types.size() == 1 && random.nextInt(4) > 0 ? types.get(0) : types;
    }

    private List<Object> values() {
        List<Object> values = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            Object value = value(1);
            if (values.stream().noneMatch(known -> NaiveValidator.same(known, value))) {
                values.add(value);
            }
        }
        return values;
    }

    private void bound(Map<String, Object> schema, String bound, String exclusive) {
        if (draft == Draft.DRAFT_4) {
            schema.put(bound, number());
            if (random.nextInt(3) == 0) {
                schema.put(exclusive, random.nextInt(3) > 0);
            }
        } else {
            schema.put(random.nextInt(3) > 0 ? bound : exclusive, number());
        }
    }

    private void applicator(Map<String, Object> schema, int depth) {
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> schema.put("properties", named(keys(3), depth));
            case 3 -> schema.put("patternProperties", named(List.of(one(PATTERNS), one(PATTERNS)), depth));
            case 4 -> schema.put("additionalProperties", schema(depth));
            case 5, 6 -> items(schema, depth);
            case 7 -> schema.put("allOf", schemas(depth, 3));
            case 8 -> schema.put("anyOf", schemas(depth, 3));
            case 9 -> schema.put("oneOf", schemas(depth, 3));
            case 10 -> schema.put("not", schema(depth));
            case 11 -> reference(schema);
            case 12 -> condition(schema, depth);
            case 13 -> contains(schema, depth);
            case 14 -> dependent(schema, depth);
            default -> unevaluated(schema, depth);
        }
    }

    private void items(Map<String, Object> schema, int depth) {
        if (random.nextBoolean()) {
            schema.put("items", schema(depth));
        } else if (draft == Draft.DRAFT_2020_12) {
            schema.put("prefixItems", schemas(depth, 3));
        } else {
            schema.put("items", schemas(depth, 3));
            if (random.nextBoolean()) {
                schema.put("additionalItems", schema(depth));
            }
        }
    }

    private void reference(Map<String, Object> schema) {
        boolean late = draft.since(Draft.DRAFT_2019_09);
        String folder = late ? "#/$defs/" : "#/definitions/";
        switch (random.nextInt(late ? 8 : 5)) {
            case 0 -> schema.put("$ref", "#");
            case 1, 2 -> schema.put("$ref", folder + "x");
            case 3, 4 -> schema.put("$ref", folder + "y");
            case 5, 6 -> schema.put("$ref", "#here");
            default -> {
                boolean last = draft == Draft.DRAFT_2020_12;
                schema.put(last ? "$dynamicRef" : "$recursiveRef", last && random.nextBoolean() ? "#here" : "#");
                if (last && random.nextInt(4) > 0) {
                    schema.put("$dynamicRef", "#node");
                }
            }
        }
    }

    private void condition(Map<String, Object> schema, int depth) {
        if (!draft.since(Draft.DRAFT_7)) {
            schema.put("anyOf", schemas(depth, 2));
            return;
        }
        schema.put("if", schema(depth));
        if (random.nextInt(4) > 0) {
            schema.put("then", schema(depth));
        }
        if (random.nextInt(4) > 0) {
            schema.put("else", schema(depth));
        }
    }

    private void contains(Map<String, Object> schema, int depth) {
        if (!draft.since(Draft.DRAFT_6)) {
            schema.put("items", schema(depth));
            return;
        }
        schema.put("contains", schema(depth));
        if (draft.since(Draft.DRAFT_2019_09) && random.nextBoolean()) {
            schema.put("minContains", count(3));
        }
        if (draft.since(Draft.DRAFT_2019_09) && random.nextBoolean()) {
            schema.put("maxContains", count(4));
        }
    }

    private void dependent(Map<String, Object> schema, int depth) {
        if (draft.since(Draft.DRAFT_6) && random.nextBoolean()) {
            schema.put("propertyNames", schema(Math.min(depth, 1)));
            return;
        }
        schema.put(
                draft.since(Draft.DRAFT_2019_09) ? "dependentSchemas" : "dependencies",
                named(List.of(one(KEYS)), depth));
    }

    private void unevaluated(Map<String, Object> schema, int depth) {
        if (draft.since(Draft.DRAFT_2019_09)) {
            Object rest = random.nextBoolean() ? (Object) false : schema(depth);
            schema.put(random.nextBoolean() ? "unevaluatedProperties" : "unevaluatedItems", rest);
        } else {
            schema.put("properties", named(keys(3), depth));
        }
    }
}
