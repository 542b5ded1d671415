// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.core.error.InvalidInputException;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.time.Year;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.introspect.AnnotationIntrospectorPair;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Java types to JSON Schema and JSON back to Java values, both by Jackson's deserializers: members in the order of
 * the record's components, every component required unless it is an optional, no other members.
 *
 * <p>Thread-safe. Making a schema costs milliseconds; keep the {@code Output} that holds it.
 */
public final class JavaTypes {

    private final JsonMapper mapper;

    /** Types as Jackson reads them, those of Kotlin too if its module for them is on the class path. */
    public JavaTypes() {
        this(KotlinTypes.module());
    }

    /** The same with Jackson's module for Kotlin or without. */
    JavaTypes(Optional<JacksonModule> kotlin) {
        this.mapper = newMapper(kotlin);
    }

    private static JsonMapper newMapper(Optional<JacksonModule> kotlin) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(1000).build())
                .build();
        JsonMapper.Builder builder = JsonMapper.builder(factory)
                .enable(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY) // members in the order of their declaration
                .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE) // offsets as they are written
                .annotationIntrospector(
                        new AnnotationIntrospectorPair(new JacksonAnnotationIntrospector(), new SealedTypes()))
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT));
        builder.addModule(new SimpleModule()
                .addDeserializer(Year.class, new YearReader())
                .addDeserializer(OptionalLong.class, LongReader.ofOptional())
                .setDeserializerModifier(new LongReader.Modifier()));
        kotlin.ifPresent(builder::addModule);
        return builder.build();
    }

    /** The mapper that reads, and writes what it reads so that it fits the schema. */
    JsonMapper mapper() {
        return mapper;
    }

    /**
     * The JSON Schema (draft 2020-12) of a Java type, on one line.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException naming a type or an annotation that has no exact schema, and the path to it
     */
    public String schema(Type type) {
        try {
            return mapper.writeValueAsString(TypeWalk.schema(mapper, resolve(type)));
        } catch (JacksonException e) {
            throw new InvalidInputException("no schema can be made of " + type.getTypeName() + ": " + firstLine(e), e);
        }
    }

    /** The Jackson type of a Java type. */
    public JavaType resolve(Type type) {
        return mapper.constructType(type);
    }

    /**
     * The property of a type that a reference to its accessor names.
     *
     * @param reference serialisable: {@code Invoice::items}
     * @throws InvalidInputException if it is no such reference, or JSON has no such property
     * @throws dev.espalier.core.error.UnsupportedFeatureException if its values are read in another way than others of their type
     */
    public NamedProperty property(JavaType owner, Serializable reference) {
        return NamedProperty.of(mapper._deserializationContext(), owner, reference);
    }

    /**
     * The value that a JSON text says.
     *
     * @throws InvalidInputException if the text is not a value of that type, or its constructor refuses it
     */
    public <T> T read(String json, JavaType type) {
        try {
            return mapper.readValue(json, type);
        } catch (JacksonException e) {
            throw new InvalidInputException(
                    "the text cannot be read as " + type.getTypeName() + ": " + firstLine(e), e);
        }
    }

    static String firstLine(JacksonException e) {
        String message = e.getOriginalMessage();
        String line = message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }
}
