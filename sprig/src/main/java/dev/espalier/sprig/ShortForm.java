// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sprig;

import dev.espalier.core.error.LimitExceededException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The short form of a JSON Schema that stands in the embedded model's prompt: {@code {"name":string,"tags":[string]?}}.
 * Its rules are those of {@code short_form.py}, which wrote the training texts; shared cases hold the two together.
 *
 * <p>One use, one thread.
 */
final class ShortForm {

    /** How many references are inlined inside each other in training. */
    static final int MAX_REF_DEPTH = 3;

    private static final int MAX_ENUM = 12;

    /** Conjunctions inside each other. */
    private static final int MAX_JOINS = 16;

    private static final long MAX_NODES = 100_000;
    private static final Set<String> FORMATS = Set.of("date", "date-time", "time", "email", "uri", "uuid");

    private final JsonNode root;
    private final int maxRefDepth;
    private long nodes;
    private int joins;

    private ShortForm(JsonNode root, int maxRefDepth) {
        this.root = root;
        this.maxRefDepth = maxRefDepth;
    }

    /**
     * The short form of a schema.
     *
     * @param schema a JSON Schema that has been compiled, so that its keywords have the right types
     * @param maxRefDepth how many references are inlined inside each other
     * @throws LimitExceededException if its references repeat it to more than 100,000 subschemas
     */
    static String of(JsonNode schema, int maxRefDepth) {
        return new ShortForm(schema, maxRefDepth).form(schema, 0);
    }

    private String form(JsonNode schema, int depth) {
        if (++nodes > MAX_NODES) {
            throw new LimitExceededException(
                    "subschemas told to the embedded model",
                    MAX_NODES,
                    nodes,
                    "take a model of your own for a schema of this size");
        }
        if (schema.isBoolean()) {
            return schema.booleanValue() ? "any" : "never";
        }
        if (schema.isEmpty()) {
            return "any";
        }
        JsonNode reference = schema.get("$ref");
        if (reference != null) {
            return referenced(reference.asString(), depth);
        }
        JsonNode constant = schema.get("const");
        if (constant != null) {
            return PythonJson.write(constant);
        }
        JsonNode values = schema.get("enum");
        if (values != null) {
            return enumeration(values);
        }
        if (!schema.has("properties") && !schema.has("items")) {
            for (String key : List.of("anyOf", "oneOf")) {
                JsonNode options = schema.get(key);
                if (options != null) {
                    return union(options, option -> form(option, depth));
                }
            }
        }
        return schema.has("allOf") ? joined(schema, depth) : typed(schema, depth);
    }

    /** A conjunction; where it contains itself, it ends after some levels. */
    private String joined(JsonNode schema, int depth) {
        if (joins == MAX_JOINS) {
            return "any";
        }
        joins++;
        try {
            return form(merged(schema), depth);
        } finally {
            joins--;
        }
    }

    private String typed(JsonNode schema, int depth) {
        JsonNode type = schema.get("type");
        if (type != null && type.isArray()) {
            return union(type, one -> {
                ObjectNode narrowed = ((ObjectNode) schema).deepCopy();
                narrowed.set("type", one);
                return form(narrowed, depth);
            });
        }
        String kind = type == null ? "" : type.asString();
        if (kind.equals("object")
                || (kind.isEmpty() && (schema.has("properties") || schema.has("additionalProperties")))) {
            return object(schema, depth);
        }
        if (kind.equals("array") || (kind.isEmpty() && (schema.has("items") || schema.has("prefixItems")))) {
            return array(schema, depth);
        }
        JsonNode format = schema.get("format");
        if (kind.equals("string") && format != null && FORMATS.contains(format.asString())) {
            return format.asString();
        }
        return kind.isEmpty() ? "any" : kind;
    }

    private String referenced(String reference, int depth) {
        JsonNode target = lookup(reference);
        if (target == null || depth >= maxRefDepth) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            return name.isEmpty() ? "any" : name;
        }
        return form(target, depth + 1);
    }

    private static String enumeration(JsonNode values) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(values.size(), MAX_ENUM); i++) {
            text.append(i == 0 ? "" : "|").append(PythonJson.write(values.get(i)));
        }
        return text.append(values.size() > MAX_ENUM ? "|..." : "").toString();
    }

    private String array(JsonNode schema, int depth) {
        StringBuilder text = new StringBuilder("[");
        JsonNode prefix = schema.get("prefixItems");
        if (prefix != null) {
            for (int i = 0; i < prefix.size(); i++) {
                text.append(i == 0 ? "" : ",").append(form(prefix.get(i), depth));
            }
            return text.append(']').toString();
        }
        JsonNode items = schema.get("items");
        String item = items == null || items.isArray() ? "any" : form(items, depth);
        return text.append(item).append(']').toString();
    }

    private String object(JsonNode schema, int depth) {
        Set<String> required = new LinkedHashSet<>();
        JsonNode names = schema.get("required");
        if (names != null) {
            names.forEach(name -> required.add(name.asString()));
        }
        StringBuilder text = new StringBuilder();
        JsonNode properties = schema.get("properties");
        if (properties != null) {
            for (Map.Entry<String, JsonNode> member : properties.properties()) {
                text.append(text.isEmpty() ? "" : ",")
                        .append(PythonJson.write(JsonNodeFactory.instance.stringNode(member.getKey())))
                        .append(':')
                        .append(form(member.getValue(), depth))
                        .append(required.contains(member.getKey()) ? "" : "?");
            }
        }
        JsonNode extra = schema.get("additionalProperties");
        if (extra != null && extra.isObject() && !extra.isEmpty()) {
            text.append(text.isEmpty() ? "" : ",").append("*:").append(form(extra, depth));
        }
        return text.isEmpty() ? "object" : "{" + text + "}";
    }

    private interface Former {
        String form(JsonNode schema);
    }

    private static String union(JsonNode options, Former former) {
        Set<String> forms = new LinkedHashSet<>();
        options.forEach(option -> forms.add(former.form(option)));
        return String.join("|", forms);
    }

    /** One level of {@code allOf}, flattened: later members win, {@code properties} and {@code required} are joined. */
    private JsonNode merged(JsonNode schema) {
        ObjectNode result = ((ObjectNode) schema).deepCopy();
        result.remove("allOf");
        for (JsonNode branch : schema.get("allOf")) {
            JsonNode part = branch.has("$ref") ? lookup(branch.get("$ref").asString()) : branch;
            if (part == null || !part.isObject()) {
                continue;
            }
            for (Map.Entry<String, JsonNode> member : part.properties()) {
                merge(result, member.getKey(), member.getValue());
            }
        }
        return result;
    }

    private static void merge(ObjectNode result, String key, JsonNode value) {
        if (key.equals("properties")) {
            ObjectNode joined = orElse(result.get(key), JsonNodeFactory.instance::objectNode)
                    .deepCopy();
            joined.setAll((ObjectNode) value);
            result.set(key, joined);
        } else if (key.equals("required")) {
            Set<String> names = new LinkedHashSet<>();
            JsonNode before = result.get(key);
            if (before != null) {
                before.forEach(name -> names.add(name.asString()));
            }
            value.forEach(name -> names.add(name.asString()));
            result.set(key, JsonMapper.shared().valueToTree(names));
        } else if (!key.equals("allOf")) {
            result.set(key, value);
        }
    }

    private static ObjectNode orElse(@Nullable JsonNode node, Supplier<ObjectNode> other) {
        return node instanceof ObjectNode object ? object : other.get();
    }

    /** The subschema at a local pointer ({@code #}, {@code #/$defs/x}), or null. */
    private @Nullable JsonNode lookup(String reference) {
        if (!reference.startsWith("#")) {
            return null;
        }
        JsonNode node = root;
        String[] steps = reference.substring(1).split("/", -1);
        for (int i = 1; i < steps.length && node != null; i++) {
            String step = steps[i].replace("~1", "/").replace("~0", "~");
            node = node.isArray() ? item(node, step) : node.get(step);
        }
        return node;
    }

    private static @Nullable JsonNode item(JsonNode array, String step) {
        return step.matches("[0-9]{1,9}") ? array.get(Integer.parseInt(step)) : null;
    }
}
