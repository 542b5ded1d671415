package dev.espalier.schemas;

import dev.espalier.grammar.error.Place;
import dev.espalier.grammar.error.ReferenceException;
import dev.espalier.grammar.error.SyntaxException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One schema text: where each schema of it is, and where its references lead. References never leave the text: nothing
 * is fetched.
 */
final class SchemaDocument {

    private final String text;
    private final JsonValue root;
    private final Optional<Draft> override;
    private final Resource main;
    private final Map<JsonValue, Resource> resources = new IdentityHashMap<>();
    private @Nullable Map<String, Located> named;

    /** A schema with the resource that it belongs to. */
    record Located(JsonValue value, Resource resource, Pointer pointer) {}

    SchemaDocument(String text, JsonValue root, Optional<Draft> override, Draft fallback) {
        this.text = text;
        this.root = root;
        this.override = override;
        Resource outside = new Resource("", root, Pointer.ROOT, override.orElse(fallback));
        Resource own = resource(root, outside, Pointer.ROOT);
        this.main = own == outside ? new Resource("", root, Pointer.ROOT, draft(root, outside.draft())) : own;
        resources.put(root, main);
    }

    /** The root schema. */
    Located root() {
        return new Located(root, main, Pointer.ROOT);
    }

    /** The place of a value of this text. */
    Place place(JsonValue value, Pointer pointer) {
        return Place.in("", text, value.offset()).withPointer(pointer.toString());
    }

    private Draft draft(JsonValue schema, Draft outer) {
        if (override.isPresent()) {
            return override.get();
        }
        String uri = text(schema, "$schema");
        Draft named = uri == null ? null : Draft.of(uri);
        return named != null ? named : uri != null ? Draft.DRAFT_2020_12 : outer;
    }

    private static @Nullable String text(JsonValue schema, String keyword) {
        return schema instanceof JsonValue.Members object
                        && object.members().get(keyword) instanceof JsonValue.Text string
                ? string.value()
                : null;
    }

    /** A schema inside another one: the same resource, or one of its own. */
    Located inside(JsonValue value, Resource outer, Pointer pointer) {
        return new Located(value, resource(value, outer, pointer), pointer);
    }

    private Resource resource(JsonValue schema, Resource outer, Pointer pointer) {
        Resource known = resources.get(schema);
        if (known != null) {
            return known;
        }
        Draft draft = draft(schema, outer.draft());
        String id = text(schema, draft == Draft.DRAFT_4 ? "id" : "$id");
        boolean hidden = !draft.since(Draft.DRAFT_2019_09) && text(schema, "$ref") != null;
        if (id == null || id.startsWith("#") || hidden) {
            return outer;
        }
        String base = withoutFragment(resolve(outer.base(), id));
        Resource own = new Resource(base, schema, pointer, draft);
        resources.put(schema, own);
        return own;
    }

    private static String withoutFragment(String uri) {
        int hash = uri.indexOf('#');
        return hash < 0 ? uri : uri.substring(0, hash);
    }

    private static String resolve(String base, String reference) {
        try {
            return base.isEmpty()
                    ? reference
                    : URI.create(base).resolve(reference).toString();
        } catch (IllegalArgumentException e) {
            return reference;
        }
    }

    /**
     * The schema that a reference leads to.
     *
     * @throws ReferenceException if there is none in this text
     */
    Located follow(String reference, Resource from, Supplier<Place> place) {
        String uri = reference.startsWith("#") ? from.base() + reference : resolve(from.base(), reference);
        String base = withoutFragment(uri);
        String fragment = uri.substring(Math.min(uri.length(), base.length() + 1));
        Located target = reference.startsWith("#") || base.equals(from.base())
                ? new Located(from.root(), from, from.pointer())
                : named().get(base);
        if (target == null) {
            throw missing(reference, "it names a document that was not supplied; nothing is ever fetched", place);
        }
        if (fragment.isEmpty()) {
            return target;
        }
        String decoded = decoded(fragment);
        if (decoded.startsWith("/")) {
            return walk(target, decoded, reference, place);
        }
        Located anchored = named().get(base + "#" + decoded);
        if (anchored == null) {
            throw missing(reference, "there is no such anchor", place);
        }
        return anchored;
    }

    private static String decoded(String fragment) {
        try {
            return URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return fragment;
        }
    }

    private static ReferenceException missing(String reference, String why, Supplier<Place> place) {
        String shown = reference.length() <= 100 ? reference : reference.substring(0, 100) + "…";
        return new ReferenceException("\"" + shown + "\" leads nowhere: " + why, place.get());
    }

    private Located walk(Located from, String pointer, String reference, Supplier<Place> place) {
        Located at = from;
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
                throw missing(reference, "there is no \"" + token + "\" at " + at.pointer(), place);
            }
            at = inside(next, at.resource(), at.pointer().then(token));
        }
        return at;
    }

    /** The schemas that have a URI, or an anchor in one ({@code uri#name}). Found by one walk, when first needed. */
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
                        at.pointer(),
                        true,
                        (keyword, value, pointer) -> open.push(inside(value, at.resource(), pointer)));
            }
        }
        return known;
    }

    private static void name(Located at, Map<String, Located> names) {
        Resource resource = at.resource();
        if (resource.root() == at.value()) {
            names.putIfAbsent(resource.base(), at);
        }
        Draft draft = resource.draft();
        String id = text(at.value(), draft == Draft.DRAFT_4 ? "id" : "$id");
        if (id != null && id.startsWith("#") && !draft.since(Draft.DRAFT_2019_09)) {
            names.putIfAbsent(resource.base() + id, at);
        }
        for (String keyword : List.of("$anchor", "$dynamicAnchor")) {
            String anchor = text(at.value(), keyword);
            if (anchor != null && draft.since(Draft.DRAFT_2019_09)) {
                names.putIfAbsent(resource.base() + "#" + anchor, at);
            }
        }
    }

    /** A malformed schema. */
    SyntaxException malformed(String message, JsonValue value, Pointer pointer) {
        return new SyntaxException(message, place(value, pointer));
    }
}
