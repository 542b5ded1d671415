// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.corpus;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.espalier.core.error.InvalidInputException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads records out of JSON, and values in it as they stand: the order of members, the digits of numbers and the escapes
 * of strings are what a recogniser is tried with. Thread-safe.
 */
public final class RawJson extends StdDeserializer<String> {

    /** Reads and writes texts that are deep and long. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(10_000)
                    .maxStringLength(100_000_000)
                    .maxNumberLength(100_000)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(10_000).build())
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .changeDefaultNullHandling(handling -> JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY))
            .build();

    /** A member of a record that is the text of its value; empty if the object does not have it. */
    @Retention(RetentionPolicy.RUNTIME)
    @JacksonAnnotationsInside
    @JsonDeserialize(using = RawJson.class)
    @JsonSetter(nulls = Nulls.SET)
    public @interface Text {}

    RawJson() {
        super(String.class);
    }

    /**
     * What a text says.
     *
     * @param name what it is called in messages
     * @param type a record, whose other members are empty or 0 where the text does not have them; or an array of such
     * @throws InvalidInputException if the text is no JSON, or of another type
     */
    public static <T> T read(String text, String name, Class<T> type) {
        try {
            return MAPPER.readerFor(type).withAttribute(RawJson.class, text).readValue(text);
        } catch (JacksonException e) {
            throw new InvalidInputException(name + ": no JSON of the kind: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getCharOffset();
        return String.valueOf(context.getAttribute(RawJson.class))
                .substring(start, end)
                .strip();
    }

    @Override
    public String getNullValue(DeserializationContext context) {
        return "null";
    }

    @Override
    public String getAbsentValue(DeserializationContext context) {
        return "";
    }
}
