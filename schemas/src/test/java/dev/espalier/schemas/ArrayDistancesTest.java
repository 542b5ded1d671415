// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.testing.FrameContract;
import dev.espalier.core.AllotmentSpentException;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkMeter;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    private static int distanceAfter(String text, String schema) {
        return distanceAfter(text, schema, SchemaOptions.DEFAULT);
    }

    private static int distanceAfter(String text, String schema, SchemaOptions options) {
        return new Stepper(Limits.DEFAULT)
                .distance(Recogniser.of(schema, options).after(text));
    }

    @Test
    void everyItemThatMustComeIsCounted() {
        for (int least = 1; least <= 200; least++) {
            String schema = "{\"type\":\"array\",\"items\":{\"type\":\"null\"},\"minItems\":" + least + "}";
            StackSet set = StackSet.of(new SchemaCompiler()
                    .compile(schema, SchemaOptions.DEFAULT.withWhiteSpace(WhiteSpace.COMPACT))
                    .automaton()
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
        String schema = "{\"type\":\"array\",\"not\":{\"uniqueItems\":true}}";
        assertEquals("\",0,0]".length(), distanceAfter("[\"a long string", schema));
    }

    /** A level that asks the one inside it twice makes this take a million years. */
    @Test
    void arraysOfDifferentItemsInsideEachOtherAreMeasuredOnceEach() {
        StackSet set = StackSet.of(new SchemaCompiler()
                .compile(
                        "{\"type\":\"array\",\"items\":{\"$ref\":\"#\"},\"maxItems\":1,\"uniqueItems\":true}",
                        SchemaOptions.DEFAULT)
                .automaton()
                .start());
        Stepper stepper = new Stepper(Limits.DEFAULT);
        for (int depth = 1; depth <= 60; depth++) {
            set = stepper.step(set, '[');
            assertEquals(depth, stepper.distance(set));
        }
    }

    @Test
    void moreDifferentItemsThanAStepLooksForAreRefusedWithTheirPlace() {
        String schema = "{\"properties\":{\"a\":{\"uniqueItems\":true,\"minItems\":";
        new SchemaCompiler().compile(schema + "5000}}}", SchemaOptions.DEFAULT);
        LimitExceededException refused = assertThrows(
                LimitExceededException.class,
                () -> new SchemaCompiler().compile(schema + "5001}}}", SchemaOptions.DEFAULT));
        assertEquals("maxStepItems", refused.limit());
        assertTrue(refused.toString().contains("#/properties/a/minItems"), refused.toString());
    }

    @Test
    void itemsThatOnlyCountUpAreNotWaitedFor() {
        for (String count :
                List.of("\"maxItems\":4000", "\"contains\":{\"minimum\":0},\"minContains\":0,\"maxContains\":4000")) {
            String schema = "{\"type\":\"array\"," + count + ",\"not\":{\"uniqueItems\":true}}";
            assertEquals("1,1]".length(), distanceAfter("[", schema));
            assertEquals("1]".length(), distanceAfter("[2,1,", schema));
        }
    }

    /** Where a repeated item leads to all that many different ones lead to, those are not looked for. */
    @Test
    void manyDifferentItemsAreNotAddedWhereOneTwiceIsEnough() {
        String one = "{\"type\":\"array\",\"items\":{\"type\":\"string\"},"
                + "\"not\":{\"maxItems\":100000,\"uniqueItems\":true}}";
        assertEquals("\"\",\"\"]".length(), distanceAfter("[", one));
        assertEquals("\",\"/\"]".length(), distanceAfter("[\"/\",\"{", one));
        String either = "{\"anyOf\":[{\"maxItems\":4,\"uniqueItems\":true},{\"maxItems\":4E+14,\"uniqueItems\":true},"
                + "{\"items\":{\"type\":\"string\"},\"type\":[\"array\",\"null\"]}]}";
        assertEquals("]".length(), distanceAfter("[", either));
    }

    /** Arrays that may, or must, repeat items have endlessly many values if their items have: they are not listed one by one. */
    @Test
    void arraysThatRepeatItemsAreEndless() {
        String inner = "{\"type\":\"array\",\"not\":{\"uniqueItems\":true}}";
        String schema = "{\"items\":" + inner + ",\"minItems\":23,\"maxItems\":27,\"not\":{\"uniqueItems\":true}}";
        WorkMeter little = WorkMeter.ofStep(
                Limits.DEFAULT.withStepDeadline(Duration.ofMillis(400)).withWallClockFactor(100), new Cancellation());
        assertEquals("1,1]".length() + 22 * ",[1,1]".length() + 1, little.run(() -> distanceAfter("[[", schema)));
    }

    /** That an item may become equal to a long one before is of no account where a short one does as well. */
    @Test
    void longItemsAreNotRepeatedWhereShortOnesWillDo() {
        String schema = "{\"items\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{}}},"
                + "\"minItems\":12,\"not\":{\"uniqueItems\":true}}";
        String item = IntStream.range(0, 40)
                .mapToObj(i -> "\"some key " + i + "\":{\"value\":" + i + "}")
                .collect(Collectors.joining(",", "{", "}"));
        WorkMeter little = WorkMeter.ofStep(
                Limits.DEFAULT.withStepDeadline(Duration.ofMillis(400)).withWallClockFactor(100), new Cancellation());
        assertEquals(
                "}".length() + 10 * ",{}".length() + 1, little.run(() -> distanceAfter("[" + item + ",{", schema)));
    }

    /** A longer text of a number, which is completed in one piece, does not stand in the way of a shorter one. */
    @Test
    void aNumberIsRepeatedInItsShortestText() {
        String member = ",\"b\":\"" + "a".repeat(50) + "\"}";
        String schema =
                "{\"type\":\"array\",\"items\":{\"properties\":{\"id\":{\"type\":\"integer\"},\"b\":{\"const\":\""
                        + "a".repeat(50)
                        + "\"}},\"required\":[\"id\",\"b\"],\"type\":\"object\"},\"not\":{\"uniqueItems\":true}}";
        String text = "[{\"id\":9.50497744818520070E16" + member + ",{\"id\":";
        assertEquals(
                "95049774481852007".length() + member.length() + 1,
                distanceAfter(text, schema, SchemaOptions.CHECKING));
    }

    /** Ten different numbers are fewest bytes with exponents: 2e3 to 9e3, and two of 1e4, 2e4 and so on. */
    @Test
    void differentNumbersAreCountedInTheirShortestTexts() {
        for (String type : List.of("integer", "number")) {
            String schema = "{\"type\":\"array\",\"items\":{\"type\":\"" + type
                    + "\",\"minimum\":1250},\"uniqueItems\":true,\"minItems\":11}";
            assertEquals(10 * 3 + 9 + 1, distanceAfter("[1250,", schema, SchemaOptions.CHECKING));
            assertEquals(10 * 4 + 9 + 1, distanceAfter("[1250,", schema));
        }
        String twice = "{\"type\":\"array\",\"items\":{\"type\":\"integer\",\"minimum\":95049774481852007},"
                + "\"not\":{\"uniqueItems\":true}}";
        assertEquals("1e17,1e17]".length(), distanceAfter("[95049774481852007,", twice, SchemaOptions.CHECKING));
    }

    /** A search that is ended at any place is begun anew, and finds what it would have found. */
    @Test
    void itemsThatWereLookedForInVainAreFoundLater() {
        String schema = "{\"properties\":{\"a\":{\"uniqueItems\":true,\"minItems\":40,"
                + "\"items\":{\"type\":[\"string\",\"number\",\"boolean\"],\"minLength\":1}}}}";
        StackSet start = StackSet.of(new SchemaCompiler()
                .compile(schema, SchemaOptions.DEFAULT)
                .automaton()
                .start());
        int failed = 0;
        Integer found = null;
        for (int units = 5; found == null; units += 5) {
            WorkMeter meter = WorkMeter.ofStep(Limits.DEFAULT, new Cancellation());
            meter.allot(units);
            try {
                found = meter.run(() -> {
                    Stepper stepper = new Stepper(Limits.DEFAULT);
                    StackSet set = start;
                    for (char c : "{\"a\":[1,".toCharArray()) {
                        set = stepper.step(set, c);
                    }
                    return stepper.distance(set);
                });
            } catch (AllotmentSpentException e) {
                failed++;
            }
        }
        // nine digits, thirty numbers of two bytes, commas between them, and two brackets
        assertEquals(9 + 30 * 2 + 38 + 2, found);
        assertTrue(failed > 2, "ended " + failed + " times");
    }

    /** What follows endlessly many different items is worked out in units of work, and in memory, that are counted. */
    @Test
    void arraysOfVeryManyDifferentItemsAreRefusedByALimit() {
        String schema =
                "{\"type\":\"array\",\"uniqueItems\":true,\"contains\":{\"type\":\"string\"},\"minContains\":100000}";
        Limits much = Limits.DEFAULT.withCompileDeadline(Duration.ofMillis(250)).withWallClockFactor(100);
        CompileTimeoutException late = assertThrows(
                CompileTimeoutException.class,
                () -> new SchemaCompiler().compile(schema, SchemaOptions.DEFAULT.withLimits(much)));
        assertTrue(late.toString().contains("units of work"), late.toString());
        Limits little = Limits.DEFAULT.withMaxCompileBytes(4 << 20);
        LimitExceededException large = assertThrows(
                LimitExceededException.class,
                () -> new SchemaCompiler().compile(schema, SchemaOptions.DEFAULT.withLimits(little)));
        assertEquals("maxCompileBytes", large.limit());
    }

    @RandomTrials(60)
    void theShortestItemsThatWereNotUsedAreCounted(long trial) {
        Random random = new Random(trial);
        List<String> values = new ArrayList<>();
        int many = 5 + random.nextInt(60);
        for (int i = 0; i < many; i++) {
            String value = Integer.toString(i * i);
            values.add(random.nextBoolean() ? value : "\"" + "x".repeat(random.nextInt(4)) + value + "\"");
        }
        int least = 2 + random.nextInt(many - 2);
        int before = random.nextInt(least);
        String prefix = random.nextBoolean() ? "" : ",\"prefixItems\":[" + "{\"maxLength\":20},".repeat(3) + "{}]";
        String schema =
                "{\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"enum\":" + values + "},\"minItems\":" + least
                        + prefix.replace("{}", "{\"enum\":" + values + "}")
                                .replace("{\"maxLength\"", "{\"enum\":" + values + ",\"maxLength\"")
                        + "}";
        StackSet set = StackSet.of(new SchemaCompiler()
                .compile(schema, SchemaOptions.DEFAULT.withWhiteSpace(WhiteSpace.COMPACT))
                .automaton()
                .start());
        Stepper stepper = new Stepper(Limits.DEFAULT);
        set = stepper.step(set, '[');
        List<String> left = new ArrayList<>(values);
        for (int i = 0; i < before; i++) {
            for (char c : (left.remove(random.nextInt(left.size())) + ",").toCharArray()) {
                set = stepper.step(set, c);
            }
        }
        left.sort(Comparator.comparingInt(String::length));
        int bytes = left.subList(0, least - before).stream()
                .mapToInt(value -> value.length() + 1)
                .sum();
        assertEquals(bytes, stepper.distance(set), schema);
        if (before == 0) {
            return;
        }
        String next = left.get(random.nextInt(left.size()));
        set = stepper.step(set, next.charAt(0));
        int then = left.stream()
                .filter(value -> value.charAt(0) == next.charAt(0))
                .mapToInt(String::length)
                .min()
                .orElseThrow();
        left.remove(left.stream()
                .filter(value -> value.charAt(0) == next.charAt(0) && value.length() == then)
                .findFirst()
                .orElseThrow());
        int rest = left.subList(0, least - before - 1).stream()
                .mapToInt(value -> value.length() + 1)
                .sum();
        assertEquals(then + rest, stepper.distance(set), schema);
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
                        .automaton()
                        .start(),
                256,
                trial,
                2,
                30);
    }
}
