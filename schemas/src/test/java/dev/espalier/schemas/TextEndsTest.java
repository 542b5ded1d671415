// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A text that is generated ends with its value: white space is inside it alone, unless the options have it around. */
class TextEndsTest {

    private static final List<String> BLANKS = List.of(" ", "\n", "\r\n", "\t", "\n\n\n", " \n ");

    /** Values by schemas that have them, some of them spaced. */
    private static final Map<String, List<String>> VALUES = Map.of(
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"array\"}},\"required\":[\"a\"]}",
            List.of("{\"a\":[]}", "{ \"a\" :\n[ ] }", "{\n\t\"a\":[1 , 2]\n}"),
            "{\"type\":\"array\",\"items\":{\"enum\":[1,\"x\",{\"b\":null}]}}",
            List.of("[]", "[\n]", "[ 1 ,\t\"x\" , { \"b\" : null } ]"),
            "{\"const\":{\"a\":[true]}}",
            List.of("{\"a\":[true]}", "{ \"a\": [ true ] }"),
            "{\"type\":\"string\"}",
            List.of("\"\"", "\" \""),
            "{\"type\":[\"integer\",\"null\",\"boolean\"]}",
            List.of("12", "null", "true"),
            "{\"$ref\":\"#/$defs/t\",\"$defs\":{\"t\":{\"anyOf\":[{\"type\":\"number\"},{\"items\":{\"$ref\":\"#/$defs/t\"},\"type\":\"array\"}]}}}",
            List.of("1.5", "[ [ ] ]"),
            "{\"uniqueItems\":true,\"type\":\"array\",\"contains\":{\"const\":1}}",
            List.of("[1]", "[ 2 , 1 ]"),
            "true",
            List.of("{}", "[ ]", "0", "\"a\""));

    @Test
    void nothingStandsBeforeOrBehindTheValue() {
        for (WhiteSpace space : List.of(WhiteSpace.FLEXIBLE, WhiteSpace.ANY, new WhiteSpace(3))) {
            for (MemberOrder order : MemberOrder.values()) {
                SchemaOptions options =
                        SchemaOptions.DEFAULT.withWhiteSpace(space).withMemberOrder(order);
                for (Map.Entry<String, List<String>> each : VALUES.entrySet()) {
                    Recogniser recogniser = Recogniser.of(each.getKey(), options);
                    for (String value : each.getValue()) {
                        assertTrue(recogniser.accepts(value), value);
                        for (String blank : BLANKS) {
                            assertFalse(recogniser.accepts(blank + value), value);
                            assertFalse(recogniser.accepts(value + blank), value);
                        }
                    }
                }
            }
        }
    }

    @Test
    void aTextThatIsCheckedMayHaveWhiteSpaceAroundIt() {
        for (SchemaOptions options : List.of(
                SchemaOptions.CHECKING,
                SchemaOptions.DEFAULT.withWhiteSpace(WhiteSpace.FLEXIBLE.around()),
                SchemaOptions.DEFAULT.withWhiteSpace(new WhiteSpace(3).around()))) {
            VALUES.forEach((schema, values) -> {
                Recogniser recogniser = Recogniser.of(schema, options);
                for (String value : values) {
                    for (String blank : BLANKS) {
                        assertTrue(recogniser.accepts(blank + value), value);
                        assertTrue(recogniser.accepts(value + blank), value);
                        assertTrue(recogniser.accepts(blank + value + blank), value);
                    }
                }
            });
        }
    }
}
