// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import dev.espalier.core.error.InvalidInputException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Java types to JSON Schema and JSON back to Java values, by rules that agree with each other: members in the order of
 * the record's components, every component required unless it is an optional, no other members.
 *
 * <p>Thread-safe. Making a schema costs milliseconds; keep the {@code Output} that holds it.
 */
public final class JavaTypes {

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(1000)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
            .build();

    /**
     * The JSON Schema (draft 2020-12) of a Java type, on one line.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException naming a type that has no exact schema
     */
    public String schema(Type type) {
        JavaTypeCheck.check(type);
        SchemaGeneratorConfigBuilder builder =
                new SchemaGeneratorConfigBuilder(mapper, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON);
        builder.with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT, Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES);
        builder.without(Option.FLATTENED_OPTIONALS, Option.SCHEMA_VERSION_INDICATOR);
        builder.forTypesInGeneral()
                .withPropertySorter((left, right) -> 0)
                .withCustomDefinitionProvider(this::definition);
        builder.forFields()
                .withRequiredCheck(field -> !isOptional(field))
                .withTargetTypeOverridesResolver(JavaTypes::insideOptional)
                .withPropertyNameOverrideResolver(JavaTypes::renamed)
                .withDescriptionResolver(JavaTypes::described)
                .withInstanceAttributeOverride((schema, field, context) -> SourceKeyword.add(schema, field));
        try {
            return mapper.writeValueAsString(new SchemaGenerator(builder.build()).generateSchema(type));
        } catch (JacksonException e) {
            throw new InvalidInputException("no schema can be made of " + type.getTypeName() + ": " + firstLine(e), e);
        }
    }

    /** The Jackson type of a Java type. */
    public JavaType resolve(Type type) {
        return mapper.constructType(type);
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

    private @Nullable CustomDefinition definition(ResolvedType type, SchemaGenerationContext context) {
        Class<?> raw = type.getErasedType();
        String scalar = ScalarTypes.schema(raw);
        if (scalar != null) {
            return inline((ObjectNode) mapper.readTree(scalar));
        }
        if (!raw.isEnum()) {
            return null;
        }
        ObjectNode node = mapper.createObjectNode();
        ArrayNode values = node.putArray("enum");
        for (Object constant : raw.getEnumConstants()) {
            values.add(mapper.<tools.jackson.databind.JsonNode>valueToTree(constant));
        }
        return inline(node);
    }

    private static CustomDefinition inline(ObjectNode node) {
        return new CustomDefinition(node, CustomDefinition.INLINE_DEFINITION, CustomDefinition.EXCLUDING_ATTRIBUTES);
    }

    private static boolean isOptional(FieldScope field) {
        ResolvedType declared = field.getDeclaredType();
        return declared != null && ScalarTypes.isOptional(declared.getErasedType());
    }

    private static @Nullable List<ResolvedType> insideOptional(FieldScope field) {
        ResolvedType type = field.getType();
        return type != null && type.getErasedType() == Optional.class
                ? List.of(type.getTypeParameters().get(0))
                : null;
    }

    private static @Nullable String renamed(FieldScope field) {
        JsonProperty property = field.getAnnotationConsideringFieldAndGetter(JsonProperty.class);
        return property == null || property.value().isEmpty() ? null : property.value();
    }

    private static @Nullable String described(FieldScope field) {
        JsonPropertyDescription text = field.getAnnotationConsideringFieldAndGetter(JsonPropertyDescription.class);
        return text == null ? null : text.value();
    }

    private static String firstLine(JacksonException e) {
        String message = e.getOriginalMessage();
        String line = message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }
}
