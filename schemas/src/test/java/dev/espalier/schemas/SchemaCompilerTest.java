// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaCompilerTest {

    private static void check(String schema, List<String> accepted, List<String> refused) {
        for (SchemaOptions options :
                List.of(SchemaOptions.CHECKING.withMemberOrder(MemberOrder.DECLARED), SchemaOptions.CHECKING)) {
            Recogniser recogniser = Recogniser.of(schema, options);
            accepted.forEach(text -> assertEquals(true, recogniser.accepts(text), schema + " of " + text));
            refused.forEach(text -> assertEquals(false, recogniser.accepts(text), schema + " of " + text));
        }
    }

    @Test
    void typesAreToldApartByTheirFirstByte() {
        check("{\"type\":[\"null\",\"boolean\"]}", List.of("null", "true", "false"), List.of("0", "\"\"", "nul", "[]"));
        check(
                "{\"type\":\"integer\"}",
                List.of("0", "-1", "1.0", "1e2", "120"),
                List.of("1.5", "01", "-", "1e-2", "\"1\""));
        check("true", List.of("1.5e-3", "\"a\"", "[1,{\"a\":[]}]", "{}"), List.of("", "[1,]", "{\"a\"}", "{} {}"));
    }

    @Test
    void membersFollowTheirSchemasAndComeOnce() {
        String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"string\","
                + "\"maxLength\":3}},\"required\":[\"a\"],\"additionalProperties\":false}";
        check(
                schema,
                List.of("{\"a\":1}", "{\"a\":1,\"b\":\"xyz\"}", "{\"\\u0061\":1}"),
                List.of(
                        "{}",
                        "{\"b\":\"\"}",
                        "{\"a\":1,\"a\":2}",
                        "{\"a\":1,\"\\u0061\":2}",
                        "{\"a\":1,\"b\":\"wxyz\"}",
                        "{\"a\":1,\"c\":2}",
                        "{\"a\":1,}"));
    }

    @Test
    void undeclaredMembersComeLastAndOnce() {
        String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}},"
                + "\"additionalProperties\":{\"type\":\"boolean\"}}";
        check(
                schema,
                List.of("{}", "{\"a\":1,\"x\":true}", "{\"x\":true,\"y\":false}", "{\"ab\":true}"),
                List.of("{\"x\":1}", "{\"x\":true,\"x\":true}", "{\"x\":true,\"\\u0078\":true}", "{\"a\":true}"));
    }

    @Test
    void arraysCountTheirItems() {
        check(
                "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"null\"}],\"items\":{\"type\":\"integer\"},\"minItems\":2,"
                        + "\"maxItems\":3}",
                List.of("[null,1]", "[null,1,2]"),
                List.of("[]", "[null]", "[1,1]", "[null,1,2,3]", "[null,null]"));
    }

    @Test
    void recursionGoesThroughReferences() {
        check(
                "{\"$ref\":\"#/$defs/n\",\"$defs\":{\"n\":{\"type\":\"object\",\"properties\":{\"v\":{\"type\":\"integer\"},"
                        + "\"k\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/n\"}}},\"required\":[\"v\",\"k\"],"
                        + "\"additionalProperties\":false}}}",
                List.of("{\"v\":1,\"k\":[]}", "{\"v\":1,\"k\":[{\"v\":2,\"k\":[{\"v\":3,\"k\":[]}]}]}"),
                List.of("{\"v\":1}", "{\"v\":1,\"k\":[{\"v\":2}]}", "{\"v\":1,\"k\":[]"));
    }

    @Test
    void alternativesAreReadInLockStep() {
        check(
                "{\"anyOf\":[{\"type\":\"object\",\"properties\":{\"t\":{\"const\":1},\"x\":{\"type\":\"null\"}},"
                        + "\"required\":[\"t\",\"x\"]},{\"type\":\"object\",\"properties\":{\"t\":{\"const\":2},"
                        + "\"x\":{\"type\":\"boolean\"}},\"required\":[\"t\",\"x\"]}]}",
                List.of("{\"t\":1,\"x\":null}", "{\"t\":2,\"x\":true}"),
                List.of("{\"t\":1,\"x\":true}", "{\"t\":3,\"x\":null}", "{\"t\":2,\"x\":null}"));
    }

    @Test
    void numbersAreDecidedByTheirExactValue() {
        check(
                "{\"type\":\"number\",\"minimum\":-1.5,\"exclusiveMaximum\":10}",
                List.of("-1.5", "-1.50", "0", "9.999", "-0"),
                List.of("-1.51", "10", "10.0", "100", "-2"));
        check(
                "{\"type\":\"number\",\"multipleOf\":0.25}",
                List.of("0", "1", "-1.75", "12.500"),
                List.of("0.1", "1.251"));
        check(
                "{\"enum\":[1,2.50,\"a\",null,[1],{\"a\":{}}]}",
                List.of("1", "1.0", "2.5", "2.500", "\"a\"", "\"\\u0061\"", "null", "[1]", "[1.0]", "{\"a\":{}}"),
                List.of("2", "25", "\"b\"", "[]", "[1,1]", "{}", "{\"a\":{\"b\":1}}"));
    }

    @Test
    void stringsAreDecidedByTheirCharacters() {
        check(
                "{\"type\":\"string\",\"pattern\":\"^[é😀]b\",\"maxLength\":3}",
                List.of("\"éb\"", "\"😀b\\n\"", "\"\\ud83d\\uDE00bx\"", "\"\\u00e9\\u0062\""),
                List.of("\"é\"", "\"ébxx\"", "\"\\ud83d\\ude01b\"", "\"\\ud83d\"", "\"xéb\""));
        check("{\"minLength\":2,\"maxLength\":1000000}", List.of("\"ab\"", "1", "{}"), List.of("\"a\"", "\"\""));
    }

    @Test
    void booleanStructureIsExact() {
        check(
                "{\"oneOf\":[{\"type\":\"integer\",\"minimum\":0},{\"type\":\"integer\",\"maximum\":0}]}",
                List.of("5", "-5"),
                List.of("0", "-0"));
        check("{\"type\":\"integer\",\"not\":{\"const\":5}}", List.of("4", "55"), List.of("5", "5.0"));
        check("{\"type\":\"object\",\"not\":{\"required\":[\"a\"]}}", List.of("{}", "{\"b\":1}"), List.of("{\"a\":1}"));
        check("{\"type\":\"array\",\"contains\":{\"const\":1}}", List.of("[1]", "[2,1]"), List.of("[]", "[2]"));
    }

    @Test
    void aBranchThatDemandsAKeyAndForbidsItExcludesAllOthers() {
        check(
                "{\"oneOf\":[{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":{\"minimum\":1}}},"
                        + "{\"type\":\"object\",\"required\":[\"a\"],\"additionalProperties\":false}]}",
                List.of("{\"a\":1}", "{\"a\":1,\"b\":2}"),
                List.of("{}", "{\"a\":0}"));
    }

    @Test
    void whatIsWorkedOutLaterIsNotBoundByTheCompilationsBudget() {
        StringBuilder words = new StringBuilder("\"w\"");
        for (int i = 0; i < 2000; i++) {
            words.append(",\"w").append(i).append('"');
        }
        String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"enum\":[" + words + "]}}}";
        Cancellation cancellation = new Cancellation();
        WorkBudget budget = new WorkBudget(Limits.DEFAULT.withCompileDeadline(Duration.ofMillis(2000)), cancellation);
        CompiledSchema compiled = new SchemaCompiler().compile(schema, SchemaOptions.DEFAULT, budget);
        cancellation.cancel();
        assertEquals(true, new Recogniser(compiled.automaton().start()).accepts("{\"a\":\"w1999\"}"));
    }

    /** A key is a string, and {@code propertyNames} says nothing of strings: there is no circle. */
    @Test
    void aSchemaMayBeTheOneOfItsOwnKeys() {
        Recogniser recogniser = Recogniser.of("{\"propertyNames\":{\"$ref\":\"#\"},\"maxLength\":1}");
        assertTrue(recogniser.accepts("{\"a\":{\"a\":\"aa\"}}"));
        assertFalse(recogniser.accepts("{\"aa\":1}"));
        assertFalse(recogniser.accepts("\"aa\""));
        recogniser = Recogniser.of("{\"items\":{\"$ref\":\"#/$defs/x\"},\"$defs\":{\"x\":{\"oneOf\":[{\"maxLength\":1},"
                + "{\"minLength\":3}],\"propertyNames\":{\"not\":{\"$ref\":\"#/$defs/x\"}}}}}");
        assertTrue(recogniser.accepts("[\"a\",\"aaa\"]"));
        assertFalse(recogniser.accepts("[\"aa\"]"));
    }
}
