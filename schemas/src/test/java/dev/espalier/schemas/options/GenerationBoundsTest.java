// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.testing.FrameContract;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.schemas.FiniteWorld;
import dev.espalier.schemas.RandomSchemas;
import dev.espalier.schemas.Recogniser;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GenerationBoundsTest {

    private static final SchemaOptions BOUNDED = SchemaOptions.DEFAULT.withBounds(new GenerationBounds(3, 2, 4, 3, 2));

    private static void check(String schema, List<String> good, List<String> bad) {
        Recogniser recogniser = Recogniser.of(schema, BOUNDED);
        Recogniser endless = Recogniser.of(schema, SchemaOptions.DEFAULT.withBounds(GenerationBounds.NONE));
        good.forEach(text -> assertTrue(recogniser.accepts(text), () -> text + " by " + schema));
        bad.forEach(text -> assertFalse(recogniser.accepts(text), () -> text + " by " + schema));
        bad.forEach(text -> assertTrue(endless.accepts(text), () -> text + " without bounds by " + schema));
        FrameContract.check(recogniser.start(), 128, 7, 3, 30);
    }

    @Test
    void endlessValuesEnd() {
        check("{\"type\":\"string\"}", List.of("\"\"", "\"abcd\"", "\"\\n\\n\\n\\n\""), List.of("\"abcde\""));
        check("{\"type\":\"array\"}", List.of("[]", "[1,2,3]"), List.of("[1,2,3,4]"));
        check(
                "{\"type\":\"object\",\"properties\":{\"a\":{},\"b\":{},\"c\":{}}}",
                List.of("{}", "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1}"),
                List.of("{\"a\":1,\"d\":1,\"e\":1,\"f\":1}"));
        check("{\"type\":\"number\"}", List.of("123", "-0.25", "1.50"), List.of("1234", "0.125", "1.500"));
        check("{\"type\":\"number\",\"minimum\":5}", List.of("5", "999.99"), List.of("1000", "5.000"));
        check("{\"type\":\"array\",\"items\":{\"type\":\"string\"}}", List.of("[\"abcd\"]"), List.of("[\"abcde\"]"));
    }

    @Test
    void whatTheSchemaEndsKeepsItsEnd() {
        check("{\"type\":\"string\",\"maxLength\":6}", List.of("\"abcdef\""), List.of());
        check(
                "{\"enum\":[\"a long constant\",[1,2,3,4,5],{\"a\":1,\"b\":2,\"c\":3}]}",
                List.of("\"a long constant\"", "[1,2,3,4,5]", "{\"a\":1,\"b\":2,\"c\":3}"),
                List.of());
        check("{\"type\":\"array\",\"maxItems\":5}", List.of("[1,1,1,1,1]"), List.of());
        check("{\"type\":\"object\",\"maxProperties\":3}", List.of("{\"a\":1,\"b\":1,\"c\":1}"), List.of());
    }

    @Test
    void boundsGiveWayToWhatASchemaDemands() {
        check(
                "{\"type\":\"string\",\"minLength\":10}",
                List.of("\"0123456789\""),
                List.of("\"" + "x".repeat(40) + "\""));
        check(
                "{\"type\":\"string\",\"pattern\":\"^(abcdef)+$\"}",
                List.of("\"abcdef\""),
                List.of("\"" + "abcdef".repeat(3) + "\""));
        check(
                "{\"type\":\"array\",\"minItems\":5}",
                List.of("[1,2,3,4,5]"),
                List.of("[1,2,3,4,5,6,7,8,9,10,11,12,13]"));
        check(
                "{\"type\":\"object\",\"minProperties\":3}",
                List.of("{\"a\":1,\"b\":1,\"c\":1}"),
                List.of("{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1}"));
        check("{\"type\":\"number\",\"minimum\":1000000}", List.of("1000000"), List.of("1" + "0".repeat(30)));
        check("{\"const\":0.00001}", List.of("0.00001"), List.of("0.00001" + "0".repeat(30)));
    }

    @Test
    void randomSchemasKeepAValueWithBounds() {
        long seed = Long.getLong("espalier.schemas.seed", 20261120);
        int compared = 0;
        for (int i = 0; i < 40; i++) {
            List<Object> values = List.of("a", "bbbbbbbb", FiniteWorld.number(1), FiniteWorld.number(12345));
            String schema = RandomSchemas.json(new RandomSchemas(new Random(seed + i), values, true)
                    .root(FiniteWorld.map("type", List.of("string", "number", "array", "object")), 3));
            try {
                Recogniser endless = Recogniser.of(schema);
                Recogniser bounded = Recogniser.of(schema, BOUNDED);
                Random random = new Random(seed + i);
                for (int walk = 0; walk < 4; walk++) {
                    String text = walk(bounded, random);
                    assertTrue(endless.accepts(text), () -> text + " by " + schema + ", seed " + seed);
                }
                compared++;
            } catch (UnsatisfiableException
                    | dev.espalier.core.error.UnsupportedFeatureException
                    | dev.espalier.core.error.LimitExceededException
                    | dev.espalier.core.error.ReferenceException e) {
                assertThrows(e.getClass(), () -> Recogniser.of(schema), () -> schema + ", seed " + seed + "\n" + e);
            }
        }
        System.out.println("bounds: " + compared + " of 40 random schemas, seed " + seed);
    }

    /** A random text that comes to an end. */
    private static String walk(Recogniser recogniser, Random random) {
        StackSet set = StackSet.of(recogniser.start());
        StringBuilder text = new StringBuilder();
        while (recogniser.stepper().results(set).length == 0 || random.nextInt(3) > 0) {
            List<Integer> live = new ArrayList<>();
            for (int symbol = 0; symbol < 128; symbol++) {
                StackSet next = recogniser.stepper().step(set, symbol);
                boolean near = text.length() < 40
                        || (!next.isEmpty()
                                && recogniser.stepper().distance(next)
                                        < recogniser.stepper().distance(set));
                if (!next.isEmpty() && near) {
                    live.add(symbol);
                }
            }
            if (live.isEmpty()) {
                break;
            }
            int symbol = live.get(random.nextInt(live.size()));
            text.append((char) symbol);
            set = recogniser.stepper().step(set, symbol);
        }
        return text.toString();
    }

    @Test
    void boundsThatLeaveNoValueAreAnError() {
        // each array may be short, as long as another inside it is long
        String schema = "{\"anyOf\":[{\"type\":\"array\",\"items\":{\"type\":\"null\"},\"minItems\":10},"
                + "{\"type\":\"array\",\"items\":{\"$ref\":\"#\"},\"minItems\":1,\"maxItems\":1}]}";
        Recogniser.of(schema);
        String message = assertThrows(UnsatisfiableException.class, () -> Recogniser.of(schema, BOUNDED))
                .toString();
        assertTrue(message.contains("the bounds that the options set leave no value"), message);
    }

    @Test
    void withoutBoundsNothingChanges() {
        assertEquals(GenerationBounds.NONE, SchemaOptions.CHECKING.bounds());
        assertEquals(GenerationBounds.NUMBERS, SchemaOptions.DEFAULT.bounds());
        assertThrows(InvalidInputException.class, () -> new GenerationBounds(1, 1, 1, 0, 1));
    }
}
