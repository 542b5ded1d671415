// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.document;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.name.NearestName;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.json.Pointer;
import dev.espalier.schemas.options.Draft;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A schema text with the places of its schemas, and with the URIs and anchors that name some of them. */
public final class SchemaDocument {

    private final SchemaDocuments documents;
    private final String uri;
    private final String text;
    private final JsonValue root;
    private final boolean metaschema;
    private final Resource main;
    private final Map<JsonValue, Resource> resources = new IdentityHashMap<>();
    private final Map<Resource, Map<String, Located>> dynamicAnchors = new HashMap<>();
    private final boolean mayHaveAnchors;
    private @Nullable Map<String, Located> named;

    /**
     * A schema text.
     *
     * @param uri the URI by which it is known; empty for the text that is compiled
     * @param fallback its dialect if it does not name one
     * @param metaschema whether it is the metaschema of a draft
     */
    SchemaDocument(
            SchemaDocuments documents, String uri, String text, JsonValue root, Dialect fallback, boolean metaschema) {
        this.documents = documents;
        this.uri = uri;
        this.text = text;
        this.root = root;
        this.metaschema = metaschema;
        this.mayHaveAnchors = text.contains("Anchor") || text.contains("\\u");
        Dialect dialect = dialect(root, fallback);
        String id = id(root, dialect.draft());
        String base = id == null ? uri : UriReference.resolve(uri, id).withoutFragment();
        this.main = new Resource(this, base, root, Pointer.ROOT, dialect);
        resources.put(root, main);
    }

    /** The root schema. */
    Located root() {
        return new Located(root, main, Pointer.ROOT, DynamicScope.EMPTY);
    }

    /** Whether this is a draft's own metaschema, which only that draft can read. */
    boolean isMetaschema() {
        return metaschema;
    }

    /** The place of a value of this text. */
    public Place place(JsonValue value, Pointer pointer) {
        return Place.in(uri, text, value.offset()).withPointer(pointer.toString());
    }

    /** The document's URI, which reports show before a pointer; empty for the text that is compiled. */
    public String uri() {
        return uri;
    }

    /** The value of a member that is a string; null if there is none. */
    static @Nullable String text(JsonValue schema, String keyword) {
        return schema instanceof JsonValue.Members object
                        && object.members().get(keyword) instanceof JsonValue.Text string
                ? string.value()
                : null;
    }

    private Dialect dialect(JsonValue schema, Dialect outer) {
        String named = text(schema, "$schema");
        return named == null ? outer : documents.dialect(named, this);
    }

    /** The URI that a schema gives itself ({@code id} in draft 4). Up to draft 7 a {@code $ref} hides it. */
    private static @Nullable String id(JsonValue schema, Draft draft) {
        boolean hidden = !draft.since(Draft.DRAFT_2019_09) && text(schema, Keyword.REF.text()) != null;
        return hidden ? null : text(schema, draft == Draft.DRAFT_4 ? "id" : "$id");
    }

    /** A schema inside another one, in the same resource or in one of its own. */
    Located inside(JsonValue value, Resource outer, Pointer pointer) {
        return new Located(value, resource(value, outer, pointer), pointer, DynamicScope.EMPTY);
    }

    /**
     * The resource to which a schema belongs. The draft of the enclosing resource decides whether the schema has a URI of its own; only then may
     * it have a dialect of its own.
     */
    private Resource resource(JsonValue schema, Resource outer, Pointer pointer) {
        Resource known = resources.get(schema);
        if (known != null) {
            return known;
        }
        String id = id(schema, outer.draft());
        if (id == null || id.startsWith("#")) {
            return outer;
        }
        UriReference resolved = UriReference.resolve(outer.base(), id);
        String base = resolved.withoutFragment();
        if (base.equals(outer.base()) && !resolved.fragmentOrEmpty().isEmpty()) {
            return outer;
        }
        Resource own = new Resource(this, base, schema, pointer, dialect(schema, outer.dialect()));
        resources.put(schema, own);
        return own;
    }

    /** The value to which a JSON pointer leads from a schema; null if there is none, with the place where the pointer fails in {@code failed}. */
    @Nullable
    public Located walk(Located from, String pointer, List<String> failed) {
        Located at = from;
        Subschemas.Position position = Subschemas.Position.SCHEMA;
        for (String raw : pointer.substring(1).split("/", -1)) {
            String token = raw.replace("~1", "/").replace("~0", "~");
            JsonValue next = null;
            if (at.value() instanceof JsonValue.Members object) {
                next = object.members().get(token);
            } else if (at.value() instanceof JsonValue.Items array && token.matches("0|[1-9][0-9]{0,8}")) {
                List<JsonValue> items = array.items();
                next = Integer.parseInt(token) < items.size() ? items.get(Integer.parseInt(token)) : null;
            }
            if (next == null) {
                String meant = at.value() instanceof JsonValue.Members object
                        ? NearestName.question(token, object.members().keySet())
                        : "";
                failed.add("there is no \"" + token + "\" at " + at.pointer() + meant);
                return null;
            }
            position = position.inside(at.value(), token, at.resource().dialect());
            Pointer below = at.pointer().then(token);
            at = position.isSchema(next)
                    ? inside(next, at.resource(), below)
                    : new Located(next, at.resource(), below, DynamicScope.EMPTY);
        }
        return position == Subschemas.Position.OTHER ? inside(at.value(), at.resource(), at.pointer()) : at;
    }

    /** The schema that has an anchor in a resource of this document; null if none has. */
    @Nullable
    Located anchored(Resource resource, String anchor) {
        return named().get(resource.base() + "#" + anchor);
    }

    /** The schema of a URI; null if none has it. */
    @Nullable
    Located named(String base) {
        return named().get(base);
    }

    /** The dynamic anchors of a resource of this document. A text that does not contain the word "Anchor" has none and is not searched. */
    Map<String, Located> dynamicAnchors(Resource resource) {
        if (!mayHaveAnchors) {
            return Map.of();
        }
        named();
        return dynamicAnchors.getOrDefault(resource, Map.of());
    }

    /** The schemas that have a URI, or an anchor in one ({@code uri#name}), found by one walk when first needed. */
    private Map<String, Located> named() {
        Map<String, Located> known = named;
        if (known == null) {
            known = new HashMap<>();
            named = known;
            ArrayDeque<Located> open = new ArrayDeque<>(List.of(root()));
            while (!open.isEmpty()) {
                Located at = open.pop();
                name(at, known);
                Subschemas.forEach(
                        at.value(),
                        at.resource().dialect(),
                        at.pointer(),
                        (keyword, value, pointer) -> open.push(inside(value, at.resource(), pointer)));
            }
        }
        return known;
    }

    private void name(Located at, Map<String, Located> names) {
        Resource resource = at.resource();
        boolean outermost = resource.root() == at.value();
        if (outermost) {
            names.putIfAbsent(resource.base(), at);
        }
        Draft draft = resource.draft();
        if (!draft.since(Draft.DRAFT_2019_09)) {
            String id = id(at.value(), draft);
            String fragment = id == null ? "" : UriReference.of(id).fragmentOrEmpty();
            if (!fragment.isEmpty()) {
                names.putIfAbsent(resource.base() + "#" + fragment, at);
            }
            return;
        }
        String anchor = text(at.value(), "$anchor");
        if (anchor != null) {
            names.putIfAbsent(resource.base() + "#" + anchor, at);
        }
        String dynamic = dynamicAnchor(at);
        if (dynamic != null && (outermost || !dynamic.isEmpty())) {
            if (!dynamic.isEmpty()) {
                names.putIfAbsent(resource.base() + "#" + dynamic, at);
            }
            dynamicAnchors.computeIfAbsent(resource, k -> new HashMap<>()).putIfAbsent(dynamic, at);
        }
    }

    /** The dynamic anchor of a schema; empty for {@code $recursiveAnchor}; null if it has none. */
    static @Nullable String dynamicAnchor(Located at) {
        if (at.resource().draft() == Draft.DRAFT_2020_12) {
            return text(at.value(), "$dynamicAnchor");
        }
        return at.resource().draft() == Draft.DRAFT_2019_09
                        && at.value() instanceof JsonValue.Members object
                        && JsonValue.isTrue(object.members().get("$recursiveAnchor"))
                ? ""
                : null;
    }

    /** The error that a schema is malformed. */
    public SyntaxException malformed(String message, JsonValue value, Pointer pointer) {
        return new SyntaxException(message, place(value, pointer));
    }
}
