// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.input;

import dev.espalier.jsonschemabench.run.Bundled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each way to make something is taken: the table {@code weights.tsv}, a choice a line, grouped by what comes before
 * the first point. Immutable.
 */
public final class Weights {

    /** Those of no group. */
    public static final Weights NONE = new Weights(Map.of());

    private static final String RESOURCE = "weights.tsv";

    private record Choice(String name, int weight) {}

    private final Map<String, List<Choice>> groups;

    private Weights(Map<String, List<Choice>> groups) {
        this.groups = groups;
    }

    /** The table that comes with the harness. */
    public static Weights read() {
        return parse(Bundled.text(Weights.class, RESOURCE));
    }

    static Weights parse(String table) {
        Map<String, List<Choice>> groups = new HashMap<>();
        table.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            String[] cells = line.split("\t");
            int point = cells[0].indexOf('.');
            groups.computeIfAbsent(cells[0].substring(0, point), unused -> new ArrayList<>())
                    .add(new Choice(cells[0].substring(point + 1), Integer.parseInt(cells[1])));
        });
        return new Weights(groups);
    }

    /** One of a group's names. */
    public String choose(String group, Dice dice) {
        List<Choice> choices = groups.getOrDefault(group, List.of());
        int left = dice.below(choices.stream().mapToInt(Choice::weight).sum());
        for (Choice choice : choices) {
            left -= choice.weight();
            if (left < 0) {
                return choice.name();
            }
        }
        throw new IllegalStateException("no choice in " + group);
    }

    /** The names of a group, as they stand in the table. */
    List<String> names(String group) {
        return groups.getOrDefault(group, List.of()).stream().map(Choice::name).toList();
    }
}
