// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.item;

import static dev.espalier.schemas.FiniteWorld.map;
import static dev.espalier.schemas.FiniteWorld.number;

import dev.espalier.schemas.LanesOfSchemas;
import dev.espalier.schemas.SpelledJson;
import dev.espalier.schemas.diagram.AtomSet;
import dev.espalier.schemas.diagram.Diagrams;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Classes by chance of the values of a small world: what some schemas say of them, each other's verdicts put together. */
@org.jspecify.annotations.NullUnmarked
final class RandomClasses {

    private static final List<Object> WORLD = Arrays.asList(
            null,
            true,
            false,
            number(1),
            number(2),
            number(12),
            number(-3),
            number(100),
            "",
            "a",
            "b",
            "ab",
            "\u00e9",
            "a\"",
            List.of(),
            List.of("a"),
            Arrays.asList(null, number(1)),
            map(),
            map("a", "b"),
            map("a", number(1), "b", number(12)));

    private final LanesOfSchemas lanes;
    private final int diagram;

    RandomClasses(Random random) {
        List<Map<String, Object>> schemas = new ArrayList<>(List.of(map("enum", WORLD)));
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            schemas.add(schema(random));
        }
        this.lanes = new LanesOfSchemas(schemas);
        int[] order = IntStream.range(0, schemas.size())
                .map(lanes::lane)
                .sorted()
                .distinct()
                .toArray();
        Diagrams diagrams = lanes.language().diagrams();
        this.diagram = diagrams.and(diagrams.variable(lanes.lane(0)), Diagrams.ZERO) == Diagrams.DEAD
                ? Diagrams.DEAD
                : diagrams.choose(diagrams.variable(lanes.lane(0)), diagram(diagrams, random, order, 0), Diagrams.DEAD);
    }

    private static Map<String, Object> schema(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> map("type", List.of("string", "number", "array", "object").get(random.nextInt(4)));
            case 1 -> map("minLength", number(random.nextInt(1, 3)), "minimum", number(random.nextInt(13)));
            case 2 -> map("not", schema(random));
            case 3 -> map("maxProperties", number(random.nextInt(2)), "maxItems", number(random.nextInt(2)));
            default ->
                map(
                        "enum",
                        WORLD.stream()
                                .filter(value -> random.nextInt(3) > 0 || "".equals(value))
                                .toList());
        };
    }

    private static int diagram(Diagrams diagrams, Random random, int[] order, int from) {
        if (from == order.length || random.nextInt(5) == 0) {
            int result = random.nextInt(4);
            return result == 3 ? Diagrams.DEAD : Diagrams.end(result);
        }
        return diagrams.node(
                order[from], diagram(diagrams, random, order, from + 1), diagram(diagrams, random, order, from + 1));
    }

    LanesOfSchemas lanes() {
        return lanes;
    }

    int diagram() {
        return diagram;
    }

    /** The results of the diagram, each a class. */
    int[] results() {
        return lanes.language().diagrams().ends(diagram).stream()
                .mapToInt(Diagrams::result)
                .toArray();
    }

    /** All values of the world, with what the schemas say of them and the bytes of their compact texts. */
    List<SeenItems.Item> world() {
        List<SeenItems.Item> items = new ArrayList<>();
        for (Object value : WORLD) {
            byte[] text = SpelledJson.plain(value).getBytes(StandardCharsets.UTF_8);
            items.add(new SeenItems.Item(ItemValue.of(text), lanes.lanes(value), text.length));
        }
        return items;
    }

    /** The bytes of the values of a class, by their canonical texts. */
    TreeMap<String, Integer> members(int result) {
        TreeMap<String, Integer> members = new TreeMap<>();
        for (SeenItems.Item item : world()) {
            if (isOf(result, item.lanes())) {
                members.put(item.value().canonical(), item.bytes());
            }
        }
        return members;
    }

    private boolean isOf(int result, AtomSet good) {
        int at = diagram;
        while (at >= 0) {
            at = lanes.language()
                    .diagrams()
                    .branch(at, good.has(lanes.language().diagrams().top(at)));
        }
        return at == Diagrams.end(result);
    }
}
