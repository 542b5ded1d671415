// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.std.ContainerDeserializerBase;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Walks the deserializers that Jackson reads a type with, and writes down the schema of what they read. So names, creators, ignored members
 * and formats are those of the reader, and what the reader has of its own is refused. One walk, one thread.
 */
final class TypeWalk {

    private final JsonMapper mapper;
    private final DeserializationContext context;
    private final Definitions definitions = new Definitions();
    private final ObjectSchemas objects;
    private final VariantSchemas variants;

    private TypeWalk(JsonMapper mapper) {
        this.mapper = mapper;
        this.context = mapper._deserializationContext();
        this.objects = new ObjectSchemas(this, context, definitions);
        this.variants = new VariantSchemas(this, context, definitions, objects);
    }

    /**
     * The schema of a type.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException naming the first type or annotation without an exact schema, and its path
     */
    static ObjectNode schema(JsonMapper mapper, JavaType type) {
        TypeWalk walk = new TypeWalk(mapper);
        return walk.definitions.finish(walk.value(type, Site.of("")));
    }

    JsonMapper mapper() {
        return mapper;
    }

    /** The schema of a type as it is read by itself. */
    ObjectNode value(JavaType type, Site site) {
        return value(type, deserializer(type, site), context.findTypeDeserializer(type), site);
    }

    private ValueDeserializer<?> deserializer(JavaType type, Site site) {
        try {
            return context.findContextualValueDeserializer(type, null);
        } catch (JacksonException e) {
            throw UnreadableType.of(context, type, site.path(), e);
        }
    }

    /** The schema of a type as one deserializer reads it, and the constraints of its site with it. */
    ObjectNode value(
            JavaType type, @Nullable ValueDeserializer<?> reader, @Nullable TypeDeserializer typed, Site site) {
        ValueDeserializer<?> deserializer = reader == null ? deserializer(type, site) : reader;
        if (typed != null) {
            site.refuseConstraints(type, true);
            return variants.schema(type, typed, null, site);
        }
        checkOwn(type, deserializer, site);
        Set<Constraint> constraints = site.constraints();
        ObjectNode node;
        if (deserializer instanceof BeanDeserializerBase bean) {
            return objects.schema(type, bean, site);
        } else if (ScalarTypes.schema(type.getRawClass()) != null && !ScalarTypes.isOptional(type.getRawClass())) {
            node = scalar(type, site);
        } else if (type.isEnumType()) {
            node = enumeration(type, site);
        } else if (type.isArrayType() || type.isCollectionLikeType()) {
            node = array(type, deserializer, site, ConstraintKeywords.needContent(constraints));
        } else if (type.isMapLikeType()) {
            node = map(type, deserializer, site, ConstraintKeywords.needContent(constraints));
        } else if (type.getRawClass() == AtomicReference.class) {
            site.refuseConstraints(type, false);
            return content(type, deserializer, site, "");
        } else {
            throw refused(type, site);
        }
        ConstraintKeywords.add(constraints, node, type, site.path());
        return node;
    }

    /** The schema of a member whose values are of several classes. */
    ObjectNode variant(JavaType type, SettableBeanProperty property, Site site) {
        site.refuseConstraints(type, true);
        return variants.schema(type, property.getValueTypeDeserializer(), property.getMember(), site);
    }

    /** What an optional member holds when it is there. */
    ObjectNode insideOptional(JavaType type, @Nullable ValueDeserializer<?> reader, Site site) {
        if (type.getRawClass() == Optional.class) {
            ValueDeserializer<?> deserializer = reader == null ? deserializer(type, site) : reader;
            Site inside = site.inside(0, "");
            return content(
                    type, deserializer, new Site(site.path(), site.constraints(), inside.types(), site.format()), "");
        }
        ObjectNode node = scalar(type, site);
        ConstraintKeywords.add(site.constraints(), node, type, site.path());
        return node;
    }

    /** The schema of what a reference holds; the site is that of the content. */
    private ObjectNode content(JavaType type, ValueDeserializer<?> deserializer, Site site, String suffix) {
        JavaType content = type.getContentType();
        checkOwn(type, deserializer, site);
        return value(
                content,
                null,
                contentType(content),
                new Site(site.path() + suffix, site.declared(), site.types(), site.format()));
    }

    private @Nullable TypeDeserializer contentType(JavaType content) {
        TypeDeserializer handler = (TypeDeserializer) content.getTypeHandler();
        return handler == null ? context.findTypeDeserializer(content) : handler;
    }

    private static void checkOwn(JavaType type, ValueDeserializer<?> deserializer, Site site) {
        String reader = deserializer.getClass().getName();
        boolean known = reader.startsWith("tools.jackson.databind.deser.")
                || reader.startsWith("tools.jackson.databind.ext.j")
                || deserializer instanceof YearReader
                || deserializer instanceof LongReader;
        if (!known || reader.endsWith("ConvertingDeserializer") || reader.endsWith("DelegatingDeserializer")) {
            throw Refusal.type(
                    type,
                    site.path(),
                    "it is read by " + reader
                            + "; give a schema by hand, Output.jsonSchema(…), and read its text with as(…)");
        }
    }

    private ObjectNode scalar(JavaType type, Site site) {
        String schema = Objects.requireNonNull(ScalarTypes.schema(type.getRawClass()));
        ObjectNode node = (ObjectNode) mapper.readTree(schema);
        JsonFormat.Value format = site.format();
        if (format.hasPattern()) {
            String expression = Boolean.FALSE.equals(format.getLenient()) || format.hasTimeZone()
                    ? null
                    : TimePatterns.ofFormat(type.getRawClass(), format.getPattern())
                            .orElse(null);
            if (expression == null) {
                throw Refusal.annotation(
                        "@JsonFormat",
                        site.path(),
                        "its pattern " + format.getPattern() + " for " + Refusal.name(type)
                                + " is more than year, month, day, hour, minute, second, fraction and offset, each once and in digits");
            }
            node.put("pattern", "^" + expression + "$");
        } else if (format.hasTimeZone() || format.hasNonDefaultRadix() || changesShape(node, format.getShape())) {
            throw Refusal.annotation(
                    "@JsonFormat", site.path(), "what it asks for is not how " + Refusal.name(type) + " is written");
        }
        return node;
    }

    private static boolean changesShape(ObjectNode node, JsonFormat.Shape shape) {
        boolean text = !node.has("type") || node.get("type").asString().equals("string");
        return switch (shape) {
            case ANY, NATURAL, SCALAR -> false;
            case STRING -> !text;
            default -> true;
        };
    }

    /** The texts that the constants are written as, each of which must be read as its constant again. */
    private ObjectNode enumeration(JavaType type, Site site) {
        if (site.format().getShape() != JsonFormat.Shape.ANY
                && site.format().getShape() != JsonFormat.Shape.STRING
                && site.format().getShape() != JsonFormat.Shape.NATURAL) {
            throw Refusal.annotation("@JsonFormat", site.path(), "put the shape on the enum itself");
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode values = node.putArray("enum");
        for (Object constant : constants(type)) {
            JsonNode value = written(constant);
            if (value == null || read(value, type) != constant) {
                throw Refusal.type(
                        type, site.path(), "its constant " + constant + " is not read from what it is written as");
            }
            values.add(value);
        }
        if (values.isEmpty()) {
            throw Refusal.type(type, site.path(), "an enum without constants has no value");
        }
        return node;
    }

    private static Object[] constants(JavaType type) {
        Object[] constants = type.getRawClass().getEnumConstants();
        return constants == null ? new Object[0] : constants;
    }

    private @Nullable JsonNode written(Object constant) {
        try {
            JsonNode value = mapper.valueToTree(constant);
            return value.isString() || value.isIntegralNumber() || value.isBoolean() ? value : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private @Nullable Object read(JsonNode value, JavaType type) {
        try {
            return mapper.treeToValue(value, type);
        } catch (JacksonException e) {
            return null;
        }
    }

    private ObjectNode array(JavaType type, ValueDeserializer<?> reader, Site site, boolean needed) {
        JavaType item = type.getContentType();
        Class<?> raw = type.getRawClass();
        if (!type.isArrayType() && !raw.getName().startsWith("java.util.")) {
            throw Refusal.type(type, site.path(), "use a collection of java.util");
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("type", "array");
        Site inside = site.inside(0, "[]");
        node.set("items", definitions.part(needed, () -> value(item, contents(reader), contentType(item), inside)));
        if (Set.class.isAssignableFrom(raw)) {
            checkOrder(type, item, site);
            node.put("uniqueItems", true);
        }
        return node;
    }

    private static void checkOrder(JavaType type, JavaType item, Site site) {
        boolean sorted = SortedSet.class.isAssignableFrom(type.getRawClass())
                || SortedMap.class.isAssignableFrom(type.getRawClass());
        if (sorted && !item.isTypeOrSubTypeOf(Comparable.class) && !item.isPrimitive()) {
            throw Refusal.type(
                    type, site.path(), "its order needs a Comparable, which " + Refusal.name(item) + " is not");
        }
    }

    private static @Nullable ValueDeserializer<?> contents(ValueDeserializer<?> reader) {
        return reader instanceof ContainerDeserializerBase<?> container ? container.getContentDeserializer() : null;
    }

    private ObjectNode map(JavaType type, ValueDeserializer<?> reader, Site site, boolean needed) {
        Class<?> raw = type.getRawClass();
        if (!raw.getName().startsWith("java.util.")) {
            throw Refusal.type(type, site.path(), "use a map of java.util");
        }
        JavaType key = type.getKeyType();
        checkOrder(type, key, site);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("type", "object");
        Optional<ObjectNode> names = MapKeys.schema(key, constantsOf(key, site), site.inside(0, "{key}"));
        Site inside = site.inside(1, "{}");
        JavaType content = type.getContentType();
        ObjectNode values =
                definitions.part(needed, () -> value(content, contents(reader), contentType(content), inside));
        names.ifPresent(schema -> node.set("propertyNames", schema));
        node.set("additionalProperties", values);
        return node;
    }

    /** The texts of an enum as keys, in the order of its constants. */
    private Set<String> constantsOf(JavaType key, Site site) {
        Set<String> texts = new LinkedHashSet<>();
        if (key.isEnumType()) {
            JavaType map =
                    mapper.getTypeFactory().constructMapType(EnumMap.class, key, mapper.constructType(Integer.class));
            for (Object constant : constants(key)) {
                String text = mapper.valueToTree(Map.of(constant, 1))
                        .propertyNames()
                        .iterator()
                        .next();
                Object read = read(JsonNodeFactory.instance.objectNode().put(text, 1), map);
                if (!(read instanceof Map<?, ?> one) || !one.containsKey(constant)) {
                    throw Refusal.type(
                            key,
                            site.path() + "{key}",
                            "its constant " + constant + " is not read from what it is written as");
                }
                texts.add(text);
            }
        }
        return texts;
    }

    private static RuntimeException refused(JavaType type, Site site) {
        Class<?> raw = type.getRawClass();
        String advice;
        if (ScalarTypes.isOptional(raw)) {
            advice = "an optional stands for a member that may be left out, nothing else";
        } else if (raw.isInterface() || type.isAbstract()) {
            advice = "nothing says which classes it may be; make it sealed, or use @JsonTypeInfo and @JsonSubTypes";
        } else {
            advice = "use a record, an enum, a list, an optional or a scalar type";
        }
        return Refusal.type(type, site.path(), advice);
    }
}
