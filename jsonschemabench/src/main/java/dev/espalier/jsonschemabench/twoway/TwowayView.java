// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.twoway;

import dev.espalier.jsonschemabench.compare.EngineResults;
import dev.espalier.jsonschemabench.maskbench.SchemaResult;
import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is shown of both directions of being wrong: by keyword, by pair of keywords, and while a model writes.
 *
 * @param engines verdicts by engine, this one's first
 * @param written what the simulated model wrote, by engine and setting
 * @param limits of tokens by which texts are counted
 */
record TwowayView(List<EngineResults> engines, List<Written> written, List<Integer> limits) {

    private static final int LISTED = 60;

    /** What one engine made of some schemas. */
    private record Count(long schemas, long refused, long validRefused, long invalidAccepted) {

        static Count of(EngineResults engine, Collection<String> keywords) {
            List<SchemaResult> all = engine.byId().values().stream()
                    .filter(one -> keywords.contains(one.schema().dataset()))
                    .toList();
            List<SchemaResult> read =
                    all.stream().filter(one -> one.schema().isCompiled()).toList();
            return new Count(
                    all.size(),
                    all.size() - read.size(),
                    read.stream().mapToLong(SchemaResult::falselyRefused).sum(),
                    read.stream().mapToLong(SchemaResult::falselyAccepted).sum());
        }
    }

    /** A row: some keywords, or pairs of keywords. */
    private record Keywords(String name, Collection<String> all) {

        Keywords(String name) {
            this(name, List.of(name));
        }
    }

    private Keywords singles() {
        return new Keywords("single keywords", keywords(false));
    }

    private Keywords pairs() {
        return new Keywords("pairs of keywords", keywords(true));
    }

    private Collection<String> keywords(boolean pairs) {
        return engines.stream()
                .flatMap(engine -> engine.byId().values().stream())
                .map(one -> one.schema().dataset())
                .filter(name -> name.contains(" + ") == pairs)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Table table(String caption, Stream<Keywords> rows) {
        List<Column<Keywords>> columns = new ArrayList<>();
        columns.add(Column.of("", Keywords::name));
        columns.add(Column.of("schemas", row -> Count.of(engines.get(0), row.all).schemas));
        for (EngineResults engine : engines) {
            columns.add(Column.of(engine.name() + ": refused", row -> Count.of(engine, row.all).refused));
            columns.add(Column.of("valid refused", row -> Count.of(engine, row.all).validRefused));
            columns.add(Column.of("invalid accepted", row -> Count.of(engine, row.all).invalidAccepted));
        }
        return Table.of(caption, columns, rows.toList());
    }

    private Table totals() {
        return table("All schemas", Stream.of(singles(), pairs()));
    }

    private Table byKeyword() {
        return table(
                "By keyword: schemas refused by name, valid texts refused, invalid texts accepted",
                keywords(false).stream().map(Keywords::new));
    }

    private Table byPair() {
        return table(
                "The pairs of keywords that most go wrong",
                keywords(true).stream()
                        .filter(pair -> wrong(engines, List.of(pair)) > 0)
                        .sorted(Comparator.comparingLong((String pair) -> wrong(engines, List.of(pair)))
                                .reversed())
                        .limit(LISTED)
                        .map(Keywords::new));
    }

    private static long wrong(List<EngineResults> engines, Collection<String> keywords) {
        return engines.stream()
                .map(engine -> Count.of(engine, keywords))
                .mapToLong(count -> count.validRefused + count.invalidAccepted)
                .sum();
    }

    private Table writing() {
        return Table.of("Texts of the simulated model", Written.columns(limits), written);
    }

    /** The tables in Markdown. */
    String markdown() {
        return Stream.of(totals(), byKeyword(), byPair(), writing())
                .map(Table::markdown)
                .collect(Collectors.joining("\n"));
    }

    /** The view, with what was run in words; wrong if this engine, the first, judged a text wrongly. */
    View view(String setting) {
        Map<String, Object> verdicts = new LinkedHashMap<>();
        for (EngineResults engine : engines) {
            verdicts.put(
                    engine.name(),
                    Map.of(
                            "keywords", Count.of(engine, singles().all),
                            "pairs", Count.of(engine, pairs().all)));
        }
        Map<String, Object> texts = new LinkedHashMap<>();
        written.forEach(one -> texts.put(one.name(), Column.members(Written.columns(limits), one)));
        List<EngineResults> own = engines.subList(0, 1);
        return new View("Both directions", setting)
                .member("verdicts", verdicts)
                .member("written", texts)
                .section("All")
                .table(totals())
                .section("Keywords")
                .table(byKeyword())
                .section("Pairs")
                .onPage(byPair())
                .section("A model that likes white space")
                .table(writing())
                .wrong(wrong(own, singles().all) + wrong(own, pairs().all) > 0);
    }
}
