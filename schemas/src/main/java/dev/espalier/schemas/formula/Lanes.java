// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.schemas.document.Dialect;
import dev.espalier.schemas.document.DynamicScope;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.document.Located;
import dev.espalier.schemas.document.SchemaDocuments;
import dev.espalier.schemas.document.ScopeUse;
import dev.espalier.schemas.document.Successors;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.json.Pointer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of a compilation, numbered as lanes. Schemas with equal texts in one resource, reached with the same relevant dynamic
 * scope, are one lane, whatever their annotations. Not thread-safe.
 */
public final class Lanes {

    private final SchemaDocuments documents;
    private final ScopeUse scopes;
    private final Successors successors;
    private final boolean loops;
    private final List<SchemaNode> nodes = new ArrayList<>();
    private final Map<Located, SchemaNode> byPlace = new HashMap<>();
    private final Map<List<Object>, SchemaNode> byShape = new HashMap<>();

    /**
     * @param loops whether schemas may apply to themselves in place, which adds nothing to them
     */
    public Lanes(SchemaDocuments documents, ScopeUse scopes, boolean loops) {
        this.loops = loops;
        this.documents = documents;
        this.scopes = scopes;
        this.successors = new Successors(documents);
    }

    /** Whether schemas may apply to themselves in place, which adds nothing to them. */
    boolean haveLoops() {
        return loops;
    }

    /** The lane of a number. */
    public SchemaNode get(int lane) {
        return nodes.get(lane);
    }

    /** The root schema. */
    public SchemaNode root() {
        return of(documents.root());
    }

    /** A schema where it is. */
    public SchemaNode of(Located found) {
        Located at = scopes.reduced(found);
        SchemaNode known = byPlace.get(at);
        if (known == null) {
            known = byShape.computeIfAbsent(shape(at), key -> add(at, SchemaNode.Kind.SCHEMA));
            byPlace.put(at, known);
        }
        return known;
    }

    private SchemaNode add(Located at, SchemaNode.Kind kind) {
        return add(at, kind, List.of(), List.of());
    }

    private SchemaNode add(Located at, SchemaNode.Kind kind, List<SchemaNode> parts, List<SchemaNode> excluded) {
        SchemaNode node = new SchemaNode(nodes.size(), at, kind, parts, excluded);
        nodes.add(node);
        return node;
    }

    /** The parts of a schema's text, and of the path to it, that decide its meaning. */
    private static List<Object> shape(Located at) {
        List<Object> shape = new ArrayList<>();
        shape.add(at.resource());
        shape.add(at.scope());
        if (at.value() instanceof JsonValue.Members object) {
            Dialect dialect = at.resource().dialect();
            for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                if (dialect.keyword(member.getKey()) != null) {
                    shape.add(member.getKey());
                    shape.add(member.getValue().shape());
                }
            }
        } else {
            shape.add(at.value().shape());
        }
        return shape;
    }

    /** A string as a lane. */
    SchemaNode constant(SchemaNode holder, String text) {
        return constant(holder, documents.text(text));
    }

    /** A constant as a lane. */
    SchemaNode constant(SchemaNode holder, JsonValue value) {
        return byShape.computeIfAbsent(
                List.of("constant", value.shape()),
                key -> add(
                        new Located(value, holder.resource(), holder.pointer(), DynamicScope.EMPTY),
                        SchemaNode.Kind.CONSTANT));
    }

    /** Any of several schemas as a lane; there must be one. */
    SchemaNode any(List<SchemaNode> schemas) {
        List<SchemaNode> parts = distinct(schemas);
        return parts.size() == 1
                ? parts.get(0)
                : byShape.computeIfAbsent(
                        List.of(SchemaNode.Kind.ANY, parts),
                        key -> add(parts.get(0).at(), SchemaNode.Kind.ANY, parts, List.of()));
    }

    /** All of some schemas and none of others as a lane; there must be one of the first. */
    SchemaNode only(List<SchemaNode> schemas, List<SchemaNode> others) {
        List<SchemaNode> parts = distinct(schemas);
        List<SchemaNode> excluded = distinct(others);
        return parts.size() == 1 && excluded.isEmpty()
                ? parts.get(0)
                : byShape.computeIfAbsent(
                        List.of(SchemaNode.Kind.ONLY, parts, excluded),
                        key -> add(parts.get(0).at(), SchemaNode.Kind.ONLY, parts, excluded));
    }

    private List<SchemaNode> distinct(List<SchemaNode> schemas) {
        Map<Integer, SchemaNode> distinct = new TreeMap<>();
        for (SchemaNode schema : schemas) {
            SchemaNode target = target(schema);
            distinct.put(target.lane(), target);
        }
        return List.copyOf(distinct.values());
    }

    /** The schema that a keyword of a schema holds; null if there is none. */
    @Nullable
    SchemaNode child(SchemaNode node, Keyword keyword) {
        JsonValue value = node.get(keyword);
        return value == null ? null : of(node.at().child(value, node.pointer().then(keyword.text())));
    }

    /** One schema of a keyword's array. */
    SchemaNode item(SchemaNode node, Keyword keyword, int index, JsonValue value) {
        Pointer pointer = node.pointer().then(keyword.text()).then(Integer.toString(index));
        return of(node.at().child(value, pointer));
    }

    /** The schemas of a keyword's array, in order; none if it is no array. */
    List<SchemaNode> items(SchemaNode node, Keyword keyword) {
        List<SchemaNode> list = new ArrayList<>();
        if (node.get(keyword) instanceof JsonValue.Items array) {
            for (int i = 0; i < array.items().size(); i++) {
                list.add(item(node, keyword, i, array.items().get(i)));
            }
        }
        return list;
    }

    /** The schemas of a keyword's object, by name; members that are no schemas are left out. */
    Map<String, SchemaNode> named(SchemaNode node, Keyword keyword) {
        Map<String, SchemaNode> nodesByName = new LinkedHashMap<>();
        if (node.get(keyword) instanceof JsonValue.Members object) {
            Pointer pointer = node.pointer().then(keyword.text());
            object.members().forEach((name, value) -> {
                if (!(value instanceof JsonValue.Items)) {
                    nodesByName.put(name, of(node.at().child(value, pointer.then(name))));
                }
            });
        }
        return nodesByName;
    }

    /** Whether a {@code $ref} hides the other keywords of a schema. */
    boolean hidesSiblings(SchemaNode node) {
        return node.isSchema() && node.at().hidesSiblings();
    }

    /** The schema that a reference leads to. */
    SchemaNode reference(SchemaNode node, Keyword keyword) {
        return of(successors.follow(node.at(), keyword));
    }

    /**
     * A schema that is applied in place.
     *
     * @param keyword what applies it
     * @param name the member that decides on it; empty if none does
     * @param value the string that the member must be; null if it need only be there
     */
    record Applied(Keyword keyword, String name, @Nullable String value, SchemaNode schema) {}

    /** The schemas that a schema applies in place, and whose annotations it hands on: all but {@code not}. */
    List<Applied> appliedInPlace(SchemaNode node) {
        List<Applied> applied = new ArrayList<>();
        boolean hidden = hidesSiblings(node);
        for (Keyword keyword : Keyword.ANNOTATING) {
            if (node.get(keyword) != null && (keyword.isReference() || !hidden)) {
                applied.addAll(applied(node, keyword));
            }
        }
        return applied;
    }

    /** The schemas that a keyword of a schema applies. */
    List<Applied> applied(SchemaNode node, Keyword keyword) {
        List<Applied> applied = new ArrayList<>();
        switch (keyword.form()) {
            case STRING -> applied.add(new Applied(keyword, "", null, reference(node, keyword)));
            case SCHEMAS -> items(node, keyword).forEach(part -> applied.add(new Applied(keyword, "", null, part)));
            case NAMED_SCHEMAS, DEPENDENCIES ->
                named(node, keyword).forEach((name, part) -> applied.add(new Applied(keyword, name, null, part)));
            case SCHEMAS_BY_VALUE -> addByValue(node, keyword, applied);
            default -> {
                SchemaNode part = child(node, keyword);
                if (part != null) {
                    applied.add(new Applied(keyword, "", null, part));
                }
            }
        }
        return applied;
    }

    private void addByValue(SchemaNode node, Keyword keyword, List<Applied> to) {
        if (!(node.get(keyword) instanceof JsonValue.Members names)) {
            return;
        }
        Pointer pointer = node.pointer().then(keyword.text());
        names.members().forEach((name, values) -> {
            Pointer at = pointer.then(name);
            ((JsonValue.Members) values)
                    .members()
                    .forEach((value, schema) -> to.add(
                            new Applied(keyword, name, value, of(node.at().child(schema, at.then(value))))));
        });
    }

    /** The schema at the end of a chain of schemas that consist of a reference only; the schema itself if it says more. */
    public SchemaNode target(SchemaNode start) {
        if (!isReference(start)) {
            return start;
        }
        SchemaNode node = start;
        Set<SchemaNode> passed = new HashSet<>();
        while (isReference(node)) {
            if (!passed.add(node)) {
                if (loops) {
                    return node;
                }
                throw new ReferenceException("these references lead in a circle, which has no meaning", place(node));
            }
            node = reference(node, firstReference(node));
        }
        return node;
    }

    private boolean isReference(SchemaNode node) {
        return node.isSchema()
                && node.keywords().stream().anyMatch(Keyword::isReference)
                && (hidesSiblings(node) || node.keywords().size() == 1);
    }

    private static Keyword firstReference(SchemaNode node) {
        return node.keywords().stream().filter(Keyword::isReference).findFirst().orElseThrow();
    }

    /** Where a lane is in its text. */
    public Place place(SchemaNode node) {
        return node.at().place();
    }
}
