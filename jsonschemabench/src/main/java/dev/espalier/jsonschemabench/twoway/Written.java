// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.twoway;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.judge.ReferenceValidator;
import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.JsonLines;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.jsonschemabench.run.ResultsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What the simulated model wrote under one engine and setting, judged by an independent validator.
 *
 * @param name the engine with its setting
 * @param results what became of the wishes
 * @param valid the results that are whole texts which their schemas allow
 */
record Written(String name, List<WishResult> results, List<WishResult> valid) {

    /**
     * Reads and judges the results of a folder.
     *
     * @throws InvalidInputException if they cannot be read
     */
    static Written read(Path folder, Map<String, Wish> wishes) {
        ReferenceValidator judge = new ReferenceValidator();
        Map<String, WishResult> byId = new TreeMap<>();
        try {
            for (JsonNode line : new JsonLines(folder.resolve(ResultsFile.NAME)).read()) {
                if (line.has("id") && wishes.containsKey(line.path("id").asString())) {
                    byId.put(line.path("id").asString(), ResultJson.read(line, WishResult.class));
                }
            }
        } catch (IOException e) {
            throw new InvalidInputException(folder + ": results cannot be read: " + e, e);
        }
        List<WishResult> valid = new ArrayList<>();
        byId.forEach((id, result) -> {
            Wish wish = wishes.get(id);
            if (result.isComplete()
                    && wish != null
                    && judge.faults(wish.schema(), result.text()).isEmpty()) {
                valid.add(result);
            }
        });
        return new Written(String.valueOf(folder.getFileName()), List.copyOf(byId.values()), valid);
    }

    /** Its figures, with a column for each limit of tokens. */
    static List<Column<Written>> columns(List<Integer> limits) {
        List<Column<Written>> columns = new ArrayList<>(List.of(
                Column.of("engine", Written::name),
                Column.both("texts", one -> one.results.size()),
                Column.of("schemas refused", one -> one.count("refused")),
                Column.member("refused", one -> one.count("refused")),
                Column.both("errors", one -> one.count("error")),
                Column.of(
                        "white-space loops",
                        one -> one.loops() + " (" + Table.percent(one.loops(), one.results.size()) + ")"),
                Column.member("loops", Written::loops),
                Column.of("complete but invalid", Written::invalid),
                Column.member("invalid", Written::invalid),
                Column.member(
                        "valid_within",
                        one -> limits.stream()
                                .collect(Collectors.toMap(
                                        limit -> limit, one::validWithin, Long::sum, LinkedHashMap::new)))));
        limits.forEach(limit -> columns.add(
                Column.of("valid within " + limit, one -> Table.percent(one.validWithin(limit), one.results.size()))));
        return columns;
    }

    private long count(String end) {
        return results.stream().filter(result -> result.end().equals(end)).count();
    }

    private long loops() {
        return results.stream().filter(WishResult::isLoop).count();
    }

    private long invalid() {
        return count("complete") - valid.size();
    }

    /** How many texts are valid and have at most so many tokens. */
    private long validWithin(int limit) {
        return valid.stream().filter(result -> result.tokens() <= limit).count();
    }
}
