package dev.espalier.jsonschemabench.twoway;

import dev.espalier.jsonschemabench.compare.EngineResults;
import dev.espalier.jsonschemabench.maskbench.SchemaResult;
import dev.espalier.jsonschemabench.report.ReportPage;
import dev.espalier.jsonschemabench.report.Summary;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.SchemaOutcome.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Both directions of being wrong, by keyword, by pair of keywords, and while a model writes.
 *
 * @param engines verdicts on the cases, by engine
 * @param written what the simulated model wrote, by engine and setting
 * @param limits numbers of tokens by which texts are counted
 */
public record TwowaySummary(List<EngineResults> engines, List<Written> written, List<Integer> limits)
        implements Summary {

    private static final int LISTED = 60;

    /** Copies the lists. */
    public TwowaySummary {
        engines = List.copyOf(engines);
        written = List.copyOf(written);
        limits = List.copyOf(limits);
    }

    /** What one engine made of some schemas. */
    private record Count(long schemas, long refused, long validRefused, long invalidAccepted) {

        static Count of(Collection<SchemaResult> results) {
            return new Count(
                    results.size(),
                    results.stream()
                            .filter(one -> one.schema().status() != Status.COMPILED)
                            .count(),
                    results.stream()
                            .filter(Count::isRead)
                            .mapToLong(SchemaResult::falselyRefused)
                            .sum(),
                    results.stream()
                            .filter(Count::isRead)
                            .mapToLong(SchemaResult::falselyAccepted)
                            .sum());
        }

        private static boolean isRead(SchemaResult result) {
            return result.schema().status() == Status.COMPILED;
        }

        long wrong() {
            return validRefused + invalidAccepted;
        }

        void write(ObjectNode node) {
            node.put("schemas", schemas).put("refused", refused);
            node.put("valid_refused", validRefused).put("invalid_accepted", invalidAccepted);
        }
    }

    private static boolean isPair(String keywords) {
        return keywords.contains(" + ");
    }

    private List<String> keywords(boolean pairs) {
        TreeSet<String> names = new TreeSet<>();
        for (EngineResults engine : engines) {
            engine.byId().values().forEach(one -> names.add(one.schema().dataset()));
        }
        names.removeIf(name -> isPair(name) != pairs);
        return List.copyOf(names);
    }

    private static Count count(EngineResults engine, Collection<String> keywords) {
        return Count.of(engine.byId().values().stream()
                .filter(one -> keywords.contains(one.schema().dataset()))
                .toList());
    }

    private Table table(String caption) {
        List<String> columns = new ArrayList<>(List.of("", "schemas"));
        for (EngineResults engine : engines) {
            columns.add(engine.name() + ": refused");
            columns.add("valid refused");
            columns.add("invalid accepted");
        }
        return new Table(caption, columns);
    }

    private Table row(Table table, String name, Collection<String> keywords) {
        List<Object> cells = new ArrayList<>(List.of(name));
        for (EngineResults engine : engines) {
            Count count = count(engine, keywords);
            if (cells.size() == 1) {
                cells.add(count.schemas);
            }
            cells.addAll(List.of(count.refused, count.validRefused, count.invalidAccepted));
        }
        return table.row(cells.toArray());
    }

    private Table totals() {
        Table table = row(table("All schemas"), "single keywords", keywords(false));
        return row(table, "pairs of keywords", keywords(true));
    }

    private Table byKeyword() {
        Table table = table("By keyword: schemas refused by name, valid texts refused, invalid texts accepted");
        for (String keyword : keywords(false)) {
            table = row(table, keyword, List.of(keyword));
        }
        return table;
    }

    private Table byPair() {
        Table table = table("The pairs of keywords that most go wrong");
        List<String> worst = keywords(true).stream()
                .filter(pair -> wrong(pair) > 0)
                .sorted(Comparator.comparingLong(this::wrong).reversed())
                .limit(LISTED)
                .toList();
        for (String pair : worst) {
            table = row(table, pair, List.of(pair));
        }
        return table;
    }

    private long wrong(String keywords) {
        return engines.stream()
                .mapToLong(engine -> count(engine, List.of(keywords)).wrong())
                .sum();
    }

    private Table writing() {
        Table table = Written.table(limits);
        for (Written one : written) {
            table = one.row(table, limits);
        }
        return table;
    }

    /** Whether this engine, the first, judged all texts rightly. */
    public boolean isRight() {
        return Count.of(engines.get(0).byId().values()).wrong() == 0;
    }

    /** The figures as a page. */
    public ReportPage page(String setting) {
        ReportPage page = new ReportPage("Both directions").text(setting);
        page.section("All").table(totals());
        page.section("Keywords").table(byKeyword());
        page.section("Pairs").table(byPair());
        return page.section("A model that likes white space").table(writing());
    }

    /** The tables in Markdown. */
    public String markdown() {
        return String.join(
                "\n",
                totals().markdown(),
                byKeyword().markdown(),
                byPair().markdown(),
                writing().markdown());
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        ObjectNode verdicts = node.putObject("verdicts");
        for (EngineResults engine : engines) {
            ObjectNode one = verdicts.putObject(engine.name());
            count(engine, keywords(false)).write(one.putObject("keywords"));
            count(engine, keywords(true)).write(one.putObject("pairs"));
        }
        ObjectNode texts = node.putObject("written");
        written.forEach(one -> one.write(texts.putObject(one.name()), limits));
        return node;
    }

    /** The tables for a terminal. */
    @Override
    public String toString() {
        String end = System.lineSeparator();
        return totals() + end + byKeyword() + end + writing();
    }
}
