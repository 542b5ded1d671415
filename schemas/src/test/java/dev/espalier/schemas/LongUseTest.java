// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a schema knows does not grow with the texts that it reads. */
class LongUseTest {

    private static final long SEED = 20261120;

    private static SchemaOptions anyOrder(int nodes) {
        return SchemaOptions.DEFAULT.withMemberOrder(MemberOrder.ANY).withLimits(Limits.DEFAULT.withMaxIrNodes(nodes));
    }

    private static String object(List<String> keys) {
        return keys.stream().map(key -> "\"" + key + "\":1").collect(Collectors.joining(",", "{", "}"));
    }

    /** The same keys in a random order, some left out. */
    private static List<String> some(List<String> keys, int atLeast, Random random) {
        List<String> some = new ArrayList<>(keys);
        Collections.shuffle(some, random);
        return some.subList(0, atLeast + random.nextInt(keys.size() - atLeast + 1));
    }

    /** Properties that depend on nothing never make a diagram, whatever order they come in. */
    @Test
    void membersInAnyOrderMakeNoDiagrams() {
        List<String> keys = IntStream.range(0, 40).mapToObj(i -> "k" + i).toList();
        String properties = keys.stream()
                .map(key -> "\"" + key + "\":{\"type\":\"integer\"}")
                .collect(Collectors.joining(",", "{", "}"));
        String required = keys.stream().limit(20).collect(Collectors.joining("\",\"", "[\"", "\"]"));
        String schema = "{\"type\":\"object\",\"properties\":" + properties + ",\"required\":" + required
                + ",\"additionalProperties\":false}";
        Recogniser recogniser = Recogniser.of(schema, anyOrder(600));
        Random random = new Random(SEED);
        for (int i = 0; i < 80; i++) {
            List<String> some = some(keys, 0, random);
            assertEquals(some.containsAll(keys.subList(0, 20)), recogniser.accepts(object(some)), "seed " + SEED);
            assertTrue(recogniser.accepts(object(some(keys, 40, random))), "seed " + SEED);
        }
    }

    /** Each set of keys that were read leaves other dependencies open: 3 to the power of 12 of them. */
    @Test
    void dependenciesInAnyOrderStayWithinTheLimit() {
        int pairs = 12;
        List<String> keys = IntStream.range(0, 2 * pairs).mapToObj(i -> "k" + i).toList();
        String dependent = IntStream.range(0, pairs)
                .mapToObj(i -> "\"k" + 2 * i + "\":[\"k" + (2 * i + 1) + "\"]")
                .collect(Collectors.joining(",", "{", "}"));
        Recogniser recogniser = Recogniser.of("{\"dependentRequired\":" + dependent + "}", anyOrder(6_000));
        Random random = new Random(SEED);
        for (int i = 0; i < 600; i++) {
            List<String> some = some(keys, random.nextInt(2) * 20, random);
            boolean valid = IntStream.range(0, pairs)
                    .allMatch(pair -> !some.contains("k" + 2 * pair) || some.contains("k" + (2 * pair + 1)));
            assertEquals(valid, recogniser.accepts(object(some)), "seed " + SEED + ", text " + object(some));
        }
    }
}
