// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.work;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.schemas.Recogniser;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Boolean structure over recursive schemas, read 200 levels deep. Quotes in the schemas of this class are written as
 * apostrophes.
 */
class DeepRecursionTest {

    private static final int LEVELS = 200;

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    /** Trees of one branch: {@code {"l":…,"v":n}}, the innermost without {@code l}. */
    private static String tree(int levels, int innermost) {
        return "{\"l\":".repeat(levels - 1) + "{\"v\":" + innermost + "}" + ",\"v\":1}".repeat(levels - 1);
    }

    private static String node(String name, String value) {
        return "'" + name + "':{'type':'object','properties':{'v':" + value + ",'l':{'$ref':'#/$defs/" + name
                + "'},'r':{'$ref':'#/$defs/" + name + "'}},'required':['v'],'additionalProperties':false}";
    }

    private static final String TREES = "'$defs':{" + node("positive", "{'type':'integer','minimum':1}") + ","
            + node("small", "{'type':'integer','maximum':5}") + "," + node("even", "{'type':'integer','multipleOf':2}")
            + "}";

    private static void check(String schema, List<String> accepted, List<String> refused) {
        Recogniser recogniser = Recogniser.of(json(schema), SchemaOptions.CHECKING);
        accepted.forEach(text -> assertEquals(true, recogniser.accepts(text), schema));
        refused.forEach(text -> assertEquals(false, recogniser.accepts(text), schema));
    }

    @Test
    void allOfTwoKindsOfTreesIsExactAtAnyDepth() {
        check(
                "{'allOf':[{'$ref':'#/$defs/positive'},{'$ref':'#/$defs/small'}]," + TREES + "}",
                List.of(tree(LEVELS, 5), tree(LEVELS, 1), tree(1, 2)),
                List.of(tree(LEVELS, 6), tree(LEVELS, 0)));
    }

    @Test
    void oneOfTwoKindsOfTreesIsExactAtAnyDepth() {
        check(
                "{'oneOf':[{'$ref':'#/$defs/positive'},{'$ref':'#/$defs/small'}]," + TREES + "}",
                List.of(tree(LEVELS, 6), tree(LEVELS, 0), tree(LEVELS, -1)),
                List.of(tree(LEVELS, 5), tree(LEVELS, 1), tree(1, 3)));
    }

    @Test
    void notATreeIsExactAtAnyDepth() {
        check(
                "{'not':{'$ref':'#/$defs/positive'}," + TREES + "}",
                List.of(
                        tree(LEVELS, 0),
                        tree(LEVELS, -7),
                        "1",
                        "{}",
                        "{\"l\":".repeat(LEVELS) + "1" + "}".repeat(LEVELS)),
                List.of(tree(LEVELS, 1), tree(1, 1)));
        check(
                "{'allOf':[{'$ref':'#/$defs/small'},{'not':{'$ref':'#/$defs/positive'}}]," + TREES + "}",
                List.of(tree(LEVELS, 0), tree(LEVELS, -7)),
                List.of(tree(LEVELS, 1), tree(LEVELS, 6), "1"));
    }

    @Test
    void booleanStructureAtEveryLevelIsExact() {
        // at each level either the value is odd and the subtree anything, or it is not and the subtree holds too
        String schema = "{'$ref':'#/$defs/t','$defs':{'t':{'type':'object','required':['v'],'oneOf':["
                + "{'properties':{'v':{'const':2},'l':{'not':{'$ref':'#/$defs/t'}}}},"
                + "{'properties':{'v':{'const':1},'l':{'$ref':'#/$defs/t'}}}]}}}";
        check(
                schema,
                List.of(tree(LEVELS, 1), tree(LEVELS, 2), "{\"v\":2,\"l\":" + tree(LEVELS, 3) + "}"),
                List.of(tree(LEVELS, 3), "{\"v\":2,\"l\":" + tree(LEVELS, 1) + "}"));
    }

    @Test
    void theDynamicTreeIsStrictAtAnyDepth() {
        String schema =
                "{'$id':'http://localhost/strict','$dynamicAnchor':'node','$ref':'tree','unevaluatedProperties':false,"
                        + "'$defs':{'t':{'$id':'tree','$dynamicAnchor':'node','type':'object','properties':{"
                        + "'v':true,'l':{'$dynamicRef':'#node'}}}}}";
        check(schema, List.of(tree(LEVELS, 1)), List.of("{\"l\":".repeat(LEVELS) + "{\"w\":1}" + "}".repeat(LEVELS)));
    }

    @Test
    void chainsOfReferencesInPlaceHaveAnyLength() {
        int length = 5000;
        StringBuilder schema = new StringBuilder("{\"$ref\":\"#/$defs/0\",\"unevaluatedProperties\":false,\"$defs\":{");
        for (int i = 0; i < length; i++) {
            schema.append('"')
                    .append(i)
                    .append("\":{\"allOf\":[{\"$ref\":\"#/$defs/")
                    .append(i + 1)
                    .append("\"}]},");
        }
        schema.append('"').append(length).append("\":{\"properties\":{\"a\":{\"type\":\"integer\"}}}}}");
        for (MemberOrder order : MemberOrder.values()) {
            Recogniser recogniser = Recogniser.of(schema.toString(), SchemaOptions.DEFAULT.withMemberOrder(order));
            assertEquals(true, recogniser.accepts("{\"a\":1}"));
            assertEquals(false, recogniser.accepts("{\"a\":null}"));
            assertEquals(false, recogniser.accepts("{\"b\":1}"));
        }
    }
}
