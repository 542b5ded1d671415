package dev.espalier.jsonschemabench.compare;

import dev.espalier.jsonschemabench.maskbench.SchemaResult;
import dev.espalier.jsonschemabench.report.ReasonCounts;
import dev.espalier.jsonschemabench.report.Summary;
import dev.espalier.jsonschemabench.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Figures of several runs side by side, the first of which is what the others are compared with. Immutable once made. */
public final class Comparison implements Summary {

    private final List<EngineResults> all;
    private final CommonGround ground;
    private final List<Part> parts;

    /**
     * Compares.
     *
     * @param all the runs, at least one
     * @throws dev.espalier.core.error.InvalidInputException if two have the same name, or their tokenizers or texts differ
     */
    public Comparison(List<EngineResults> all) {
        EngineResults.requireComparable(all);
        this.all = List.copyOf(all);
        this.ground = CommonGround.of(all);
        this.parts = List.of(
                Part.of("Schemas that all compiled", "compiled_by_all", all, ground.compiled()),
                Part.of("Schemas whose instances all read as far", "same_path", all, ground.samePath()),
                Part.of("All schemas of each engine", "each", all));
    }

    List<EngineResults> engines() {
        return all;
    }

    CommonGround ground() {
        return ground;
    }

    List<Part> parts() {
        return parts;
    }

    /** What was compared, and on how much, in sentences. */
    List<String> setting() {
        List<String> lines = new ArrayList<>();
        all.forEach(one -> lines.add(one.name() + ": " + described(one.settings()) + "."));
        lines.add(String.format(
                Locale.ROOT,
                "All have results of %d schemas; all compiled %d of these, and read all instances as far of %d. Of %d the"
                        + " instances differ in number or in tokens: these are left out.",
                ground.tried().size(),
                ground.compiled().size(),
                ground.samePath().size(),
                ground.otherInstances().size()));
        return lines;
    }

    private static String described(Map<String, String> settings) {
        List<String> parts = new ArrayList<>();
        settings.forEach((option, value) -> {
            if (!option.equals("engine") && !value.isEmpty()) {
                parts.add(option + " " + value);
            }
        });
        return parts.isEmpty() ? "settings unknown" : String.join("; ", parts);
    }

    /** Verdicts by engine: on what each tried, and on what all compiled. */
    List<Table> verdicts() {
        Table full = Verdicts.table("All schemas of each engine");
        Table common = Verdicts.table("Schemas that all compiled");
        for (EngineResults one : all) {
            full = Verdicts.of(one.results()).row(full, one.name());
            common = Verdicts.of(one.only(ground.compiled()).results()).row(common, one.name());
        }
        return List.of(full, common);
    }

    /** Which schemas pass with one engine and not with the first; without rows if there is only one. */
    Table differences() {
        EngineResults first = all.get(0);
        Table table = Table.of(
                "Schemas that only one of two passes",
                "engine",
                "only " + first.name() + " passes",
                "only this one passes");
        for (EngineResults one : all.subList(1, all.size())) {
            table = table.row(one.name(), onlyFirst(first, one), onlyFirst(one, first));
        }
        return table;
    }

    private long onlyFirst(EngineResults one, EngineResults other) {
        return ground.tried().stream()
                .filter(id -> passes(one, id) && !passes(other, id))
                .count();
    }

    private static boolean passes(EngineResults engine, String id) {
        SchemaResult result = engine.byId().get(id);
        return result != null && result.passes();
    }

    /** What kept schemas from running, by engine; engines that ran all are left out. */
    Map<String, ReasonCounts> refusedFor() {
        Map<String, ReasonCounts> reasons = new LinkedHashMap<>();
        for (EngineResults one : all) {
            ReasonCounts counts = new ReasonCounts();
            one.results().stream()
                    .filter(result -> !result.schema().isCompiled())
                    .forEach(result -> counts.add(result.schema().reasons()));
            if (!counts.mostFrequent().isEmpty()) {
                reasons.put(one.name(), counts);
            }
        }
        return reasons;
    }

    @Override
    public JsonNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        ObjectNode engines = node.putObject("engines");
        for (EngineResults one : all) {
            ObjectNode engine = engines.putObject(one.name());
            one.settings().forEach(engine.putObject("settings")::put);
            Verdicts.of(one.results()).write(engine.putObject("verdicts"));
            Verdicts.of(one.only(ground.compiled()).results()).write(engine.putObject("verdicts_compiled_by_all"));
            ReasonCounts counts = refusedFor().getOrDefault(one.name(), new ReasonCounts());
            engine.set("refused_for", counts.toJson());
        }
        node.put("tried_by_all", ground.tried().size());
        node.put("other_instances", ground.otherInstances().size());
        parts.forEach(part -> part.write(node));
        return node;
    }

    /** All tables, with the headings of their parts, as Markdown. */
    public String markdown() {
        StringBuilder text = new StringBuilder("# Engines side by side\n");
        setting().forEach(line -> text.append('\n').append(line).append('\n'));
        text.append("\n## Verdicts\n");
        verdicts().forEach(table -> text.append('\n').append(table.markdown()));
        append(differences(), text);
        refusedFor().forEach((engine, counts) -> append(reasons(engine, counts), text));
        for (Part part : parts) {
            text.append("\n## ").append(part.heading()).append('\n');
            part.tables().forEach(table -> append(table, text));
        }
        if (!casesTable().rows().isEmpty()) {
            text.append("\n## Cases\n");
            append(casesTable(), text);
        }
        return text.toString();
    }

    private static void append(Table table, StringBuilder text) {
        if (!table.rows().isEmpty()) {
            text.append('\n').append(table.markdown());
        }
    }

    /** Each schema or case with each engine; without rows if there are too many to look at. */
    Table casesTable() {
        return CaseTable.of(all, ground.tried());
    }

    static Table reasons(String engine, ReasonCounts counts) {
        return counts.table("Refused or failed with " + engine, "schemas");
    }

    /** The tables for a terminal. */
    @Override
    public String toString() {
        String line = System.lineSeparator();
        StringBuilder text = new StringBuilder(String.join(line, setting())).append(line);
        verdicts().forEach(table -> text.append(line).append(table));
        for (Part part : parts) {
            text.append(line).append(part.heading()).append(line);
            part.tables().forEach(table -> text.append(line).append(table));
        }
        return casesTable().rows().isEmpty()
                ? text.toString()
                : text.append(line).append(casesTable()).toString();
    }
}
