package dev.espalier.jsonschemabench.twoway;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.judge.ReferenceValidator;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.JsonLines;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.jsonschemabench.run.ResultsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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

    /** An empty table, with a column for each limit of tokens. */
    static Table table(List<Integer> limits) {
        List<String> columns = new ArrayList<>(
                List.of("engine", "texts", "schemas refused", "errors", "white-space loops", "complete but invalid"));
        limits.forEach(limit -> columns.add("valid within " + limit));
        return new Table("Texts of the simulated model", columns);
    }

    Table row(Table table, List<Integer> limits) {
        List<Object> cells = new ArrayList<>(List.of(
                name,
                results.size(),
                count("refused"),
                count("error"),
                loops() + " (" + Table.percent(loops(), results.size()) + ")",
                count("complete") - valid.size()));
        limits.forEach(limit -> cells.add(Table.percent(validWithin(limit), results.size())));
        return table.row(cells.toArray());
    }

    private long count(String end) {
        return results.stream().filter(result -> result.end().equals(end)).count();
    }

    private long loops() {
        return results.stream().filter(WishResult::isLoop).count();
    }

    /** How many texts are valid and have at most so many tokens. */
    long validWithin(int limit) {
        return valid.stream().filter(result -> result.tokens() <= limit).count();
    }

    void write(ObjectNode node, List<Integer> limits) {
        node.put("texts", results.size()).put("refused", count("refused")).put("errors", count("error"));
        node.put("loops", loops()).put("invalid", count("complete") - valid.size());
        ObjectNode within = node.putObject("valid_within");
        limits.forEach(limit -> within.put(String.valueOf(limit), validWithin(limit)));
    }
}
