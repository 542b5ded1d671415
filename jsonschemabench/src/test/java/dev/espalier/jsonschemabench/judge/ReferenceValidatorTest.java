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
    void whatIsNoJsonIsAFault() {
        assertTrue(validator.faults("{}", "{} x").startsWith("no JSON"));
        assertTrue(validator.faults("{}", "{\"a\":1,\"a\":2}").startsWith("no JSON"));
        assertTrue(validator.faults("{}", "").startsWith("no JSON"));
    }
}
