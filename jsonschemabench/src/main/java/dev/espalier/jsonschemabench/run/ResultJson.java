// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.run;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records of results as JSON: the names of members in snake case, constants in lower case, times as {@link Nanos} says. Members that
 * a record does not have are ignored; those that the JSON does not have are empty or 0. A method with
 * {@link com.fasterxml.jackson.annotation.JsonProperty} is a member that is written and not read.
 */
public final class ResultJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .annotationIntrospector(
                    AnnotationIntrospector.pair(new NanosIntrospector(), new JacksonAnnotationIntrospector()))
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .changeDefaultVisibility(checker -> checker.withIsGetterVisibility(Visibility.NONE))
            .changeDefaultNullHandling(handling -> JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY))
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    private ResultJson() {}

    /** One line of JSON. */
    public static String write(Object result) {
        return MAPPER.writeValueAsString(result);
    }

    /** The same as a tree. */
    public static JsonNode tree(Object result) {
        return MAPPER.valueToTree(result);
    }

    /**
     * What was written.
     *
     * @throws JacksonException if it is nothing of this type
     */
    public static <R> R read(JsonNode line, Class<R> type) {
        return MAPPER.treeToValue(line, type);
    }
}
