// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static dev.espalier.schemas.FiniteWorld.arrays;
import static dev.espalier.schemas.FiniteWorld.map;
import static dev.espalier.schemas.FiniteWorld.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.testing.FrameContract;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * {@code uniqueItems} over few values, where what is left decides early: items run out, places compete for the same values,
 * and a repetition is forced.
 */
@org.jspecify.annotations.NullUnmarked
class UniqueItemsExactnessTest {

    private static final List<Object> SCALARS = List.of(number(1), "a", true);
    private static final List<Object> COMPOUNDS =
            List.of(number(1), List.of(number(1)), map("a", number(1), "b", "a"), map("b", number(2)));

    private static void compare(String world, int items, List<Object> values, List<Object> documents) {
        new PrefixComparison(world, documents, SchemaOptions.DEFAULT.withMemberOrder(MemberOrder.ANY))
                .compare(3 * PrefixComparison.SCHEMAS, seed -> new UniqueSchemas(values, new Random(seed)).root(items));
    }

    @Test
    void scalarsAreUniqueExactly() {
        compare("unique scalars", 3, SCALARS, arrays(3, SCALARS));
        List<Object> two = List.of(number(1), "a");
        compare("unique items of two values", 4, two, arrays(4, two));
    }

    @Test
    void compoundsAreUniqueExactly() {
        List<Object> texts = new ArrayList<>(COMPOUNDS);
        texts.add(map("b", "a", "a", number(1)));
        compare("unique compounds", 2, COMPOUNDS, arrays(2, texts));
    }

    /** Arrays of arrays, each level with its own demands. */
    @Test
    void nestedArraysAreUniqueExactly() {
        List<Object> scalars = List.of(number(1), number(2));
        List<Object> inner = arrays(2, scalars);
        new PrefixComparison(
                        "unique arrays of arrays",
                        arrays(2, inner),
                        SchemaOptions.DEFAULT.withMemberOrder(MemberOrder.ANY))
                .compare(PrefixComparison.SCHEMAS, seed -> {
                    Random random = new Random(seed);
                    Map<String, Object> items = new UniqueSchemas(scalars, random).root(2);
                    Map<String, Object> outer = new UniqueSchemas(inner, random).root(2);
                    return map("allOf", List.of(map("items", items), outer));
                });
    }

    /** Whatever else stands beside it. */
    @Test
    void uniqueItemsBesideAllKeywordsAreExact() {
        Map<String, Object> bounding = map("type", "array", "maxItems", number(3), "items", map("enum", COMPOUNDS));
        List<Object> texts = new ArrayList<>(COMPOUNDS);
        texts.add(map("b", "a", "a", number(1)));
        new PrefixComparison(
                        "unique items beside all keywords",
                        arrays(3, texts),
                        SchemaOptions.DEFAULT.withMemberOrder(MemberOrder.ANY))
                .compare(
                        PrefixComparison.SCHEMAS,
                        seed -> new RandomSchemas(new Random(seed), COMPOUNDS, true)
                                .withFavourites("uniqueItems", "prefixItems", "minItems", "not", "contains", "const")
                                .root(bounding, 3));
    }

    @Test
    void theShortestWayOnMayBeToRepeatAnItem() {
        List<Object> values = List.of(number(1), number(12));
        List<Object> documents = arrays(3, values);
        for (int most = 2; most <= 3; most++) {
            new PrefixComparison("repeated numbers", documents, SchemaOptions.DEFAULT)
                    .compare(map(
                            "type",
                            "array",
                            "maxItems",
                            number(most),
                            "items",
                            map("enum", values),
                            "not",
                            map("uniqueItems", true)));
        }
    }

    @Test
    void arraysOfThousandsOfDifferentObjectsTakeNoTime() {
        String schema =
                "{\"maxItems\":8192,\"uniqueItems\":true,\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{"
                        + "\"a\":{\"type\":\"array\",\"uniqueItems\":true,\"maxItems\":1024,\"items\":{\"type\":\"string\"}}},"
                        + "\"required\":[\"a\"]}}";
        Recogniser recogniser = Recogniser.of(schema, SchemaOptions.CHECKING);
        assertTrue(recogniser.accepts("[{\"a\":[\"x\",\"y\"]},{\"a\":[\"y\",\"x\"]}]"));
        assertFalse(recogniser.accepts("[{\"a\":[\"x\",\"y\"]},{\"a\":[\"x\",\"y\"]}]"));
        assertFalse(recogniser.accepts("[{\"a\":[\"x\",\"x\"]}]"));
    }

    /** Where an array has no end, an item that changes nothing must be in reach behind a comma all the same. */
    @Test
    void arraysWithoutEndKeepTheContract() {
        long seed = 41;
        for (String schema : List.of(
                "{\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"type\":[\"string\",\"boolean\",\"null\"]}}",
                "{\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"enum\":[0,1,2,\"a\"]}}",
                "{\"type\":\"array\",\"uniqueItems\":true,\"minItems\":2,\"items\":{\"type\":\"integer\",\"maximum\":99}}",
                "{\"type\":\"array\",\"not\":{\"uniqueItems\":true},\"items\":{\"enum\":[0,1,2]}}",
                "{\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"type\":\"array\",\"uniqueItems\":true,"
                        + "\"items\":{\"enum\":[0,1]}}}")) {
            FrameContract.check(
                    new SchemaCompiler()
                            .compile(schema, SchemaOptions.DEFAULT)
                            .automaton()
                            .start(),
                    128,
                    seed++,
                    6,
                    14);
        }
        Recogniser recogniser = Recogniser.of("{\"uniqueItems\":true}");
        for (String prefix : List.of("[\"foo\",", "[1,2,", "[[],")) {
            assertEquals(2, recogniser.stepper().distance(recogniser.after(prefix)), prefix);
        }
    }

    /** The first byte of a character decides which ones it can become: here only one, that is used. */
    @Test
    void aCharacterThatIsCutOffGoesOnOnlyToTheCharactersThatItBegins() {
        Recogniser letters = Recogniser.of(
                "{\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"type\":\"string\",\"pattern\":\"^(a*|\u00e9)$\"}}");
        byte[] used = "[\"\u00e9\",\"".getBytes(StandardCharsets.UTF_8);
        byte[] cut = Arrays.copyOf(used, used.length + 1);
        cut[used.length] = (byte) 0xc3;
        assertFalse(letters.after(used).isEmpty());
        assertTrue(letters.after(cut).isEmpty());
        Recogniser keys = Recogniser.of(
                "{\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"type\":\"object\",\"properties\":"
                        + "{\"a\":{\"type\":\"string\"},\"\u00e9\":{\"enum\":[\"x\"]}},\"maxProperties\":1,\"additionalProperties\":false}}",
                SchemaOptions.CHECKING);
        byte[] object = "[{\"\u00e9\":\"x\"},{\"".getBytes(StandardCharsets.UTF_8);
        byte[] key = Arrays.copyOf(object, object.length + 1);
        key[object.length] = (byte) 0xc3;
        assertFalse(keys.after(object).isEmpty());
        assertTrue(keys.after(key).isEmpty());
        assertFalse(keys.after("[{\"\u00e9\":\"x\"},{\"\\u006").isEmpty());
        assertTrue(keys.after("[{\"\u00e9\":\"x\"},{\"\\u00e").isEmpty());
    }

    /** Few values are left, but more than were used. */
    @Test
    void itemsOfManyValuesAreLiveUntilTheyRunOut() {
        FrameContract.check(
                new SchemaCompiler()
                        .compile(
                                "{\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"type\":\"object\",\"properties\":{"
                                        + "\"a\":{\"type\":\"string\",\"pattern\":\"^[a-z0-9]{0,6}$\"}},"
                                        + "\"required\":[\"a\"],\"additionalProperties\":false}}",
                                SchemaOptions.DEFAULT)
                        .automaton()
                        .start(),
                128,
                7,
                6,
                40);
    }

    @Test
    void arraysOfDifferentItemsInsideEachOtherMayBeginAlike() {
        Recogniser nested =
                Recogniser.of("{\"uniqueItems\":true,\"items\":{\"uniqueItems\":true}}", SchemaOptions.CHECKING);
        for (String good :
                List.of("[[\"foo\"],[\"foo\",0]]", "[[true],[true, 0]]", "[[[]],[[],0]]", "[[1,2],[1,2,3]]")) {
            assertTrue(nested.accepts(good), good);
        }
        for (String bad : List.of("[[\"foo\"],[\"foo\"]]", "[[\"foo\",\"foo\"]]", "[[1,2],[1,2.0]]")) {
            assertFalse(nested.accepts(bad), bad);
        }
    }
}
