// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.SubtypeResolver;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.jsontype.TypeIdResolver;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of types whose values are of several classes, of which each value says its own. */
final class VariantSchemas {

    private final TypeWalk walk;
    private final DeserializationContext context;
    private final Definitions definitions;
    private final ObjectSchemas objects;

    VariantSchemas(TypeWalk walk, DeserializationContext context, Definitions definitions, ObjectSchemas objects) {
        this.walk = walk;
        this.context = context;
        this.definitions = definitions;
        this.objects = objects;
    }

    /**
     * The schema of a type, whose classes a type deserializer tells apart.
     *
     * @param property the member of the type, which may name more classes; null for others
     */
    ObjectNode schema(JavaType type, TypeDeserializer typed, @Nullable AnnotatedMember property, Site site) {
        record Key(JavaType type, JsonTypeInfo.As inclusion, String member, Map<String, JavaType> classes) {}
        Map<String, JavaType> classes = classes(type, typed, property, site);
        String member = String.valueOf(typed.getPropertyName());
        return definitions.choice(
                new Key(type, typed.getTypeInclusion(), member, classes),
                type,
                site.path(),
                node -> fill(node, typed, classes, site));
    }

    private void fill(ObjectNode node, TypeDeserializer typed, Map<String, JavaType> classes, Site site) {
        Map<JavaType, List<String>> ids = new LinkedHashMap<>();
        classes.forEach((id, subtype) ->
                ids.computeIfAbsent(subtype, key -> new ArrayList<>()).add(id));
        ArrayNode alternatives = node.putArray("anyOf");
        ids.forEach((subtype, names) -> {
            Site inside = Site.of(site.path() + "<" + subtype.getRawClass().getSimpleName() + ">");
            switch (typed.getTypeInclusion()) {
                case PROPERTY, EXISTING_PROPERTY ->
                    alternatives.add(objects.variant(
                            subtype,
                            reader(subtype, inside),
                            new ObjectSchemas.TypeMember(typed.getPropertyName(), List.copyOf(names)),
                            inside));
                case WRAPPER_OBJECT -> names.forEach(name -> alternatives.add(wrappedInObject(name, subtype, inside)));
                case WRAPPER_ARRAY -> names.forEach(name -> alternatives.add(wrappedInArray(name, subtype, inside)));
                default ->
                    throw Refusal.annotation(
                            "@JsonTypeInfo", site.path(), "the type of a value must stand in the value itself");
            }
        });
    }

    private ValueDeserializer<?> reader(JavaType type, Site site) {
        try {
            return context.findContextualValueDeserializer(type, null);
        } catch (JacksonException e) {
            throw UnreadableType.of(context, type, site.path(), e);
        }
    }

    private ObjectNode wrappedInObject(String name, JavaType subtype, Site site) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("type", "object");
        node.putObject("properties").set(name, walk.value(subtype, reader(subtype, site), null, site));
        node.putArray("required").add(name);
        return node.put("additionalProperties", false);
    }

    private ObjectNode wrappedInArray(String name, JavaType subtype, Site site) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("type", "array");
        ArrayNode items = node.putArray("prefixItems");
        items.addObject().put("const", name);
        items.add(walk.value(subtype, reader(subtype, site), null, site));
        return node.put("minItems", 2).put("items", false);
    }

    /** The classes of which values can be, by what the text calls them. */
    private Map<String, JavaType> classes(
            JavaType base, TypeDeserializer typed, @Nullable AnnotatedMember property, Site site) {
        TypeIdResolver resolver = typed.getTypeIdResolver();
        JsonTypeInfo.Id mechanism = resolver == null ? null : resolver.getMechanism();
        boolean byName = mechanism == JsonTypeInfo.Id.NAME || mechanism == JsonTypeInfo.Id.SIMPLE_NAME;
        boolean byClass = mechanism == JsonTypeInfo.Id.CLASS || mechanism == JsonTypeInfo.Id.MINIMAL_CLASS;
        if (resolver == null || typed.getTypeInclusion() == null || !(byName || byClass)) {
            throw Refusal.annotation("@JsonTypeInfo", site.path(), "a value must say which class it is of by a name");
        }
        DeserializationConfig config = context.getConfig();
        SubtypeResolver known = config.getSubtypeResolver();
        Collection<NamedType> subtypes = property == null
                ? known.collectAndResolveSubtypesByTypeId(config, context.introspectClassAnnotations(base))
                : known.collectAndResolveSubtypesByTypeId(config, property, base);
        Map<String, JavaType> classes = new LinkedHashMap<>();
        for (NamedType named : subtypes) {
            if (!isConcrete(named.getType())) {
                continue;
            }
            String id = named.hasName() && !byClass ? named.getName() : idOf(resolver, named.getType());
            JavaType subtype = typeOf(resolver, id);
            if (subtype == null || subtype.getRawClass() != named.getType()) {
                throw Refusal.annotation(
                        "@JsonTypeInfo",
                        site.path(),
                        "the name " + id + " is not read as " + named.getType().getName());
            }
            classes.put(id, context.constructSpecializedType(base, subtype.getRawClass()));
        }
        if (classes.isEmpty()) {
            throw Refusal.type(
                    base, site.path(), "nothing says which classes it may be; make it sealed, or use @JsonSubTypes");
        }
        return classes;
    }

    private static boolean isConcrete(Class<?> type) {
        return !type.isInterface() && !Modifier.isAbstract(type.getModifiers());
    }

    private String idOf(TypeIdResolver resolver, Class<?> type) {
        return resolver.idFromValueAndType(context, null, type);
    }

    private @Nullable JavaType typeOf(TypeIdResolver resolver, String id) {
        try {
            return resolver.typeFromId(context, id);
        } catch (JacksonException e) {
            return null;
        }
    }
}
