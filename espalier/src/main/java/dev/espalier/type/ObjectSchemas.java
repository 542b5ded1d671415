// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.bean.BeanDeserializer;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.AnnotatedWithParams;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.NameTransformer;

/** The schemas of records and other classes that Jackson reads from objects, or by a creator from a value of another type. */
final class ObjectSchemas {

    /** The member that says which of several types an object is of. */
    record TypeMember(String name, List<String> ids) {}

    /** What is found of an object's members. */
    private static final class Members {
        private final Map<String, ObjectNode> schemas = new LinkedHashMap<>();
        private final Set<String> required = new LinkedHashSet<>();
    }

    private final TypeWalk walk;
    private final DeserializationContext context;
    private final Definitions definitions;

    /** The classes that are being read by creators of another type. */
    private final Set<JavaType> delegating = new HashSet<>();

    ObjectSchemas(TypeWalk walk, DeserializationContext context, Definitions definitions) {
        this.walk = walk;
        this.context = context;
        this.definitions = definitions;
    }

    /** The schema of a class. */
    ObjectNode schema(JavaType type, BeanDeserializerBase reader, Site site) {
        checkClass(type, reader, site.path());
        BeanDescription description = context.introspectBeanDescription(type);
        AnnotatedParameter delegate = delegate(reader.getValueInstantiator());
        if (delegate != null) {
            return delegated(type, description, delegate, reader, site);
        }
        JavaType scalar = scalarCreator(type, reader, description, site.path());
        if (scalar != null) {
            return delegated(type, description, null, scalar, site);
        }
        site.refuseConstraints(type, true);
        return definitions.object(
                reader, type, site.path(), node -> fill(node, type, reader, prefix(type, site.path()), null));
    }

    /** The schema of a class as one alternative, which has a member with its name. */
    ObjectNode variant(JavaType type, ValueDeserializer<?> reader, TypeMember member, Site site) {
        if (!(reader instanceof BeanDeserializerBase bean) || delegate(bean.getValueInstantiator()) != null) {
            throw Refusal.type(type, site.path(), "a subtype that a member names must be read from an object");
        }
        checkClass(type, bean, site.path());
        if (scalarCreator(type, bean, context.introspectBeanDescription(type), site.path()) != null) {
            throw Refusal.type(type, site.path(), "a subtype that a member names must be read from an object");
        }
        record Key(Object reader, TypeMember member) {}
        return definitions.object(
                new Key(reader, member),
                type,
                site.path(),
                node -> fill(node, type, bean, prefix(type, site.path()), member));
    }

    private static String prefix(JavaType type, String path) {
        return path.isEmpty() ? type.getRawClass().getSimpleName() : path;
    }

    private void checkClass(JavaType type, BeanDeserializerBase reader, String path) {
        Class<?> raw = type.getRawClass();
        if (raw.getTypeParameters().length > 0 && type.getBindings().isEmpty()) {
            throw Refusal.type(type, path, "give its type arguments, through a component or a wrapping record");
        }
        if (raw.getName().startsWith("java.") || raw.getName().startsWith("javax.")) {
            throw Refusal.type(type, path, "use a record, an enum, a list, an optional or a scalar type");
        }
        if (reader.getClass() != BeanDeserializer.class) {
            throw Refusal.type(
                    type, path, "it is read by " + reader.getClass().getSimpleName() + ", of which nothing is known");
        }
        KotlinTypes.check(type, walk.mapper(), path);
        if (reader.getObjectIdReader(context) != null) {
            throw Refusal.annotation("@JsonIdentityInfo", path, "a text may refer to objects that it does not have");
        }
        if (reader.hasAnySetter()) {
            throw Refusal.annotation("@JsonAnySetter", path, "use a member that is a Map");
        }
    }

    private static @Nullable AnnotatedParameter delegate(ValueInstantiator creators) {
        AnnotatedWithParams creator = creators.canCreateUsingDelegate()
                ? creators.getDelegateCreator()
                : creators.canCreateUsingArrayDelegate() ? creators.getArrayDelegateCreator() : null;
        return creator == null ? null : creator.getParameter(0);
    }

    private ObjectNode delegated(
            JavaType type,
            BeanDescription description,
            AnnotatedParameter parameter,
            BeanDeserializerBase reader,
            Site site) {
        ValueInstantiator creators = reader.getValueInstantiator();
        DeserializationConfig config = context.getConfig();
        JavaType content = creators.canCreateUsingDelegate()
                ? creators.getDelegateType(config)
                : creators.getArrayDelegateType(config);
        if (parameter.getOwner().getParameterCount() != 1) {
            throw Refusal.annotation("@JsonCreator", site.path(), "its delegating creator has other parameters, too");
        }
        return delegated(type, description, parameter, content, site);
    }

    /** The schema of the value that a class is made of, with the constraints on it. */
    private ObjectNode delegated(
            JavaType type,
            BeanDescription description,
            @Nullable AnnotatedParameter parameter,
            JavaType content,
            Site site) {
        site.refuseConstraints(type, true);
        if (!delegating.add(type)) {
            throw Refusal.type(type, site.path(), "its creator reads a value of the same type");
        }
        ConstrainedMembers members = new ConstrainedMembers(type.getRawClass());
        AnnotatedMember value = description.findJsonValueAccessor();
        String name = value == null ? onlyComponent(type.getRawClass()) : value.getName();
        Site inside = members.take(name, parameter == null ? null : declared(parameter), Site.of(site.path()));
        members.refuseRest(site.path());
        ObjectNode node = walk.value(content, inside);
        delegating.remove(type);
        return node;
    }

    private static String onlyComponent(Class<?> type) {
        return type.isRecord() && type.getRecordComponents().length == 1 ? type.getRecordComponents()[0].getName() : "";
    }

    /** The type of the one creator from a scalar value, if that is how values of the class are read; null for objects. */
    private @Nullable JavaType scalarCreator(
            JavaType type, BeanDeserializerBase reader, BeanDescription description, String path) {
        ValueInstantiator creators = reader.getValueInstantiator();
        Class<?>[] from = Stream.of(
                        creators.canCreateFromString() ? String.class : null,
                        creators.canCreateFromInt() ? int.class : null,
                        creators.canCreateFromLong() ? long.class : null,
                        creators.canCreateFromDouble() ? double.class : null,
                        creators.canCreateFromBoolean() ? boolean.class : null,
                        creators.canCreateFromBigInteger() ? BigInteger.class : null,
                        creators.canCreateFromBigDecimal() ? BigDecimal.class : null)
                .filter(Objects::nonNull)
                .toArray(Class<?>[]::new);
        boolean asObject = creators.canCreateFromObjectWith()
                || (creators.canCreateUsingDefault() && description.findJsonValueAccessor() == null);
        if (from.length == 0 || (asObject && !hasExplicitScalar(description))) {
            return null;
        }
        if (from.length > 1 || creators.canCreateFromObjectWith()) {
            throw Refusal.annotation("@JsonCreator", path, Refusal.name(type) + " has creators of several kinds");
        }
        return context.constructType(from[0]);
    }

    private boolean hasExplicitScalar(BeanDescription description) {
        return Stream.concat(description.getConstructors().stream(), description.getFactoryMethods().stream())
                .anyMatch(creator -> creator.getParameterCount() == 1
                        && context.getAnnotationIntrospector().findCreatorAnnotation(context.getConfig(), creator)
                                != null);
    }

    private void fill(
            ObjectNode node, JavaType type, BeanDeserializerBase reader, String path, @Nullable TypeMember typeMember) {
        Members members = new Members();
        if (typeMember != null) {
            ObjectNode id = JsonNodeFactory.instance.objectNode();
            if (typeMember.ids.size() == 1) {
                id.put("const", typeMember.ids.get(0));
            } else {
                typeMember.ids.forEach(id.putArray("enum")::add);
            }
            members.schemas.put(typeMember.name, id);
            members.required.add(typeMember.name);
        }
        collect(members, type, reader, path, NameTransformer.NOP);
        node.put("type", "object");
        ObjectNode properties = node.putObject("properties");
        members.schemas.forEach(properties::set);
        if (!members.required.isEmpty()) {
            ArrayNode required = node.putArray("required");
            members.required.forEach(required::add);
        }
        node.put("additionalProperties", false);
    }

    private void collect(
            Members members, JavaType type, BeanDeserializerBase reader, String path, NameTransformer names) {
        BeanDescription description = context.introspectBeanDescription(type);
        if (isThere(description.findBackReferences())) {
            throw Refusal.annotation("@JsonBackReference", path, "a text has no values that refer to what they are in");
        }
        if (isThere(description.findInjectables())) {
            throw Refusal.annotation("@JacksonInject", path, "there is nothing to inject");
        }
        ConstrainedMembers constrained = new ConstrainedMembers(type.getRawClass());
        Set<String> known = new HashSet<>();
        Set<String> unwrapped = new HashSet<>();
        for (BeanPropertyDefinition definition : description.findProperties()) {
            SettableBeanProperty property = reader.findProperty(PropertyName.construct(definition.getName()));
            known.add(definition.getName());
            String at = path + "." + definition.getInternalName();
            if (unwrapping(definition) != null) {
                constrained
                        .take(definition.getInternalName(), null, Site.of(at))
                        .refuseConstraints(type, true);
                if (unwrapped.add(definition.getInternalName())) {
                    unwrap(members, definition, at, names);
                }
            } else if (property != null && !property.isIgnorable() && !property.isInjectionOnly()) {
                Site site = constrained.take(
                        definition.getInternalName(),
                        parameter(definition),
                        new Site(at, Set.of(), List.of(), format(property)));
                put(members, property, site, names.transform(property.getName()));
            }
        }
        for (Iterator<SettableBeanProperty> all = reader.properties(); all.hasNext(); ) {
            String name = all.next().getName();
            if (!known.contains(name)) {
                throw Refusal.type(type, path + "." + name, "nothing is known of this member but that it is read");
            }
        }
        constrained.refuseRest(path);
    }

    private static boolean isThere(@Nullable Collection<?> found) {
        return found != null && !found.isEmpty();
    }

    private static boolean isThere(@Nullable Map<?, ?> found) {
        return found != null && !found.isEmpty();
    }

    private static @Nullable Parameter parameter(BeanPropertyDefinition definition) {
        AnnotatedParameter parameter = definition.getConstructorParameter();
        return parameter == null ? null : declared(parameter);
    }

    private static @Nullable Parameter declared(AnnotatedParameter parameter) {
        return parameter.getOwner().getAnnotated() instanceof Executable creator
                ? Arrays.asList(creator.getParameters()).get(parameter.getIndex())
                : null;
    }

    private JsonFormat.Value format(SettableBeanProperty property) {
        return property.findPropertyFormat(context.getConfig(), Object.class);
    }

    private @Nullable NameTransformer unwrapping(BeanPropertyDefinition definition) {
        AnnotatedMember member = definition.getPrimaryMember();
        return member == null
                ? null
                : context.getAnnotationIntrospector().findUnwrappingNameTransformer(context.getConfig(), member);
    }

    private void unwrap(Members members, BeanPropertyDefinition definition, String path, NameTransformer names) {
        JavaType type = definition.getPrimaryType();
        ValueDeserializer<?> reader = context.findContextualValueDeserializer(type, null);
        if (!(reader instanceof BeanDeserializerBase bean)
                || context.findTypeDeserializer(type) != null
                || delegate(bean.getValueInstantiator()) != null) {
            throw Refusal.annotation(
                    "@JsonUnwrapped", path, Refusal.name(type) + " is not read from the members of an object");
        }
        checkClass(type, bean, path);
        NameTransformer inner = Objects.requireNonNull(unwrapping(definition));
        collect(members, type, bean, path, NameTransformer.chainedTransformer(names, inner));
    }

    private void put(Members members, SettableBeanProperty property, Site site, String name) {
        JavaType type = property.getType();
        if (property.hasValueTypeDeserializer() && (type.isContainerType() || type.isReferenceType())) {
            throw Refusal.annotation("@JsonTypeInfo", site.path(), "put it on the type of the items");
        }
        if (property.getInjectableValueId() != null) {
            throw Refusal.annotation("@JacksonInject", site.path(), "there is nothing to inject");
        }
        checkContents(property, site);
        boolean optional = ScalarTypes.isOptional(type.getRawClass());
        boolean mayMiss =
                optional || Boolean.FALSE.equals(property.getMetadata().getRequired());
        if (mayMiss
                && type.isPrimitive()
                && !KotlinTypes.isKotlin(property.getMember().getDeclaringClass())) {
            throw Refusal.type(
                    type, site.path(), "a primitive has no value for a member that is missing; use its class");
        }
        ValueDeserializer<?> reader = property.getValueDeserializer();
        ObjectNode schema = definitions.part(
                !mayMiss,
                () -> optional
                        ? walk.insideOptional(type, reader, site)
                        : property.hasValueTypeDeserializer()
                                ? walk.variant(type, property, site)
                                : walk.value(type, reader, null, site));
        FromSource quoted = property.getAnnotation(FromSource.class);
        if (quoted != null) {
            SourceKeyword.add(quoted, schema, type, site.path());
        }
        String description = property.getMetadata().getDescription();
        if (description != null) {
            schema.put("description", description);
        }
        if (members.schemas.putIfAbsent(name, schema) != null) {
            throw Refusal.annotation("the member \"" + name + "\"", site.path(), "the object has another of this name");
        }
        if (!mayMiss) {
            members.required.add(name);
        }
    }

    /** Refuses readers of items and keys that the container does not show. */
    private void checkContents(SettableBeanProperty property, Site site) {
        var annotations = context.getAnnotationIntrospector();
        AnnotatedMember member = property.getMember();
        if (member == null
                || !(property.getType().isContainerType() || property.getType().isReferenceType())) {
            return;
        }
        if (annotations.findContentDeserializer(context.getConfig(), member) != null
                || annotations.findKeyDeserializer(context.getConfig(), member) != null
                || annotations.findDeserializationContentConverter(context.getConfig(), member) != null) {
            throw Refusal.annotation(
                    "@JsonDeserialize",
                    site.path(),
                    "nothing is known of what it reads items or keys with; give a schema by hand");
        }
    }
}
