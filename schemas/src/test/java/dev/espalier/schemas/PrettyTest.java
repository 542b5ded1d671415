// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static dev.espalier.schemas.FiniteWorld.map;
import static dev.espalier.schemas.FiniteWorld.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.testing.FrameContract;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Text laid out in lines. */
@org.jspecify.annotations.NullUnmarked
class PrettyTest {

    private static final SchemaOptions PRETTY = SchemaOptions.DEFAULT.withWhiteSpace(WhiteSpace.pretty(2));
    private static final String TEXT = """
            {
              "a": 1,
              "b": [],
              "c": {},
              "d": [
                [
                  true,
                  {
                    "e": " "
                  }
                ],
                null
              ]
            }""";

    /** A value laid out in lines, from a depth on. */
    static String pretty(Object value, int indentation, int depth) {
        List<String> parts = new ArrayList<>();
        boolean isMap = value instanceof Map<?, ?>;
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> parts.add("\"" + key + "\": " + pretty(member, indentation, depth + 1)));
        } else if (value instanceof List<?> list) {
            list.forEach(item -> parts.add(pretty(item, indentation, depth + 1)));
        } else {
            return RandomSchemas.json(value);
        }
        String line = "\n" + " ".repeat(indentation * depth);
        String inner = line + " ".repeat(indentation);
        String body = parts.isEmpty() ? "" : inner + String.join("," + inner, parts) + line;
        return isMap ? "{" + body + "}" : "[" + body + "]";
    }

    @Test
    void thereIsOneWayToWriteAValue() {
        Recogniser recogniser = Recogniser.of("{}", PRETTY);
        assertTrue(recogniser.accepts(TEXT));
        for (int at = 0; at <= TEXT.length(); at++) {
            boolean inString = TEXT.substring(0, at).replaceAll("[^\"]", "").length() % 2 == 1;
            for (String blank : List.of(" ", "\n", "\t")) {
                String more = TEXT.substring(0, at) + blank + TEXT.substring(at);
                assertEquals(inString && blank.equals(" "), recogniser.accepts(more), more);
            }
            if (at < TEXT.length() && Character.isWhitespace(TEXT.charAt(at)) && !inString) {
                String less = TEXT.substring(0, at) + TEXT.substring(at + 1);
                assertFalse(recogniser.accepts(less), less);
            }
        }
        assertFalse(recogniser.accepts("{\n}"));
        assertFalse(recogniser.accepts("[\n]"));
    }

    @Test
    void theShortestTextIsWrittenInLines() {
        String schema =
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"array\",\"items\":{\"const\":[7]},\"minItems\":2},"
                        + "\"b\":{\"type\":\"object\",\"required\":[\"c\"]}},\"required\":[\"a\",\"b\"]}";
        for (int indentation : new int[] {0, 1, 4}) {
            Recogniser recogniser =
                    Recogniser.of(schema, SchemaOptions.DEFAULT.withWhiteSpace(WhiteSpace.pretty(indentation)));
            StackSet set = StackSet.of(recogniser.start());
            int distance = recogniser.stepper().distance(set);
            StringBuilder text = new StringBuilder();
            while (distance > 0) {
                for (int symbol = 0; symbol < 128; symbol++) {
                    StackSet next = recogniser.stepper().step(set, symbol);
                    if (!next.isEmpty() && recogniser.stepper().distance(next) == distance - 1) {
                        set = next;
                        text.append((char) symbol);
                        break;
                    }
                }
                distance--;
            }
            Object seven = List.of(number(7));
            String c = text.substring(text.lastIndexOf(":") + 2).split("\n", 2)[0];
            Object value = map("a", List.of(seven, seven), "b", map("c", number(Integer.parseInt(c))));
            assertEquals(pretty(value, indentation, 0), text.toString());
        }
    }

    @Test
    void linesAreExactPrefixByPrefix() {
        FiniteWorld.World world = FiniteWorld.nested();
        SchemaOptions options =
                SchemaOptions.DEFAULT.withMemberOrder(MemberOrder.ANY).withWhiteSpace(WhiteSpace.pretty(1));
        new PrefixComparison("values in lines", world.documents(), options)
                .compare(
                        PrefixComparison.SCHEMAS / 4,
                        seed -> new RandomSchemas(new Random(seed), world.values(), true).root(world.bounding(), 4));
    }

    @Test
    void everyFrameKeepsTheContract() {
        List<String> schemas = List.of(
                "{}",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"boolean\"}},"
                        + "\"required\":[\"b\"],\"additionalProperties\":false}",
                "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"null\"}],\"items\":{\"enum\":[1,2]},\"contains\":{\"const\":2}}",
                "{\"anyOf\":[{\"const\":[1]},{\"const\":\"longer than a list\"},{\"type\":\"array\",\"items\":{\"$ref\":\"#\"},"
                        + "\"minItems\":1}]}");
        long seed = 43;
        for (String schema : schemas) {
            FrameContract.check(
                    new SchemaCompiler().compile(schema, PRETTY).automaton().start(), 128, seed++, 5, 40);
        }
    }

    @Test
    void whatIsDeepIsIndentedNoFurther() {
        Recogniser recogniser = Recogniser.of("{\"type\":\"array\",\"items\":{\"$ref\":\"#\"}}", PRETTY);
        StringBuilder text = new StringBuilder("[");
        for (int depth = 1; depth < 50; depth++) {
            text.append("\n").append(" ".repeat(2 * Math.min(depth, 33))).append("[");
        }
        text.append("]");
        for (int depth = 48; depth >= 0; depth--) {
            text.append("\n").append(" ".repeat(2 * Math.min(depth, 32))).append("]");
        }
        assertTrue(recogniser.accepts(text.toString()));
    }

    @Test
    void anIndentationIsASmallNumber() {
        assertThrows(InvalidInputException.class, () -> WhiteSpace.pretty(-1));
        assertThrows(InvalidInputException.class, () -> WhiteSpace.pretty(17));
        assertThrows(InvalidInputException.class, () -> new WhiteSpace(3, 2, false));
    }
}
