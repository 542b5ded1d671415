// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static dev.espalier.schemas.FiniteWorld.arrays;
import static dev.espalier.schemas.FiniteWorld.closed;
import static dev.espalier.schemas.FiniteWorld.map;
import static dev.espalier.schemas.FiniteWorld.number;
import static dev.espalier.schemas.FiniteWorld.objects;

import dev.espalier.schemas.object.Discriminator;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.string.StringAlternatives;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random schemas over all keywords allow, prefix by prefix, what a naive validator says. */
@org.jspecify.annotations.NullUnmarked
class ExactnessTest {

    private static final List<String> ABC = List.of("a", "b", "c");

    private static void compare(
            String world, List<Object> values, Object bounding, List<Object> documents, MemberOrder order, int depth) {
        List<Object> ordered = FiniteWorld.ordered(documents, order, ABC);
        new PrefixComparison(world, ordered, SchemaOptions.DEFAULT.withMemberOrder(order))
                .compare(
                        PrefixComparison.SCHEMAS,
                        seed -> new RandomSchemas(new Random(seed), values, true).root(bounding, depth));
    }

    /** Unions of objects, with alternatives in frames of their own from few verdicts on. */
    private static void compareUnions(String world, MemberOrder order, Discriminator.Patience patience) {
        List<Object> scalars = Arrays.asList("a", number(2));
        List<Object> values = new ArrayList<>(scalars);
        values.addAll(objects(List.of("a", "b"), 1, scalars));
        values.addAll(arrays(1, scalars));
        Object bounding = closed(map("enum", values), "a", "b");
        List<Object> documents = FiniteWorld.ordered(objects(List.of("a", "b"), 2, values), order, ABC);
        SchemaOptions options = SchemaOptions.DEFAULT.withMemberOrder(order);
        new PrefixComparison(world, documents, options, new SchemaCompiler(patience))
                .compare(
                        PrefixComparison.SCHEMAS / 2,
                        seed -> new RandomSchemas(new Random(seed), values, true)
                                .union(bounding, List.of("a", "b"), 2));
    }

    @Test
    void alternativesReadAtTheSameTimeAreExact() {
        compareUnions("unions by a key", MemberOrder.ANY, new Discriminator.Patience(1, 1024));
        compareUnions("unions of conjunctions", MemberOrder.ANY, new Discriminator.Patience(1, 1));
        compareUnions(
                "unions at the same time",
                MemberOrder.ANY,
                new Discriminator.Patience(64, 1024, 1, StringAlternatives.Patience.USUAL));
        compareUnions("ordered unions", MemberOrder.DECLARED, new Discriminator.Patience(1, 1024));
        compareUnions("unions in lock step", MemberOrder.ANY, new Discriminator.Patience(1_000_000, 1_000_000));
    }

    /** Unions of many objects with a constant each, of which the other members are judged too. */
    private static void compareToldApart(String world, MemberOrder order, Discriminator.Patience patience) {
        List<String> words = List.of("a", "b", "c", "d", "aa", "ab", "ba", "bb", "cc", "dd", "abc");
        List<Object> values = Arrays.asList(null, "a", number(2));
        Map<String, Object> properties = map("a", true, "b", map("enum", values), "c", map("enum", values));
        Object bounding = map("type", "object", "properties", properties, "additionalProperties", false);
        List<Object> documents = new ArrayList<>();
        for (Object document : objects(ABC, 3, values)) {
            Map<?, ?> object = (Map<?, ?>) document;
            if (!object.containsKey("a")) {
                documents.add(object);
            } else if (object.get("a") == null) {
                words.forEach(word -> documents.add(withType(object, word)));
            }
        }
        List<Object> ordered = FiniteWorld.ordered(documents, order, ABC);
        new PrefixComparison(world, ordered, SchemaOptions.DEFAULT.withMemberOrder(order), new SchemaCompiler(patience))
                .compare(
                        PrefixComparison.SCHEMAS / 2,
                        seed -> new RandomSchemas(new Random(seed), values, true)
                                .toldApart(bounding, "a", words, List.of("b", "c")));
    }

    private static Map<Object, Object> withType(Map<?, ?> object, String word) {
        Map<Object, Object> typed = new LinkedHashMap<>(object);
        typed.put("a", word);
        return typed;
    }

    @Test
    void alternativesThatAKeyTellsApartAreExact() {
        compareToldApart("told apart by a key", MemberOrder.ANY, new Discriminator.Patience(1, 1024));
        compareToldApart("told apart by a key, wide", MemberOrder.ANY, new Discriminator.Patience(4, 1024));
        compareToldApart("told apart, ordered", MemberOrder.DECLARED, new Discriminator.Patience(1, 1024));
        compareToldApart("told apart in lock step", MemberOrder.ANY, new Discriminator.Patience(4096, 4096));
    }

    private static List<Object> scalars() {
        List<Object> values = new ArrayList<>(Arrays.asList(null, true, false));
        for (int n : new int[] {1, 2, 3, 10, 12, -1}) {
            values.add(number(n));
        }
        values.add("");
        for (String first : List.of("a", "b", "c")) {
            values.add(first);
            for (String second : List.of("a", "b", "c")) {
                values.add(first + second);
            }
        }
        return values;
    }

    @Test
    void scalarsAreExact() {
        List<Object> values = scalars();
        compare("scalars", values, map("enum", values), values, MemberOrder.ANY, 3);
    }

    @Test
    void objectsAreExact() {
        List<Object> values = Arrays.asList(null, true, "a", number(1), number(2));
        Object bounding = closed(map("enum", values), "a", "b", "c");
        List<Object> documents = objects(ABC, 3, values);
        compare("objects", values, bounding, documents, MemberOrder.ANY, 3);
        compare("ordered objects", values, bounding, documents, MemberOrder.DECLARED, 3);
    }

    @Test
    void arraysAreExact() {
        List<Object> values = Arrays.asList(null, true, "a", "ab", number(1), number(2), number(12));
        Map<String, Object> bounding = map("type", "array", "maxItems", number(3), "items", map("enum", values));
        compare("arrays", values, bounding, arrays(3, values), MemberOrder.ANY, 3);
    }

    @Test
    void nestedContainersAreExact() {
        FiniteWorld.World world = FiniteWorld.nested();
        compare("nested values", world.values(), world.bounding(), world.documents(), MemberOrder.ANY, 4);
        compare("nested ordered values", world.values(), world.bounding(), world.documents(), MemberOrder.DECLARED, 4);
    }
}
