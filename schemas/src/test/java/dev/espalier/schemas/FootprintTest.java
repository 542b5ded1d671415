// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.schemas.options.SchemaOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FootprintTest {

    private record Node(int[] numbers, List<Node> next) {}

    @Test
    void arraysCountByTheirLengthAndSharedOnesOnce() {
        int[] numbers = new int[100_000];
        long one = Footprint.of(new Node(numbers, List.of()));
        assertEquals(400_000, one, 200);
        Node shared = new Node(numbers, List.of());
        assertEquals(one, Footprint.of(new Node(numbers, List.of(shared, shared))), 200);
    }

    @Test
    void mapsCountByTheirEntries() {
        Map<Integer, long[]> map = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            map.put(i, new long[10]);
        }
        assertEquals(1_000 * (48 + 96 + 24), Footprint.of(map), 1_000);
    }

    @Test
    void aChainAsLongAsItMayBeIsCounted() {
        Node node = new Node(new int[1], List.of());
        for (int i = 0; i < 100_000; i++) {
            node = new Node(new int[1], List.of(node));
        }
        assertTrue(Footprint.of(node) > 100_000 * 40L);
    }

    @Test
    void aSchemaOfManyClassesOfKeysWeighsWhatItHolds() {
        StringBuilder patterns = new StringBuilder();
        for (int i = 0; i < 11; i++) {
            patterns.append(i > 0 ? "," : "")
                    .append("\"")
                    .append((char) ('a' + i))
                    .append("\":{\"minimum\":")
                    .append(i)
                    .append('}');
        }
        String schema = "{\"patternProperties\":{" + patterns + "},\"minProperties\":2}";
        CompiledSchema heavy = new SchemaCompiler().compile(schema, SchemaOptions.CHECKING);
        CompiledSchema light = new SchemaCompiler().compile("{\"type\":\"string\"}", SchemaOptions.CHECKING);
        assertTrue(
                heavy.automaton().estimatedBytes() > 500_000,
                () -> "bytes: " + heavy.automaton().estimatedBytes());
        assertTrue(
                light.automaton().estimatedBytes() < 50_000,
                () -> "bytes: " + light.automaton().estimatedBytes());
    }
}
