// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.schemas.Recogniser;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Distances of objects that need a number of members, held to all ways to choose from all keys. */
@org.jspecify.annotations.NullUnmarked
class CountedMembersTest implements CountedTrials {

    private static final long NEVER = Integer.MAX_VALUE;
    private static final SchemaOptions OPTIONS =
            SchemaOptions.DEFAULT.withWhiteSpace(WhiteSpace.COMPACT).withMemberOrder(MemberOrder.ANY);
    private static final List<String> VALUES = List.of("1", "22", "\"xxx\"", "null");

    private int compared;
    private int unsatisfiable;

    /** All keys of up to three letters, each with the values that it may have, and what an object must have. */
    private record World(Map<String, Set<String>> keys, Set<String> required, int min, int max, String schema) {

        static World of(Random random) {
            int letters = random.nextInt(2, 4);
            Map<String, Set<String>> named = new LinkedHashMap<>();
            List<String> all = keys(letters);
            for (int i = random.nextInt(4); i > 0; i--) {
                named.put(all.get(random.nextInt(all.size())), values(random));
            }
            Set<String> beginning = values(random);
            Set<String> others = values(random);
            Map<String, Set<String>> keys = new LinkedHashMap<>();
            for (String key : all) {
                Set<String> values = new LinkedHashSet<>(VALUES);
                values.retainAll(named.getOrDefault(key, values));
                if (key.startsWith("a")) {
                    values.retainAll(beginning);
                } else if (!named.containsKey(key)) {
                    values.retainAll(others);
                }
                keys.put(key, values);
            }
            Set<String> required = new LinkedHashSet<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                required.add(all.get(random.nextInt(all.size())));
            }
            int min = random.nextInt(2) + random.nextInt(random.nextBoolean() ? 6 : all.size());
            int max = random.nextInt(3) == 0
                    ? random.nextInt(3)
                    : random.nextBoolean() ? all.size() : min + random.nextInt(4);
            String schema = "{\"type\":\"object\",\"propertyNames\":{\"pattern\":\"^[a-" + (char) ('a' + letters - 1)
                    + "]{0,3}$\"},\"properties\":{"
                    + named.entrySet().stream()
                            .map(each -> "\"" + each.getKey() + "\":" + schema(each.getValue()))
                            .collect(Collectors.joining(","))
                    + "},\"patternProperties\":{\"^a\":" + schema(beginning) + "},\"additionalProperties\":"
                    + schema(others) + ",\"required\":["
                    + required.stream().map(key -> "\"" + key + "\"").collect(Collectors.joining(","))
                    + "],\"minProperties\":" + min + ",\"maxProperties\":" + max + "}";
            return new World(keys, required, min, max, schema);
        }

        private static Set<String> values(Random random) {
            List<String> values = new ArrayList<>(VALUES);
            Collections.shuffle(values, random);
            return new LinkedHashSet<>(values.subList(0, random.nextInt(8) == 0 ? 0 : random.nextInt(1, 4)));
        }

        private static String schema(Set<String> values) {
            return values.isEmpty() ? "false" : "{\"enum\":[" + String.join(",", values) + "]}";
        }

        private static List<String> keys(int letters) {
            List<String> keys = new ArrayList<>(List.of(""));
            for (int i = 0; keys.get(i).length() < 3; i++) {
                for (int letter = 0; letter < letters; letter++) {
                    keys.add(keys.get(i) + (char) ('a' + letter));
                }
            }
            return keys;
        }

        /** The fewest bytes of more members, each with a comma, by going through all keys: taken, or left out where they may be. */
        long bytes(Set<String> used, boolean must) {
            long[] best = new long[keys.size() + 1];
            Arrays.fill(best, NEVER);
            best[0] = 0;
            for (Map.Entry<String, Set<String>> key : keys.entrySet()) {
                if (used.contains(key.getKey())) {
                    continue;
                }
                int value =
                        key.getValue().stream().mapToInt(String::length).min().orElse(-1);
                long[] after = required.contains(key.getKey()) ? new long[best.length] : best.clone();
                if (required.contains(key.getKey())) {
                    Arrays.fill(after, NEVER);
                }
                for (int n = 0; n + 1 < best.length && value >= 0; n++) {
                    long more = best[n] + key.getKey().length() + 4 + value;
                    after[n + 1] = best[n] == NEVER ? after[n + 1] : Math.min(after[n + 1], more);
                }
                best = after;
            }
            long least = NEVER;
            for (int n = must ? 1 : 0; n < best.length; n++) {
                boolean fits = used.size() + n >= min && used.size() + n <= max;
                least = fits ? Math.min(least, best[n]) : least;
            }
            return least;
        }
    }

    @RandomTrials(40)
    void theFewestBytesAreThoseOfTheBestChoice(long seed, Random random) {
        World world = World.of(random);
        String where = "seed " + seed + ": " + world.schema();
        long whole = world.bytes(Set.of(), false);
        if (whole == NEVER) {
            assertThrows(UnsatisfiableException.class, () -> Recogniser.of(world.schema(), OPTIONS), where);
            unsatisfiable++;
            return;
        }
        Recogniser recogniser = Recogniser.of(world.schema(), OPTIONS);
        StackSet start = StackSet.of(recogniser.start());
        assertEquals(whole == 0 ? 2 : whole + 1, recogniser.stepper().distance(start), where);
        StringBuilder text = new StringBuilder("{");
        Set<String> used = new LinkedHashSet<>();
        List<String> order = new ArrayList<>(world.keys().keySet());
        Collections.shuffle(order, random);
        for (String key : order.subList(0, Math.min(order.size(), 8))) {
            List<String> values = List.copyOf(world.keys().get(key));
            if (values.isEmpty()) {
                continue;
            }
            used.add(key);
            text.append("\"" + key + "\":" + values.get(random.nextInt(values.size())) + ",");
            long left = world.bytes(used, true);
            StackSet after = recogniser.after(text.toString());
            assertEquals(left == NEVER, after.isEmpty(), where + " after " + text);
            if (after.isEmpty()) {
                break;
            }
            assertEquals(left, recogniser.stepper().distance(after), where + " after " + text);
            compared++;
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(compared > 50 && unsatisfiable > 2, compared + " compared, " + unsatisfiable + " unsatisfiable");
    }
}
