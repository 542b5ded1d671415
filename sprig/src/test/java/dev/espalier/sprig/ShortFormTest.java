// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sprig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.LimitExceededException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ShortFormTest {

    private static String shortForm(String schema) {
        return ShortForm.of(JsonMapper.shared().readTree(schema), ShortForm.MAX_REF_DEPTH);
    }

    /** Written by the Python side, which trained the model. */
    private static final Path CASES = Path.of("training/short_form_cases.json");

    @TestFactory
    List<DynamicTest> theShortFormIsTheOneThatTrainingUsed() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode node : JsonMapper.shared().readTree(CASES.toFile())) {
            tests.add(DynamicTest.dynamicTest(
                    node.get("name").asString(),
                    () -> assertEquals(
                            node.get("short").asString(),
                            shortForm(node.get("schema").toString()))));
        }
        return tests;
    }

    @Test
    void numbersAreSpeltAsPythonSpellsThem() {
        assertEquals("1", shortForm("{\"const\":1}"));
        assertEquals("1.0", shortForm("{\"const\":1.0}"));
        assertEquals(
                "0.1|1e-07|1e+16|123456789012345.0|0.0001",
                shortForm("{\"enum\":[0.1,1e-7,1e16,123456789012345.0,0.0001]}"));
        assertEquals("-2.5e-10", shortForm("{\"const\":-2.5e-10}"));
        assertEquals("null|true|[1,\"a\\u001f\\n\"]|{}", shortForm("{\"enum\":[null,true,[1,\"a\\u001f\\n\"],{}]}"));
    }

    @Test
    void aSchemaThatRepeatsItselfWithoutEndIsALimit() {
        StringBuilder properties = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            properties.append(i == 0 ? "" : ",").append("\"p").append(i).append("\":{\"$ref\":\"#\"}");
        }
        assertThrows(LimitExceededException.class, () -> shortForm("{\"properties\":{" + properties + "}}"));
    }

    @Test
    void aConjunctionThatContainsItselfEnds() {
        String schema = "{\"$ref\":\"#/definitions/a\",\"definitions\":{\"a\":{\"properties\":{\"b\":{\"allOf\":["
                + "{\"$ref\":\"#/definitions/a\"}]}}}}}";
        assertTrue(shortForm(schema).contains("any"));
    }
}
