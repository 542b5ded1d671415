// SPDX-License-Identifier: Apache-2.0
package dev.espalier.form;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.work.DeepStack;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.Draft;
import dev.espalier.source.CompiledSource;
import dev.espalier.source.OutputSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A schema as a declaration of its members: names with types, {@code ?} after those that may be left out, {@code ...} where others may be, bounds in
 * brackets, definitions by name behind it. What this cannot say stands as JSON Schema behind {@code &}. It allows what the
 * schema allows, annotations left out but for descriptions of members and definitions. One use, one thread.
 */
public final class SchemaRecord {

    /** What gives a schema another base for references, or leads to where that decides. */
    private static final List<String> DIVIDING =
            List.of("$id", "$dynamicRef", "$recursiveRef", "$dynamicAnchor", "$recursiveAnchor");

    private final JsonNode root;
    private final Draft draft;
    /** The keywords that count. */
    private final Set<String> keywords;
    /** The names of definitions by pointer. */
    private final Map<String, String> names = new LinkedHashMap<>();

    private final Deque<String> undeclared = new ArrayDeque<>();

    private SchemaRecord(JsonNode root, CompileReport report) {
        this.root = root;
        this.draft = report.draft();
        this.keywords =
                report.entries().stream().map(CompileReport.Entry::keyword).collect(Collectors.toSet());
    }

    /**
     * The declaration of a schema. Cost: linear in the schema.
     *
     * @param compiled what the schema was compiled to
     * @throws UnsupportedFeatureException if it refers to anything but its own parts by pointer; with place
     */
    public static String of(OutputSource.Schema schema, CompiledSource compiled) {
        CompileReport report = compiled.report().orElseThrow();
        return DeepStack.call(
                SchemaTree.nesting(schema.text()),
                () -> new SchemaRecord(SchemaTree.of(schema.text()), report).declarations());
    }

    private String declarations() {
        String first = type(root, "#", "");
        List<String> all = new ArrayList<>();
        while (!undeclared.isEmpty()) {
            String pointer = undeclared.pop();
            if (!pointer.equals("#")) {
                JsonNode target = root.at(pointer.substring(1));
                all.add(comment(target, "") + names.get(pointer) + " = " + type(target, pointer, ""));
            }
        }
        String own = names.get("#");
        all.add(0, comment(root, "") + (own == null ? "" : own + " = ") + first);
        return String.join("\n\n", all);
    }

    private static String comment(JsonNode schema, String indent) {
        String text = schema.path("description").asString("").strip().replaceAll("\\s+", " ");
        return text.isEmpty() ? "" : "// " + text + "\n" + indent;
    }

    /** A text of a type, which is in brackets beside others if it is a union. */
    private record Part(String text, boolean isUnion) {

        static Part of(String text) {
            return new Part(text, false);
        }

        static Part union(List<String> types) {
            Set<String> different = new LinkedHashSet<>(types);
            return new Part(String.join(" | ", different), different.size() > 1);
        }

        static Part all(List<Part> parts) {
            return parts.size() == 1
                    ? parts.get(0)
                    : of(parts.stream()
                            .map(part -> part.isUnion ? "(" + part.text + ")" : part.text)
                            .collect(Collectors.joining(" & ")));
        }
    }

    /** The type of a schema. */
    String type(JsonNode schema, String pointer, String indent) {
        return part(schema, pointer, indent).text();
    }

    private Part part(JsonNode schema, String pointer, String indent) {
        if (schema.isBoolean()) {
            return Part.of(schema.asBoolean() ? "any" : "never");
        }
        requireOneResource(schema, pointer);
        Set<String> rest = new LinkedHashSet<>(schema.propertyNames());
        rest.retainAll(keywords);
        rest.remove("id");
        if (rest.contains("unevaluatedProperties") || rest.contains("unevaluatedItems")) {
            return Part.of(json(schema, rest, pointer)); // which depend on all that stands beside them
        }
        List<Part> parts = new ArrayList<>();
        if (rest.remove("$ref")) {
            parts.add(Part.of(name(schema.get("$ref").asString(""), pointer)));
            if (!draft.since(Draft.DRAFT_2019_09)) {
                return parts.get(0); // what stands beside a reference does not count
            }
        }
        values(schema, rest, parts);
        choices(schema, pointer, indent, rest, parts);
        if (rest.contains("type")) {
            TypeTexts types = new TypeTexts(this, schema, pointer, indent, rest);
            parts.add(Part.union(types.all()));
        }
        if (!rest.isEmpty()) {
            parts.add(Part.of(json(schema, rest, pointer)));
        }
        return parts.isEmpty() ? Part.of("any") : Part.all(parts);
    }

    /** Constants, which say their types. */
    private static void values(JsonNode schema, Set<String> rest, List<Part> parts) {
        List<JsonNode> values = new ArrayList<>();
        if (rest.contains("const")) {
            values.add(schema.get("const"));
        } else if (rest.contains("enum")) {
            schema.get("enum").forEach(values::add);
        } else {
            return;
        }
        rest.remove(rest.contains("const") ? "const" : "enum");
        parts.add(Part.union(values.stream().map(JsonNode::toString).toList()));
        if (rest.contains("type") && values.stream().allMatch(value -> TypeTexts.isOf(value, schema.get("type")))) {
            rest.remove("type");
        }
    }

    private void choices(JsonNode schema, String pointer, String indent, Set<String> rest, List<Part> parts) {
        for (String keyword : List.of("anyOf", "oneOf", "allOf")) {
            if (rest.remove(keyword)) {
                List<Part> options = new ArrayList<>();
                for (JsonNode option : schema.get(keyword)) {
                    options.add(part(option, pointer + "/" + keyword + "/" + options.size(), indent));
                }
                List<String> texts = options.stream().map(Part::text).toList();
                if (keyword.equals("allOf")) {
                    parts.addAll(options);
                } else if (keyword.equals("oneOf") && texts.size() > 1) {
                    parts.add(Part.of("exactly one of (" + String.join(" | ", texts) + ")"));
                } else {
                    parts.add(Part.union(texts));
                }
            }
        }
    }

    /** The members of an object, each on a line of its own. */
    String members(JsonNode schema, String pointer, String indent) {
        Set<String> required = new LinkedHashSet<>();
        schema.path("required").forEach(name -> required.add(name.asString("")));
        String inside = indent + "  ";
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
            String name = key(member.getKey()) + (required.remove(member.getKey()) ? "" : "?");
            String at = pointer + "/properties/" + escaped(member.getKey());
            lines.add(comment(member.getValue(), inside) + name + ": " + type(member.getValue(), at, inside));
        }
        boolean hasPatterns = schema.has("patternProperties");
        JsonNode others = schema.path("additionalProperties");
        String other = others.isMissingNode() ? "any" : type(others, pointer + "/additionalProperties", inside);
        required.forEach(name -> lines.add(key(name) + ": " + (hasPatterns ? "any" : other)));
        for (Map.Entry<String, JsonNode> member :
                schema.path("patternProperties").properties()) {
            String at = pointer + "/patternProperties/" + escaped(member.getKey());
            lines.add("[keys matching " + JsonNodeFactory.instance.stringNode(member.getKey()) + "]: "
                    + type(member.getValue(), at, inside));
        }
        if (!other.equals("never")) {
            lines.add(other.equals("any") ? "..." : (lines.isEmpty() ? "[any key]: " : "[other keys]: ") + other);
        }
        if (lines.isEmpty()) {
            return "{}";
        }
        if (lines.equals(List.of("..."))) {
            return "object";
        }
        return "{\n" + inside + String.join(",\n" + inside, lines) + "\n" + indent + "}";
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static String key(String name) {
        return name.matches("[A-Za-z_$][A-Za-z0-9_$]*")
                ? name
                : JsonNodeFactory.instance.stringNode(name).toString();
    }

    private String name(String reference, String pointer) {
        if (SchemaTree.target(root, reference) == null) {
            throw refused("$ref", pointer);
        }
        String known = names.get(reference);
        if (known == null) {
            String last = reference.substring(Math.max(reference.lastIndexOf('/'), 0) + 1);
            String base = reference.equals("#") ? "Root" : last.replaceAll("[^A-Za-z0-9_$]", "_");
            known = base.isEmpty() || TypeTexts.NAMES.contains(base) ? base + "_" : base;
            for (int i = 2; names.containsValue(known); i++) {
                known = base + i;
            }
            names.put(reference, known);
            undeclared.add(reference);
        }
        return known;
    }

    private void requireOneResource(JsonNode schema, String pointer) {
        boolean isRoot = pointer.equals("#");
        for (String keyword : DIVIDING) {
            if (schema.has(keyword) && !(isRoot && keyword.equals("$id"))) {
                throw refused(keyword, pointer);
            }
        }
        if (draft == Draft.DRAFT_4 && !isRoot && schema.path("id").isString()) {
            throw refused("id", pointer);
        }
    }

    private static UnsupportedFeatureException refused(String keyword, String pointer) {
        return new UnsupportedFeatureException(
                keyword,
                "a record names only parts of the schema itself, by pointer; take another form of the schema",
                Place.pointer(pointer + "/" + keyword));
    }

    /** Some keywords of a schema as they are; references in them are by the names of declarations. */
    private String json(JsonNode schema, Set<String> left, String pointer) {
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        left.forEach(keyword -> rest.set(keyword, schema.get(keyword).deepCopy()));
        for (String dividing : DIVIDING) {
            if (!rest.findValues(dividing).isEmpty()) {
                throw refused(dividing, pointer);
            }
        }
        for (JsonNode parent : rest.findParents("$ref")) {
            if (parent instanceof ObjectNode object && parent.path("$ref").isString()) {
                object.put("$ref", name(parent.path("$ref").asString(), pointer));
            }
        }
        return rest.toString();
    }
}
