// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RandomJsonTest {

    private static final JsonNode RECIPES = Json.read("""
            {
              "plain": {"a": [1, true, null, "b"]},
              "sum": {"least": "=between 3 3", "most": "=between 2 2 + least", "none": "=between 2 2 + other"},
              "maybe": {"a ?4": 1, "b !4": 2},
              "weighed": {"=one": {"x 3": "x", "y 1": "y"}},
              "either": "=weighed | plain",
              "joined": {"=of": {"p": {"a": 1}, "q": 1}, "=of 2": {"p": {"b": 2}, "q": 2}},
              "list": [0, {"=many": 3, "=item": "=next"}, "=*pair"],
              "pair": ["<=next>", "n<=next>"],
              "named": {
                "names": ["u", "v"],
                "members": {"=many": "=own names", "=item": 7},
                "others": {"=many": 2, "=name": "k<=next>", "=item": "=same weighed"}
              },
              "tree": {"=deep": [["=tree"], "end"]}
            }""");

    private static JsonNode make(String recipe, int seed) {
        return new RandomJson(RECIPES, Weights.NONE, Dice.of(seed, 0), 2).make(recipe);
    }

    private static String text(String recipe) {
        return make(recipe, 1).toString();
    }

    @Test
    void whatIsNoCallStaysAsItIs() {
        assertEquals("{\"a\":[1,true,null,\"b\"]}", text("plain"));
    }

    @Test
    void numbersAreMoreThanOtherMembers() {
        assertEquals("{\"least\":3,\"most\":5,\"none\":2}", text("sum"));
    }

    @Test
    void membersOfObjectsAreJoined() {
        assertEquals("{\"p\":{\"a\":1,\"b\":2},\"q\":2}", text("joined"));
    }

    @Test
    void manyThingsAreItemsOrMembers() {
        assertEquals("[0,1,2,3,\"4\",\"n5\"]", text("list"));
        JsonNode named = make("named", 1);
        assertEquals("{\"u\":7,\"v\":7}", named.path("members").toString());
        assertEquals(named.path("others").path("k1"), named.path("others").path("k2"));
    }

    @Test
    void depthIsBounded() {
        assertEquals("[[\"end\"]]", text("tree"));
    }

    @Test
    void chancesAreKeptTo() {
        Map<String, Integer> counts = new HashMap<>();
        Set<Boolean> kinds = new HashSet<>();
        for (int seed = 0; seed < 2_000; seed++) {
            make("maybe", seed).propertyNames().forEach(name -> counts.merge(name, 1, Integer::sum));
            counts.merge(make("weighed", seed).asString(), 1, Integer::sum);
            kinds.add(make("either", seed).isObject());
        }
        for (String rare : Set.of("a", "y")) {
            assertTrue(counts.getOrDefault(rare, 0) > 400 && counts.getOrDefault(rare, 0) < 600, counts::toString);
        }
        assertTrue(counts.getOrDefault("b", 0) > 1_400 && counts.getOrDefault("x", 0) > 1_400, counts::toString);
        assertEquals(Set.of(true, false), kinds);
    }

    @Test
    void aCallOfNothingIsToldApart() {
        assertThrows(IllegalStateException.class, () -> make("nothing of the kind", 1));
    }
}
