// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import static dev.espalier.schemas.FiniteWorld.map;
import static dev.espalier.schemas.FiniteWorld.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.schemas.LanesOfSchemas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Proofs that schemas are disjoint, held to all values of a world in which each two of the schemas have a value in common if any. */
@org.jspecify.annotations.NullUnmarked
class DisjointnessTest implements CountedTrials {

    private static final int SCHEMAS = 9;
    private static final int LONGEST = 3;
    private static final List<String> PATTERNS =
            List.of("^a+$", "^b*$", "^ab?$", "^[ab]b$", "^[ab]{2}$", "^a[ab]*b$", "^(a|bb)$");
    private static final List<Object> SCALARS =
            Arrays.asList(null, true, false, number(0), number(1), number(2), "", "a", "b", "ab", "bb", "aa", "ba");
    private static final List<Object> WORLD = world();

    private int disjoint;
    private int common;
    private int apart;

    private static List<Object> world() {
        List<Object> world = new ArrayList<>(SCALARS);
        world.addAll(List.of("aaa", "aab", "abb", "bbb", "aba", "bab", "baa", "bba"));
        world.addAll(List.of(List.of(), map()));
        for (Object value : List.copyOf(world.subList(1, world.size()))) {
            world.add(map("a", value));
            world.add(map("a", map("a", value)));
        }
        world.add(map("a", null));
        world.add(map("a", map("a", null)));
        return world;
    }

    /** A schema of the kinds whose being disjoint is proved. */
    private static Map<String, Object> plain(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 7)) {
            case 0 -> map("type", some(List.of("string", "number", "boolean", "null", "object", "array"), random));
            case 1 -> map("enum", some(random.nextBoolean() ? SCALARS : SCALARS.subList(3, 6), random));
            case 2 -> map("type", "string", "pattern", PATTERNS.get(random.nextInt(PATTERNS.size())));
            case 3 -> map("type", "object", "properties", map("a", false));
            case 4 -> map("type", "object", "properties", map("a", plain(random, depth - 1)));
            default ->
                map("type", "object", "required", List.of("a"), "properties", map("a", plain(random, depth - 1)));
        };
    }

    /** Any other schema: it may be disjoint without a proof. */
    private static Map<String, Object> other(Random random) {
        Map<String, Object> one = plain(random, 1);
        Map<String, Object> two = plain(random, 1);
        return switch (random.nextInt(4)) {
            case 0 -> map("not", one);
            case 1 -> map("anyOf", List.of(one, two));
            case 2 -> map("allOf", List.of(one, map("not", two)));
            default -> map("oneOf", List.of(one, two));
        };
    }

    private static <T> List<T> some(List<T> all, Random random) {
        List<T> some = new ArrayList<>(all);
        Collections.shuffle(some, random);
        return some.subList(0, random.nextInt(1, 4));
    }

    @RandomTrials(30)
    void schemasAreDisjointIfNoValueIsGoodForBoth(long seed, Random random) {
        List<Map<String, Object>> schemas = new ArrayList<>();
        boolean[] isPlain = new boolean[SCHEMAS];
        for (int i = 0; i < SCHEMAS; i++) {
            isPlain[i] = random.nextInt(4) > 0;
            schemas.add(isPlain[i] ? plain(random, 2) : other(random));
        }
        LanesOfSchemas lanes = new LanesOfSchemas(schemas);
        lanes.run(() -> {
            Disjointness disjointness = lanes.language().disjointness();
            for (int i = 0; i < 60; i++) {
                int one = random.nextInt(SCHEMAS);
                int two = random.nextInt(SCHEMAS);
                String where = "seed " + seed + ": " + schemas.get(one) + " and " + schemas.get(two);
                boolean found = disjointness.areDisjoint(lanes.lane(one), lanes.lane(two));
                boolean isDisjoint =
                        WORLD.stream().noneMatch(value -> lanes.allows(one, value) && lanes.allows(two, value));
                assertTrue(isDisjoint || !found, where);
                if (isPlain[one] && isPlain[two] && lanes.lane(one) != lanes.lane(two)) {
                    assertEquals(isDisjoint, found, where);
                    disjoint += found ? 1 : 0;
                    common += found ? 0 : 1;
                }
                checkApart(disjointness, lanes, schemas, isPlain, some(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8), random));
            }
        });
    }

    /** Finitely many strings each, and none of two. */
    private void checkApart(
            Disjointness disjointness,
            LanesOfSchemas lanes,
            List<Map<String, Object>> schemas,
            boolean[] isPlain,
            List<Integer> some) {
        boolean areApart = true;
        boolean arePlain = true;
        for (int schema : some) {
            List<Object> good =
                    WORLD.stream().filter(value -> lanes.allows(schema, value)).toList();
            areApart &= !good.isEmpty()
                    && good.stream().allMatch(value -> value instanceof String text && text.length() < LONGEST)
                    && some.stream()
                            .noneMatch(other ->
                                    other != schema && good.stream().anyMatch(value -> lanes.allows(other, value)));
            arePlain &= isPlain[schema];
        }
        boolean found = disjointness.areApart(some.stream().map(lanes::lane).toList());
        String where = some.stream().map(schemas::get).toList().toString();
        if (arePlain) {
            assertEquals(areApart, found, where);
        } else {
            assertFalse(found && !areApart, where);
        }
        apart += found ? 1 : 0;
    }

    @Override
    public void afterTrials() {
        assertTrue(
                disjoint > 200 && common > 100 && apart > 20,
                disjoint + " disjoint, " + common + " with a common value, " + apart + " apart");
    }
}
