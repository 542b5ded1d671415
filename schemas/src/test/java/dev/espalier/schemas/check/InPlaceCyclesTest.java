// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.ReferenceException;
import dev.espalier.schemas.CompiledSchema;
import dev.espalier.schemas.Recogniser;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Schemas that apply to themselves without going into a child value. */
class InPlaceCyclesTest {

    private static final SchemaOptions WEAK = SchemaOptions.CHECKING.allow(Enforcement.NOT_ENFORCED);
    private static final String LOOP = "{\"$ref\":\"#/definitions/a\",\"definitions\":{"
            + "\"a\":{\"type\":\"object\",\"required\":[\"x\"],\"allOf\":[{\"$ref\":\"#/definitions/b\"}]},"
            + "\"b\":{\"required\":[\"y\"],\"allOf\":[{\"$ref\":\"#/definitions/a\"},{\"maxProperties\":3}]}}}";

    @Test
    void aLoopOfAllOfAddsNothingWhereThatIsAllowedAndReported() {
        CompiledSchema compiled = new SchemaCompiler().compile(LOOP, WEAK);
        List<CompileReport.Entry> inexact = compiled.report().inexact();
        assertEquals(1, inexact.size());
        assertEquals(Enforcement.NOT_ENFORCED, inexact.get(0).enforcement());
        assertTrue(
                inexact.get(0).pointer().startsWith("#/definitions/"),
                inexact.get(0).pointer());
        Recogniser read = new Recogniser(compiled.automaton().start());
        assertTrue(read.accepts("{\"x\":1,\"y\":2}"));
        assertFalse(read.accepts("{\"x\":1}"));
        assertFalse(read.accepts("{\"y\":1}"));
        assertFalse(read.accepts("{\"x\":1,\"y\":2,\"z\":3,\"u\":4}"));
    }

    @Test
    void eachSchemaOfALoopSaysAllOfIt() {
        Recogniser read = Recogniser.of(
                "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/definitions/a\"},\"b\":{\"$ref\":\"#/definitions/b\"},"
                        + "\"c\":{\"$ref\":\"#/definitions/c\"}},"
                        + LOOP.substring(LOOP.indexOf("\"definitions\""))
                                .replace("}}}", "},\"c\":{\"$ref\":\"#/definitions/c\"}}}"),
                WEAK);
        for (String name : List.of("a", "b")) {
            assertTrue(read.accepts("{\"" + name + "\":{\"x\":1,\"y\":2}}"), name);
            assertFalse(read.accepts("{\"" + name + "\":{\"x\":1}}"), name);
            assertFalse(read.accepts("{\"" + name + "\":{\"y\":1}}"), name);
        }
        assertTrue(read.accepts("{\"c\":7}"));
    }

    @Test
    void namesOfMembersMayBeAskedByALoop() {
        Recogniser read = Recogniser.of(
                "{\"propertyNames\":{\"$ref\":\"#/definitions/n\"},\"definitions\":{\"n\":{\"maxLength\":2,\"allOf\":["
                        + "{\"$ref\":\"#/definitions/n\"}]}}}",
                WEAK);
        assertTrue(read.accepts("{\"ab\":1}"));
        assertFalse(read.accepts("{\"abc\":1}"));
    }

    @Test
    void loopsAreRefusedWithoutThatAndWhereTheyHaveSeveralReadings() {
        assertThrows(ReferenceException.class, () -> new SchemaCompiler().compile(LOOP, SchemaOptions.CHECKING));
        for (String keyword : List.of(
                "\"not\":{\"$ref\":\"#\"}",
                "\"oneOf\":[{\"$ref\":\"#\"}]",
                "\"anyOf\":[{\"$ref\":\"#\"},{\"type\":\"null\"}]",
                "\"if\":{\"$ref\":\"#\"}",
                "\"allOf\":[{\"not\":{\"$ref\":\"#\"}},{\"$ref\":\"#\"}]",
                "\"allOf\":[{\"$ref\":\"#\"}],\"unevaluatedProperties\":false")) {
            assertThrows(
                    ReferenceException.class,
                    () -> new SchemaCompiler().compile("{\"type\":[\"object\",\"null\"]," + keyword + "}", WEAK),
                    keyword);
        }
    }
}
