package dev.espalier.schemas;

import dev.espalier.grammar.error.Place;
import dev.espalier.grammar.error.ReferenceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of one text as lanes: equal texts in one resource are one lane, whatever their annotations. Not
 * thread-safe.
 */
final class Lanes {

    private final SchemaDocument document;
    private final List<SchemaNode> nodes = new ArrayList<>();
    private final Map<JsonValue, SchemaNode> byValue = new IdentityHashMap<>();
    private final Map<List<Object>, SchemaNode> byShape = new HashMap<>();

    Lanes(SchemaDocument document) {
        this.document = document;
    }

    /** The lane of a number. */
    SchemaNode get(int lane) {
        return nodes.get(lane);
    }

    /** The root schema. */
    SchemaNode root() {
        return of(document.root());
    }

    private SchemaNode of(SchemaDocument.Located at) {
        SchemaNode known = byValue.get(at.value());
        if (known == null) {
            known = byShape.computeIfAbsent(shape(at), key -> add(at, false));
            byValue.put(at.value(), known);
        }
        return known;
    }

    private SchemaNode add(SchemaDocument.Located at, boolean constant) {
        SchemaNode node = new SchemaNode(nodes.size(), at.value(), constant, at.resource(), at.pointer());
        nodes.add(node);
        return node;
    }

    /** What of a schema's text decides its meaning. */
    private static List<Object> shape(SchemaDocument.Located at) {
        List<Object> shape = new ArrayList<>();
        shape.add(at.resource());
        if (at.value() instanceof JsonValue.Members object) {
            for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                if (Keyword.of(member.getKey(), at.resource().draft()) != null) {
                    shape.add(member.getKey());
                    shape.add(member.getValue().shape());
                }
            }
        } else {
            shape.add(at.value().shape());
        }
        return shape;
    }

    /** A constant as a lane. */
    SchemaNode constant(SchemaNode holder, JsonValue value) {
        return byShape.computeIfAbsent(
                List.of("constant", value.shape()),
                key -> add(new SchemaDocument.Located(value, holder.resource(), holder.pointer()), true));
    }

    /** The schema that a keyword of a schema holds; null if there is none. */
    @Nullable
    SchemaNode child(SchemaNode node, Keyword keyword) {
        JsonValue value = Formulas.get(node, keyword);
        return value == null ? null : of(inside(node, value, node.pointer().then(keyword.text())));
    }

    /** One schema of a keyword's array. */
    SchemaNode item(SchemaNode node, Keyword keyword, int index, JsonValue value) {
        return of(inside(node, value, node.pointer().then(keyword.text()).then(Integer.toString(index))));
    }

    /** The schemas of a keyword's object, by name; members that are no schemas are left out. */
    Map<String, SchemaNode> named(SchemaNode node, Keyword keyword) {
        Map<String, SchemaNode> nodesByName = new LinkedHashMap<>();
        if (Formulas.get(node, keyword) instanceof JsonValue.Members object) {
            Pointer pointer = node.pointer().then(keyword.text());
            object.members().forEach((name, value) -> {
                if (!(value instanceof JsonValue.Items)) {
                    nodesByName.put(name, of(inside(node, value, pointer.then(name))));
                }
            });
        }
        return nodesByName;
    }

    private SchemaDocument.Located inside(SchemaNode node, JsonValue value, Pointer pointer) {
        return document.inside(value, node.resource(), pointer);
    }

    /** Whether a {@code $ref} hides the other keywords of a schema. */
    boolean hidesSiblings(SchemaNode node) {
        return !node.isConstant() && !node.resource().draft().since(Draft.DRAFT_2019_09) && node.get("$ref") != null;
    }

    /** The schema that a schema's {@code $ref} leads to. */
    SchemaNode reference(SchemaNode node) {
        JsonValue reference = node.get("$ref");
        if (!(reference instanceof JsonValue.Text text)) {
            throw new IllegalArgumentException("no reference at " + node.pointer());
        }
        return of(document.follow(
                text.value(),
                node.resource(),
                () -> document.place(reference, node.pointer().then("$ref"))));
    }

    /** The schema itself, or where a chain of references leads that say nothing else. */
    SchemaNode target(SchemaNode start) {
        SchemaNode node = start;
        Set<SchemaNode> passed = new HashSet<>();
        while (isReference(node)) {
            if (!passed.add(node)) {
                throw new ReferenceException("these references lead in a circle, which has no meaning", place(node));
            }
            node = reference(node);
        }
        return node;
    }

    private boolean isReference(SchemaNode node) {
        if (node.isConstant() || !(node.get("$ref") instanceof JsonValue.Text)) {
            return false;
        }
        return hidesSiblings(node)
                || ((JsonValue.Members) node.value())
                                .members().keySet().stream()
                                        .filter(name ->
                                                Keyword.of(name, node.resource().draft()) != null)
                                        .count()
                        == 1;
    }

    /** Where a lane is in the text. */
    Place place(SchemaNode node) {
        return document.place(node.value(), node.pointer());
    }
}
