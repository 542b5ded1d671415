package dev.espalier.jsonschemabench.compare;

import dev.espalier.jsonschemabench.report.Table;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * All measures of all engines on one set of schemas.
 *
 * @param title what the set is
 * @param member its name in JSON
 * @param schemas how many schemas it has; of different sets of each engine the most
 * @param times a table a measure
 */
record Part(String title, String member, int schemas, List<TimesTable> times) {

    /** On each engine's own schemas. */
    static Part of(String title, String member, List<EngineResults> all) {
        int schemas = all.stream().mapToInt(one -> one.byId().size()).max().orElse(0);
        List<TimesTable> times = Arrays.stream(Measure.values())
                .map(measure -> TimesTable.of(measure, all))
                .toList();
        return new Part(title, member, schemas, times);
    }

    /** On the same schemas. */
    static Part of(String title, String member, List<EngineResults> all, Collection<String> ids) {
        return of(title, member, all.stream().map(one -> one.only(ids)).toList());
    }

    String heading() {
        return title + " (" + schemas + ")";
    }

    /** Times and ratios of every measure, in turns; none if there are no schemas. */
    List<Table> tables() {
        return schemas == 0
                ? List.of()
                : times.stream()
                        .filter(table -> !table.isEmpty())
                        .flatMap(table -> List.of(table.times(), table.ratios()).stream())
                        .filter(table -> !table.rows().isEmpty())
                        .toList();
    }

    void write(ObjectNode node) {
        ObjectNode mine = node.putObject(member).put("schemas", schemas);
        times.forEach(table -> table.write(mine.withObjectProperty("engines")));
    }
}
