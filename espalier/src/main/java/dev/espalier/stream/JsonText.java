// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

import dev.espalier.core.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bytes of a text so far, read by Jackson where a value of it is asked for. Immutable to its readers: bytes are only ever added behind it.
 *
 * @param bytes the text, and whatever is behind it
 */
record JsonText(byte[] bytes) {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Integer.MAX_VALUE)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** The text between two offsets, as it is written. */
    String json(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** What the inside of a string says between two offsets. */
    String string(int from, int to) {
        String text = json(from, to);
        return text.indexOf('\\') < 0 ? text : MAPPER.readValue('"' + text + '"', String.class);
    }

    /**
     * The value between two offsets: texts, numbers, booleans, lists, maps in the order of their keys, or null.
     *
     * @throws InvalidInputException if a number has an exponent that no Java number has
     */
    @Nullable
    Object value(int from, int to) {
        try {
            return MAPPER.readValue(bytes, from, to - from, Object.class);
        } catch (NumberFormatException | JacksonException e) {
            throw new InvalidInputException(
                    "a number of the value is out of the range of java.math.BigDecimal; read its text", e);
        }
    }
}
