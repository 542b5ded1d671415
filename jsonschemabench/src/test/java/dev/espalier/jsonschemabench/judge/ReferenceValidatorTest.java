// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ReferenceValidatorTest {

    private final ReferenceValidator validator = new ReferenceValidator();

    @Test
    void aValidTextHasNoFault() {
        assertEquals("", validator.faults("{\"type\":\"object\",\"required\":[\"a\"]}", "{\"a\":1}"));
        assertEquals("", validator.faults("{\"type\":\"number\"}", "1".repeat(3000)));
    }

    @Test
    void faultsNameTheirPlace() {
        String faults = validator.faults("{\"properties\":{\"a\":{\"maximum\":3}}}", "{\"a\":4}");
        assertTrue(faults.contains("/a"), faults);
    }

    @Test
    void formatsAreAssertedAndTheDraftIsTheSchemasOwn() {
        assertTrue(!validator.faults("{\"format\":\"date\"}", "\"2024-13-01\"").isEmpty());
        String draft4 =
                "{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"maximum\":3,\"exclusiveMaximum\":true}";
        assertTrue(!validator.faults(draft4, "3").isEmpty());
        assertEquals("", validator.faults(draft4.replace("true", "false"), "3"));
    }

    @Test
    void whatCannotBeJudgedIsAFault() {
        String faults = validator.faults("{\"type\":\"number\"}", "1e999999999999");
        assertTrue(faults.startsWith("the validator failed"), faults);
    }

    @Test
    void aSchemaThatItCannotReadIsAFault() {
        String faults = validator.faults("{\"type\":\"number\",\"type\":\"number\"}", "1");
        assertTrue(faults.startsWith("the validator failed"), faults);
    }

    @Test
    void whatIsNoJsonIsAFault() {
        assertTrue(validator.faults("{}", "{} x").startsWith("no JSON"));
        assertTrue(validator.faults("{}", "{\"a\":1,\"a\":2}").startsWith("no JSON"));
        assertTrue(validator.faults("{}", "").startsWith("no JSON"));
    }

    @Test
    void identifiersThatItCannotReadAreLeftOutWhereNothingRefersToThem() {
        String none = "{\"properties\":{\"id\":{\"id\":\"0\",\"type\":\"number\"}}}";
        assertEquals("", validator.faults(none, "{\"id\":3}"));
        assertTrue(validator.faults(none, "{\"id\":\"3\"}").contains("/id"));
        String root = "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"$id\":\"-t\","
                + "\"items\":{\"$ref\":\"#/definitions/a\"},\"definitions\":{\"a\":{\"const\":{\"$id\":\"x\"}}}}";
        assertEquals("", validator.faults(root, "[{\"$id\":\"x\"}]"));
        assertTrue(validator.faults(root, "[{\"$id\":\"y\"}]").startsWith("/0"));
    }

    @Test
    void identifiersThatReferencesDependOnStay() {
        String divided = "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"$id\":\"-t\","
                + "\"items\":{\"$id\":\"http://x.y/a\",\"$ref\":\"#/definitions/a\"},\"definitions\":{\"a\":{}}}";
        assertTrue(validator.faults(divided, "[1]").startsWith("the validator failed"));
    }

    @Test
    void longTextsThatPatternsReadByRecursionAreJudged() {
        String path = "{\"pattern\":\"^/(([a-z]|%[0-9]{2})+(/([a-z]|%[0-9]{2})*)*)?$\"}";
        assertEquals("", validator.faults(path, "\"/" + "a".repeat(20_000) + "\""));
        assertTrue(!validator.faults(path, "\"/" + "a".repeat(20_000) + "#\"").isEmpty());
    }
}
