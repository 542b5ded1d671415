// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.jsonschemabench.unseen.input.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TreeReducerTest {

    private static final long PATIENCE = 600_000;

    private static final JsonNode SCHEMA = Json.read(
            "{\"$schema\":\"s\",\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"allOf\":[{\"items\":"
                    + "{\"enum\":[\"red\",\"green\",\"blue\"],\"minimum\":12},\"uniqueItems\":true,\"maxItems\":400},{\"not\":{}}]}},"
                    + "\"required\":[\"a\",\"b\",\"c\",\"d\",\"e\"]}");

    @Test
    void onlyWhatIsNeededStays() {
        JsonNode least = new TreeReducer(2000, PATIENCE, tree -> tree.toString().contains("\"uniqueItems\":true"))
                .reduce(SCHEMA);
        assertEquals("{\"$schema\":\"s\",\"uniqueItems\":true}", least.toString());
    }

    @Test
    void numbersShrinkAsFarAsTheyMay() {
        JsonNode least = new TreeReducer(
                        2000,
                        PATIENCE,
                        tree -> tree.findValues("maxItems").stream()
                                .anyMatch(count ->
                                        count.isNumber() && count.decimalValue().intValue() >= 50))
                .reduce(SCHEMA);
        assertEquals("{\"$schema\":\"s\",\"maxItems\":50}", least.toString());
    }

    @Test
    void theTreeItselfIsLeftAlone() {
        JsonNode tree = SCHEMA.deepCopy();
        new TreeReducer(300, PATIENCE, candidate -> candidate.has("required")).reduce(tree);
        assertEquals(SCHEMA, tree);
    }

    @Test
    void noMoreIsTriedThanAllowed() {
        int[] tries = new int[1];
        new TreeReducer(25, PATIENCE, tree -> {
                    tries[0]++;
                    return tries[0] % 3 == 0;
                })
                .reduce(SCHEMA);
        assertTrue(tries[0] <= 25);
    }
}
