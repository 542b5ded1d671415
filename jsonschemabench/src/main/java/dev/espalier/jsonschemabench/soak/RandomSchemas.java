// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.soak;

import dev.espalier.jsonschemabench.unseen.input.Dice;
import dev.espalier.jsonschemabench.unseen.input.Json;
import dev.espalier.jsonschemabench.unseen.input.RandomJson;
import dev.espalier.jsonschemabench.unseen.input.Weights;
import tools.jackson.databind.JsonNode;

/**
 * Endlessly many schemas such as tools and answers of language models have, no two alike: objects of scalars, enumerations,
 * patterns, lists, alternatives and trees, by the recipes {@code schemas.json}. The schema of a number is always the same for one seed. Immutable.
 *
 * @param seed decides all schemas
 */
public record RandomSchemas(long seed) {

    private static final JsonNode RECIPES = RandomJson.recipes(RandomSchemas.class, "schemas.json");
    private static final int DEPTH = 2;

    /** The text of a schema. It has a member that is in no other. */
    public String text(int number) {
        return new RandomJson(RECIPES, Weights.NONE, Dice.of(seed, number), DEPTH)
                .source("number", words -> Json.text(Integer.toString(number, Character.MAX_RADIX)))
                .make("schema")
                .toString();
    }
}
