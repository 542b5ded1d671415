// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import dev.espalier.automata.testing.FrameContract;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every frame of schemas keeps the contract of states. */
class FramesTest {

    private static final List<String> SCHEMAS = List.of(
            "{\"type\":[\"null\",\"boolean\",\"integer\"]}",
            "{\"type\":\"string\"}",
            "{\"type\":\"string\",\"minLength\":2,\"maxLength\":5}",
            "{\"type\":\"object\",\"properties\":{\" \":{\"type\":\"null\"},\"a\":{\"type\":\"null\"}},"
                    + "\"additionalProperties\":{\"type\":\"string\"}}",
            "{\"type\":\"array\",\"items\":{\"type\":[\"string\",\"null\"]},\"uniqueItems\":true}",
            "{\"type\":\"array\",\"items\":{\"type\":\"object\"},\"uniqueItems\":true}",
            "{\"type\":\"string\",\"pattern\":\"^[a-c]+é?$\",\"maxLength\":4}",
            "{\"enum\":[1,2.5,\"ab\",\"abc\",null,[1,{\"a\":true}]]}",
            "{\"type\":\"number\",\"minimum\":-3,\"maximum\":12.5,\"multipleOf\":0.5}",
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"boolean\"}},"
                    + "\"required\":[\"b\"],\"additionalProperties\":false}",
            "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"null\"},\"minProperties\":2,\"maxProperties\":3}",
            "{\"type\":\"object\",\"patternProperties\":{\"^[ab]$\":{\"type\":\"null\"}},\"additionalProperties\":false,"
                    + "\"minProperties\":1}",
            "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"null\"}],\"items\":{\"enum\":[1,2]},\"contains\":{\"const\":2},"
                    + "\"maxItems\":4}",
            "{\"oneOf\":[{\"type\":\"object\",\"properties\":{\"t\":{\"const\":1}},\"required\":[\"t\"]},"
                    + "{\"type\":\"object\",\"properties\":{\"u\":{\"const\":1}},\"required\":[\"u\"]}]}",
            "{\"$ref\":\"#/$defs/n\",\"$defs\":{\"n\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/n\"},\"maxItems\":2}}}");

    @Test
    void everyFrameKeepsTheContract() {
        SchemaCompiler compiler = new SchemaCompiler();
        long seed = 41;
        for (String schema : SCHEMAS) {
            for (MemberOrder order : MemberOrder.values()) {
                SchemaOptions options = SchemaOptions.DEFAULT.withMemberOrder(order);
                FrameContract.check(
                        compiler.compile(schema, options).automaton().start(), 256, seed++, 6, 25);
            }
            SchemaOptions spaced = SchemaOptions.DEFAULT.withWhiteSpace(new WhiteSpace(1));
            FrameContract.check(compiler.compile(schema, spaced).automaton().start(), 256, seed++, 4, 25);
        }
    }

    @Test
    void keysThatMayComeTwiceKeepTheContract() {
        SchemaOptions repeated = SchemaOptions.DEFAULT.withRepeatedKeys(true);
        long seed = 141;
        for (String schema : List.of(SCHEMAS.get(3), "{\"type\":\"object\"}")) {
            FrameContract.check(
                    new SchemaCompiler().compile(schema, repeated).automaton().start(), 256, seed++, 6, 25);
        }
    }
}
