// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.compare;

import dev.espalier.jsonschemabench.maskbench.SchemaResult;
import dev.espalier.jsonschemabench.report.BarChart;
import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.ReasonCounts;
import dev.espalier.jsonschemabench.report.SizeChart;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.SchemaOutcome.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Figures of several runs side by side.
 *
 * @param engines the results of each; the first is what the others are compared with
 * @param ground what they can be compared on
 */
record Comparison(List<EngineResults> engines, CommonGround ground) {

    private static final List<String> COLOURS = List.of("good", "bad", "fine", "doubt", "worse", "muted");

    /** More cases than these nobody looks at one by one. */
    private static final int MOST = 64;

    private static final List<Column<CaseRow>> CASES = List.of(
            Column.of("case", row -> row.result.id()),
            Column.of("engine", CaseRow::engine),
            Column.of("outcome", CaseRow::outcome),
            Column.of("right", CaseRow::right),
            Column.of("compile ms", row -> row.millis(row.result.schema().compileNanos())),
            Column.of("first mask ms", row -> row.millis(row.result.firstMaskNanos())),
            Column.of("masks", row -> row.mask().count()),
            Column.of("mask mean µs", row -> row.micros(row.mask().mean())),
            Column.of("× first", CaseRow::timesFirst),
            Column.of("mask p99 µs", row -> row.micros(row.mask().percentile(99))),
            Column.of("mask max µs", row -> row.micros(row.mask().max())),
            Column.of(
                    "commit mean µs",
                    row -> row.micros(row.result.steps().commit().mean())),
            Column.of(
                    "commit max µs",
                    row -> row.micros(row.result.steps().commit().max())));

    /** A schema with an engine, and the mean time of its masks with the first engine, 0 if that has none. */
    private record CaseRow(String engine, SchemaResult result, double first) {

        LatencyHistogram mask() {
            return result.steps().mask();
        }

        String outcome() {
            return result.schema().isCompiled() || result.schema().reasons().isEmpty()
                    ? result.schema().status().name().toLowerCase(Locale.ROOT)
                    : result.schema().reasons().get(0).keyword();
        }

        String right() {
            long wrong = result.falselyRefused() + result.falselyAccepted();
            return result.tests().size() - wrong + " of " + result.tests().size();
        }

        String millis(long nanos) {
            return result.schema().compileNanos() > 0 ? String.format(Locale.ROOT, "%.2f", nanos / 1e6) : "-";
        }

        String micros(double nanos) {
            return mask().count() > 0 ? EngineTimes.micros(nanos) : "-";
        }

        String timesFirst() {
            return mask().count() > 0 && first > 0 ? String.format(Locale.ROOT, "%.2f", mask().mean() / first) : "-";
        }
    }

    /** All measures of all engines on one set of schemas: its title, its member of the figures, and the results of it. */
    private record Part(String title, String member, List<EngineResults> engines) {

        int schemas() {
            return engines.stream().mapToInt(one -> one.byId().size()).max().orElse(0);
        }

        String heading() {
            return title + " (" + schemas() + ")";
        }

        /** The times of each engine; none if no engine has any. */
        List<EngineTimes> times(Measure measure) {
            LatencyHistogram first = measure.of(engines.get(0).results());
            List<EngineTimes> times = engines.stream()
                    .map(one -> new EngineTimes(one.name(), measure.of(one.results()), first))
                    .toList();
            return times.stream().allMatch(each -> each.times().count() == 0) ? List.of() : times;
        }

        Table table(Measure measure) {
            return Table.of(measure.shown(), EngineTimes.TIMES, times(measure));
        }

        Table ratios(Measure measure) {
            String caption =
                    measure.shown() + ", times as long as " + engines.get(0).name();
            return Table.of(
                    caption, EngineTimes.RATIOS, times(measure).stream().skip(1).toList());
        }

        Map<String, Object> members() {
            Map<String, Object> all = new LinkedHashMap<>();
            for (EngineResults one : engines) {
                Map<String, Object> figures = new LinkedHashMap<>();
                for (Measure measure : Measure.values()) {
                    LatencyHistogram first = measure.of(engines.get(0).results());
                    EngineTimes times = new EngineTimes(one.name(), measure.of(one.results()), first);
                    figures.put(measure.member(), times.toJson());
                }
                all.put(one.name(), figures);
            }
            return Map.of("schemas", schemas(), "engines", all);
        }
    }

    /**
     * Compares.
     *
     * @throws dev.espalier.core.error.InvalidInputException if two have the same name, or their tokenizers or texts differ
     */
    Comparison(List<EngineResults> all) {
        this(List.copyOf(all), CommonGround.of(all));
        EngineResults.requireComparable(all);
    }

    private List<Part> parts() {
        return List.of(
                new Part("Schemas that all compiled", "compiled_by_all", only(ground.compiled())),
                new Part("Schemas whose instances all read as far", "same_path", only(ground.samePath())),
                new Part("All schemas of each engine", "each", engines));
    }

    private List<EngineResults> only(Collection<String> ids) {
        return engines.stream().map(one -> one.only(ids)).toList();
    }

    /** What was compared, and on how much, in sentences. */
    private List<String> setting() {
        List<String> lines = new ArrayList<>();
        engines.forEach(one -> lines.add(one.name() + ": " + one.described() + "."));
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

    private static List<Verdicts> verdicts(List<EngineResults> some) {
        return some.stream().map(one -> new Verdicts(one.name(), one.results())).toList();
    }

    /** Which schemas pass with one engine and not with the first; without rows if there is only one. */
    Table differences() {
        EngineResults first = engines.get(0);
        List<Column<EngineResults>> columns = List.of(
                Column.of("engine", EngineResults::name),
                Column.of("only " + first.name() + " passes", one -> onlyFirst(first, one)),
                Column.of("only this one passes", one -> onlyFirst(one, first)));
        return Table.of(
                "Schemas that only one of two passes",
                columns,
                engines.stream().skip(1).toList());
    }

    private long onlyFirst(EngineResults one, EngineResults other) {
        return ground.tried().stream()
                .filter(id -> one.of(id).passes() && !other.of(id).passes())
                .count();
    }

    private static ReasonCounts refusedFor(EngineResults engine) {
        ReasonCounts counts = new ReasonCounts();
        engine.results().stream()
                .filter(result -> !result.schema().isCompiled())
                .forEach(result -> counts.add(result.schema().reasons()));
        return counts;
    }

    private static Table reasons(EngineResults engine) {
        return refusedFor(engine).table("Refused or failed with " + engine.name(), "schemas");
    }

    /** Each schema or case with each engine; without rows if there are too many to look at. */
    Table casesTable() {
        List<CaseRow> rows = new ArrayList<>();
        for (String id : ground.tried().size() > MOST ? List.<String>of() : ground.tried()) {
            double first = engines.get(0).of(id).steps().mask().mean();
            engines.forEach(one -> rows.add(new CaseRow(one.name(), one.of(id), first)));
        }
        return Table.of("Each case", CASES, rows);
    }

    /** All tables, with the headings of their parts, as Markdown. */
    String markdown() {
        Map<String, List<Table>> sections = new LinkedHashMap<>();
        List<Table> all = new ArrayList<>(verdictTables());
        all.add(differences());
        engines.forEach(one -> all.add(reasons(one)));
        sections.put("Verdicts", all);
        for (Part part : parts()) {
            List<Table> times = new ArrayList<>();
            for (Measure measure : Measure.values()) {
                times.addAll(List.of(part.table(measure), part.ratios(measure)));
            }
            sections.put(part.heading(), times);
        }
        sections.put("Cases", List.of(casesTable()));
        StringBuilder text = new StringBuilder("# Engines side by side\n");
        setting().forEach(line -> text.append('\n').append(line).append('\n'));
        sections.forEach((heading, tables) -> text.append(tables.stream()
                .filter(table -> !table.rows().isEmpty())
                .map(Table::markdown)
                .collect(Collectors.joining("\n", "\n## " + heading + "\n\n", ""))));
        return text.toString();
    }

    private List<Table> verdictTables() {
        return List.of(
                Table.of("All schemas of each engine", Verdicts.COLUMNS, verdicts(engines)),
                Table.of("Schemas that all compiled", Verdicts.COLUMNS, verdicts(only(ground.compiled()))));
    }

    /** The view. */
    View view() {
        View view = new View("Engines side by side", setting().toArray(String[]::new));
        view.lines(setting()).member("engines", members());
        view.member("tried_by_all", ground.tried().size());
        view.member("other_instances", ground.otherInstances().size());
        for (Measure measure : List.of(Measure.STEP, Measure.FIRST_MASK)) {
            parts().get(0)
                    .times(measure)
                    .forEach(each -> view.figure(
                            each.engine() + ", mean " + measure.shown(),
                            LatencyChart.time(each.times().mean())));
        }
        view.section("Verdicts").chart(coverage());
        verdictTables().forEach(view::table);
        view.onPage(differences());
        for (Part part : parts()) {
            view.member(part.member, part.members()).section(part.heading()).onTerminal(part.heading());
            for (Measure measure : Measure.values()) {
                view.chart(chart(part, measure)).onTerminal(part.table(measure)).table(part.ratios(measure));
            }
        }
        view.section("Time to first mask against schema size").chart(sizes());
        view.section("Cases").table(casesTable()).section("What kept schemas from running");
        engines.forEach(one -> view.onPage(reasons(one)));
        return view;
    }

    private Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        for (EngineResults one : engines) {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("settings", one.settings());
            figures.put("verdicts", verdicts(one));
            figures.put("verdicts_compiled_by_all", verdicts(one.only(ground.compiled())));
            figures.put("refused_for", refusedFor(one).toJson());
            members.put(one.name(), figures);
        }
        return members;
    }

    private static Map<String, Object> verdicts(EngineResults one) {
        return Column.members(Verdicts.COLUMNS, new Verdicts(one.name(), one.results()));
    }

    private static LatencyChart chart(Part part, Measure measure) {
        LatencyChart chart = new LatencyChart(
                part.title + ": " + measure.shown(),
                "The share of times that were this long or longer, both axes logarithmic: a curve crosses 1 % at its"
                        + " 99th percentile.");
        part.times(measure).forEach(each -> chart.add(each.engine(), each.times()));
        return chart;
    }

    private BarChart coverage() {
        BarChart chart = BarChart.shares(
                "Coverage",
                "Of the schemas that each engine tried; one passes when it compiles, every valid instance is accepted"
                        + " and every invalid one refused.",
                "passing:good",
                "wrong verdict:bad",
                "refused:doubt",
                "error:worse",
                "timeout:muted");
        verdicts(engines)
                .forEach(each -> chart.add(
                        each.engine(),
                        each.passing(),
                        each.wrong(),
                        each.ended(Status.REFUSED),
                        each.ended(Status.ERROR),
                        each.ended(Status.TIMEOUT)));
        return chart;
    }

    private SizeChart sizes() {
        List<EngineResults> shown =
                only(ground.compiled()).stream().limit(COLOURS.size()).toList();
        SizeChart chart = new SizeChart(
                "Time to first mask",
                "From a schema's text to the first mask, a point a schema that all compiled.",
                shown.stream()
                        .map(one -> group(one) + ":" + COLOURS.get(shown.indexOf(one)))
                        .toArray(String[]::new));
        shown.forEach(one -> one.results()
                .forEach(result ->
                        chart.add(group(one), result.id(), result.schema().schemaBytes(), result.firstMaskNanos())));
        return chart;
    }

    private static String group(EngineResults engine) {
        return engine.name().replace(':', ' ');
    }
}
