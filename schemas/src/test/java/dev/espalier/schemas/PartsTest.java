// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.core.error.LimitExceededException;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of a schema that no value needs are compiled with it: what is too much is refused then, and not in the middle of a text. */
class PartsTest {

    /** Different items of which each may satisfy any of many schemas. */
    private static String manySets() {
        String kinds = IntStream.range(0, 24)
                .mapToObj(i -> "{\"contains\":{\"type\":\"object\",\"properties\":{\"k" + i
                        + "\":{\"minItems\":1,\"contains\":{\"$ref\":\"#/$defs/a\"}}},\"required\":[\"k" + i
                        + "\"]},\"minContains\":1}")
                .collect(Collectors.joining(","));
        return "{\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"$ref\":\"#/$defs/a\"},\"minItems\":1,\"anyOf\":["
                + kinds + "]}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\":\"#/$defs/a\"}",
                "{\"type\":\"object\",\"properties\":{\"k\":{\"$ref\":\"#/$defs/a\"}}}",
                "{\"type\":\"object\",\"additionalProperties\":{\"$ref\":\"#/$defs/a\"}}",
                "{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/a\"}}",
                "{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/a\"}}}",
                "{\"anyOf\":[{\"type\":\"null\"},{\"$ref\":\"#/$defs/a\"}]}",
                "{\"type\":\"object\",\"patternProperties\":{\"^x\":{\"$ref\":\"#/$defs/a\"}}}",
                "{\"type\":\"object\",\"properties\":{\"k\":{\"type\":\"object\",\"properties\":{\"k\":{\"$ref\":\"#/$defs/a\"}}}}}"
            })
    void aPartThatIsTooMuchIsRefusedWhereverItStands(String root) {
        String schema = root.substring(0, root.length() - 1) + ",\"$defs\":{\"a\":" + manySets() + "}}";
        LimitExceededException refused = assertThrows(
                LimitExceededException.class, () -> new SchemaCompiler().compile(schema, SchemaOptions.DEFAULT));
        assertEquals("maxStepItems", refused.limit());
    }
}
