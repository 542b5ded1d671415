package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.espalier.automata.StackSet;
import dev.espalier.grammar.error.LimitExceededException;
import dev.espalier.grammar.error.ReferenceException;
import dev.espalier.grammar.error.UnsatisfiableException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Compares, prefix by prefix, what the frames allow with what a naive validator says of every document of a finite world.
 * A bounding schema keeps the random ones inside the world.
 */
@org.jspecify.annotations.NullUnmarked
class ExactnessTest {

    private static final int SCHEMAS = Integer.getInteger("espalier.schemas.random", 40);
    private static final long SEED = Long.getLong("espalier.schemas.seed", 20261120);
    private static final String ALPHABET = "nulltrefasabc\"0123-,:{}[] ";

    private long prefixes;
    private int trivial;
    private int skipped;

    private static Object number(int n) {
        return BigDecimal.valueOf(n);
    }

    private static Map<String, Object> map(Object... members) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            map.put((String) members[i], members[i + 1]);
        }
        return map;
    }

    /** A set of texts as a tree. */
    private static final class Tree {
        final Map<Character, Tree> next = new TreeMap<>();
        boolean end;

        void add(String text) {
            Tree at = this;
            for (char c : text.toCharArray()) {
                at = at.next.computeIfAbsent(c, k -> new Tree());
            }
            at.end = true;
        }
    }

    private void compare(
            String world, List<Object> values, Object bounding, List<Object> documents, MemberOrder order, int depth) {
        Predicate<Object> inOrder = document -> order == MemberOrder.ANY || isSorted(document);
        for (int i = 0; i < SCHEMAS; i++) {
            long seed = SEED + 7919L * i + world.hashCode();
            RandomSchemas generator = new RandomSchemas(new Random(seed), values, true);
            Map<String, Object> schema = generator.root(bounding, depth);
            String text = RandomSchemas.json(schema);
            try {
                NaiveValidator validator = new NaiveValidator(schema);
                Tree valid = new Tree();
                int count = 0;
                Recogniser recogniser = null;
                try {
                    recogniser = Recogniser.of(text, SchemaOptions.DEFAULT.withMemberOrder(order));
                } catch (UnsatisfiableException e) {
                    count = -1;
                }
                for (Object document : documents) {
                    if (inOrder.test(document) && validator.isValid(document)) {
                        valid.add(RandomSchemas.json(document));
                        count = count < 0 ? fail("unsatisfiable: " + RandomSchemas.json(document)) : count + 1;
                    }
                }
                trivial += count <= 0 ? 1 : 0;
                if (recogniser != null) {
                    assertTrue(count > 0, "no document is valid, yet it compiled");
                    walk(recogniser, StackSet.of(recogniser.start()), valid, "");
                }
            } catch (ReferenceException | LimitExceededException e) {
                skipped++;
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(world + ", seed " + seed + ", schema " + text + "\n" + e, e);
            }
        }
        System.out.println("exactness of " + world + ": " + SCHEMAS + " schemas (" + trivial + " empty, " + skipped
                + " without meaning or over a limit), " + prefixes + " prefixes, seed " + SEED);
        assertTrue(skipped < SCHEMAS / 3 + 5, skipped + " schemas skipped");
    }

    private static boolean isSorted(Object document) {
        if (document instanceof Map<?, ?> object) {
            List<Object> keys = new ArrayList<>(object.keySet());
            return keys.stream().sorted().toList().equals(keys)
                    && object.values().stream().allMatch(ExactnessTest::isSorted);
        }
        return !(document instanceof List<?> list) || list.stream().allMatch(ExactnessTest::isSorted);
    }

    private void walk(Recogniser recogniser, StackSet set, Tree valid, String prefix) {
        prefixes++;
        boolean mayEnd = recogniser.stepper().results(set).length > 0;
        if (mayEnd != valid.end) {
            fail("after " + prefix + (mayEnd ? " it may end" : " it must not end"));
        }
        int least = recogniser.stepper().distance(set);
        int best = valid.end ? 0 : Integer.MAX_VALUE;
        for (int i = 0; i < ALPHABET.length(); i++) {
            char c = ALPHABET.charAt(i);
            StackSet after = recogniser.stepper().step(set, c);
            Tree next = valid.next.get(c);
            if (after.isEmpty() != (next == null)) {
                fail("after " + prefix + " the character " + c + " is " + (after.isEmpty() ? "refused" : "allowed"));
            }
            if (next != null && ALPHABET.indexOf(c) == i) {
                best = Math.min(best, 1 + recogniser.stepper().distance(after));
                walk(recogniser, after, next, prefix + c);
            }
        }
        if (best != least) {
            fail("after " + prefix + " the distance is " + least + ", by steps " + best);
        }
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

    private static List<Object> objects(List<String> keys, List<Object> values) {
        List<Object> all = new ArrayList<>(List.of(map()));
        List<Map<String, Object>> last = new ArrayList<>(List.of(map()));
        for (int n = 0; n < keys.size(); n++) {
            List<Map<String, Object>> longer = new ArrayList<>();
            for (Map<String, Object> object : last) {
                for (String key : keys) {
                    if (!object.containsKey(key)) {
                        for (Object value : values) {
                            Map<String, Object> more = new LinkedHashMap<>(object);
                            more.put(key, value);
                            longer.add(more);
                        }
                    }
                }
            }
            all.addAll(longer);
            last = longer;
        }
        return all;
    }

    private static List<Object> arrays(int items, List<Object> values) {
        List<Object> all = new ArrayList<>(List.of(List.of()));
        List<List<Object>> last = new ArrayList<>(List.of(List.of()));
        for (int n = 0; n < items; n++) {
            List<List<Object>> longer = new ArrayList<>();
            for (List<Object> array : last) {
                for (Object value : values) {
                    List<Object> more = new ArrayList<>(array);
                    more.add(value);
                    longer.add(more);
                }
            }
            all.addAll(longer);
            last = longer;
        }
        return all;
    }

    private static Map<String, Object> closed(Object values, String... keys) {
        Map<String, Object> properties = new TreeMap<>();
        for (String key : keys) {
            properties.put(key, values);
        }
        return map("type", "object", "properties", properties, "additionalProperties", false);
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
        List<Object> documents = objects(List.of("a", "b", "c"), values);
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
        List<Object> scalars = Arrays.asList(null, "a", number(1));
        List<Object> inner = new ArrayList<>(scalars);
        inner.addAll(objects(List.of("a"), scalars));
        inner.addAll(arrays(1, scalars));
        Object leaf = map("enum", inner);
        Map<String, Object> array = map("type", "array", "maxItems", number(2), "items", leaf);
        Object bounding = map("anyOf", List.of(leaf, closed(leaf, "a", "b"), array));
        List<Object> documents = new ArrayList<>(inner);
        documents.addAll(objects(List.of("a", "b"), inner));
        documents.addAll(arrays(2, inner));
        compare("nested values", inner, bounding, documents, MemberOrder.ANY, 4);
        compare("nested ordered values", inner, bounding, documents, MemberOrder.DECLARED, 4);
    }
}
