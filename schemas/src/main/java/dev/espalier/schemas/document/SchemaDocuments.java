// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.document;

import dev.espalier.core.Limits;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.schemas.json.JsonReader;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.json.Shapes;
import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.SchemaOptions;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The documents to which references may lead: the text that is compiled, the documents that the caller supplied, and the metaschemas. The last
 * two are read when first needed, each once; nothing is ever fetched. Not thread-safe.
 *
 * <p>A URI is searched for in the document that refers to it, then in the text that is compiled, then among the URIs of the supplied
 * documents, then among the metaschemas, then inside all supplied documents in the order of their URIs. So the result does not depend on what
 * was read before.
 */
public final class SchemaDocuments {

    private final Limits limits;
    private final Optional<Draft> override;
    private final Map<String, String> supplied = new TreeMap<>();
    private final Metaschemas metaschemas;
    private final Shapes shapes = new Shapes();
    private final Map<String, SchemaDocument> read = new HashMap<>();
    private final Set<String> reading = new HashSet<>();
    private final Dialects dialects;
    private final SchemaDocument main;
    private Dialect fallback;

    /**
     * The documents of one compilation.
     *
     * @throws SyntaxException if the text is not JSON
     * @throws LimitExceededException if it is past a limit
     */
    public SchemaDocuments(String text, SchemaOptions options, Limits limits, Metaschemas metaschemas) {
        this.limits = limits;
        this.override = options.draft();
        this.metaschemas = metaschemas;
        options.documents().forEach((uri, document) -> supplied.putIfAbsent(normalised(uri), document));
        this.dialects = new Dialects(this, options.extraKeywords());
        this.fallback = dialects.of(override.orElse(options.defaultDraft()));
        JsonValue root = JsonReader.read("", text, limits, shapes);
        this.main = new SchemaDocument(this, "", text, root, fallback, false);
        this.fallback = main.root().resource().dialect();
    }

    private static String normalised(String uri) {
        return UriReference.resolve("", uri).withoutFragment();
    }

    /** A string that is not part of a text, as a value of this compilation. */
    public JsonValue text(String value) {
        return new JsonValue.Text(value, 0, shapes.of(value));
    }

    /** The root of the text that is compiled. */
    public Located root() {
        Located root = main.root();
        return root.reachedFrom(DynamicScope.EMPTY);
    }

    /** The dialect of a schema that names its metaschema. */
    Dialect dialect(String metaschema, SchemaDocument document) {
        boolean overridden = override.isPresent() && !document.isMetaschema();
        return overridden ? dialects.of(override.get()) : dialects.named(metaschema);
    }

    /** The document of a URI without a fragment, among the supplied ones and the metaschemas; null if there is none. */
    @Nullable
    SchemaDocument document(String uri) {
        SchemaDocument known = read.get(uri);
        if (known != null) {
            return known;
        }
        String text = supplied.get(uri);
        boolean bundled = text == null;
        if (bundled) {
            text = metaschemas.text(uri);
        }
        if (text == null || !reading.add(uri)) {
            return null;
        }
        try {
            JsonValue root = JsonReader.read(uri, text, limits, shapes);
            Draft draft = bundled ? Metaschemas.draft(uri) : null;
            Dialect unless = draft != null ? dialects.of(draft) : fallback;
            SchemaDocument document = new SchemaDocument(this, uri, text, root, unless, bundled);
            read.put(uri, document);
            return document;
        } finally {
            reading.remove(uri);
        }
    }

    /**
     * The schema to which a reference leads. If the static target of {@code $dynamicRef} or {@code $recursiveRef} has a dynamic anchor of that
     * name, the reference leads to the schema with such an anchor in the outermost resource of the dynamic scope.
     *
     * @throws ReferenceException if it has no static target
     */
    Located follow(Keyword keyword, String reference, Located from, Supplier<Place> place) {
        Located target = target(reference, from.resource(), place);
        String name = dynamicName(keyword, reference, target);
        Located outermost = name == null ? null : from.scope().get(name);
        return (outermost == null ? target : outermost).reachedFrom(from.scope());
    }

    /** The name that a reference of a schema looks up in the dynamic scope; null if its target does not depend on the scope. */
    @Nullable
    String dynamicName(Keyword keyword, Located at) {
        return at.get(keyword) instanceof JsonValue.Text reference
                ? dynamicName(keyword, reference.value(), target(reference.value(), at.resource(), at::place))
                : null;
    }

    private static @Nullable String dynamicName(Keyword keyword, String reference, Located target) {
        String anchor = keyword == Keyword.REF ? null : SchemaDocument.dynamicAnchor(target);
        boolean named = anchor != null
                && anchor.equals(decoded(UriReference.of(reference).fragmentOrEmpty()));
        return named && (keyword == Keyword.RECURSIVE_REF) == (anchor != null && anchor.isEmpty()) ? anchor : null;
    }

    private Located target(String reference, Resource from, Supplier<Place> place) {
        boolean local = reference.startsWith("#");
        UriReference uri = local ? null : UriReference.resolve(from.base(), reference);
        String base = uri == null ? from.base() : uri.withoutFragment();
        Located resource = local || base.equals(from.base())
                ? new Located(from.root(), from, from.pointer(), DynamicScope.EMPTY)
                : find(base, from.document());
        if (resource == null) {
            throw missing(
                    reference,
                    (base.equals(reference) ? "it" : "it means \"" + shortened(base) + "\", which")
                            + " names no schema of this text nor of a document that was supplied; nothing is ever fetched",
                    place);
        }
        String fragment = decoded(uri == null ? reference.substring(1) : uri.fragmentOrEmpty());
        if (fragment.isEmpty()) {
            return resource;
        }
        SchemaDocument document = resource.resource().document();
        List<String> failed = new ArrayList<>();
        Located found = fragment.startsWith("/")
                ? document.walk(resource, fragment, failed)
                : document.anchored(resource.resource(), fragment);
        if (found == null) {
            throw missing(
                    reference, failed.isEmpty() ? "there is no anchor \"" + fragment + "\"" : failed.get(0), place);
        }
        return found;
    }

    private @Nullable Located find(String base, SchemaDocument from) {
        Located found = from.named(base);
        if (found == null) {
            found = main.named(base);
        }
        SchemaDocument document = found == null ? document(base) : null;
        if (document != null) {
            return document.root();
        }
        for (String uri : supplied.keySet()) {
            SchemaDocument other = found == null ? document(uri) : null;
            found = other == null ? found : other.named(base);
        }
        return found;
    }

    private static String decoded(String fragment) {
        if (fragment.indexOf('%') < 0) {
            return fragment;
        }
        try {
            return URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return fragment;
        }
    }

    private static ReferenceException missing(String reference, String why, Supplier<Place> place) {
        return new ReferenceException("\"" + shortened(reference) + "\" leads nowhere: " + why, place.get());
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
