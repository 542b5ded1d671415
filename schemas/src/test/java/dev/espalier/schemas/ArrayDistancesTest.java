package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.StackSet;
import dev.espalier.automata.Stepper;
import dev.espalier.automata.testing.FrameContract;
import dev.espalier.grammar.Limits;
import dev.espalier.grammar.error.CompileTimeoutException;
import dev.espalier.grammar.testing.RandomTrials;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The distance to the end of an array shrinks by one along the best way, however many items it must have. */
class ArrayDistancesTest {

    private static final List<String> ITEMS =
            List.of("{}", "{\"type\":\"null\"}", "{\"type\":\"integer\",\"minimum\":8}", "{\"enum\":[\"ab\",10,null]}");

    private static final List<String> CONTAINS = List.of(
            "",
            ",\"contains\":{\"type\":\"boolean\"}",
            ",\"contains\":{\"type\":[\"integer\",\"null\"]},\"minContains\":3",
            ",\"allOf\":[{\"contains\":{\"type\":\"null\"}},{\"contains\":{\"minimum\":5}},{\"contains\":{\"minimum\":9}}]",
            ",\"prefixItems\":[{\"type\":\"boolean\"},{}]");

    @Test
    void everyItemThatMustComeIsCounted() {
        for (int least = 1; least <= 200; least++) {
            String schema = "{\"type\":\"array\",\"items\":{\"type\":\"null\"},\"minItems\":" + least + "}";
            StackSet set = StackSet.of(new SchemaCompiler()
                    .compile(schema, SchemaOptions.DEFAULT.withWhiteSpace(WhiteSpace.COMPACT))
                    .start());
            Stepper stepper = new Stepper(Limits.DEFAULT);
            assertEquals(1 + 5 * least, stepper.distance(set), schema);
            for (char c : "[null".toCharArray()) {
                set = stepper.step(set, c);
            }
            assertEquals(1 + 5 * (least - 1), stepper.distance(set), schema);
        }
    }

    @Test
    void whatIsRepeatedMayBeShorterThanTheItemsBefore() {
        StackSet set = StackSet.of(new SchemaCompiler()
                .compile(
                        "{\"type\":\"array\",\"not\":{\"uniqueItems\":true}}",
                        SchemaOptions.DEFAULT.withWhiteSpace(WhiteSpace.COMPACT))
                .start());
        Stepper stepper = new Stepper(Limits.DEFAULT);
        for (char c : "[\"a long string".toCharArray()) {
            set = stepper.step(set, c);
        }
        assertEquals("\",0,0]".length(), stepper.distance(set));
    }

    /** What follows endlessly many different items is worked out in units of work that are counted. */
    @Test
    void arraysOfVeryManyDifferentItemsAreRefusedByTheDeadline() {
        String schema = "{\"anyOf\":[{\"maxItems\":4,\"uniqueItems\":true},{\"maxItems\":4E+14,\"uniqueItems\":true},"
                + "{\"items\":{\"type\":\"string\"},\"type\":[\"array\",\"null\"]}]}";
        SchemaOptions options = SchemaOptions.DEFAULT.withLimits(Limits.DEFAULT.with("compileDeadline", 1_000));
        CompileTimeoutException late =
                assertThrows(CompileTimeoutException.class, () -> new SchemaCompiler().compile(schema, options));
        assertTrue(late.toString().contains("units of work"), late.toString());
    }

    @RandomTrials(82)
    void distancesShrinkByOne(long trial) {
        Random random = new Random(trial);
        String items = ITEMS.get(random.nextInt(ITEMS.size()));
        String more = items.equals("{}") || items.contains("enum") ? CONTAINS.get(random.nextInt(CONTAINS.size())) : "";
        if (items.contains("enum") && more.contains("boolean")) {
            more = "";
        }
        String schema = "{\"type\":\"array\",\"items\":" + items + ",\"minItems\":" + trial % 41 + more + "}";
        WhiteSpace layout = random.nextBoolean() ? WhiteSpace.COMPACT : WhiteSpace.ANY;
        FrameContract.check(
                new SchemaCompiler()
                        .compile(schema, SchemaOptions.DEFAULT.withWhiteSpace(layout))
                        .start(),
                256,
                trial,
                2,
                30);
    }
}
