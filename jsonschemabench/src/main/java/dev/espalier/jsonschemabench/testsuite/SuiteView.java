package dev.espalier.jsonschemabench.testsuite;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.report.BarChart;
import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.ReasonCounts;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.JsonLines;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.testsuite.SuiteResult.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is shown of verdicts: counts by draft, part and file.
 *
 * @param results a result a test
 */
public record SuiteView(List<SuiteResult> results) {

    private static final int LISTED = 200;

    private static final List<Column<Group>> COUNTS = List.of(
            Column.of("draft", Group::name),
            Column.both("tests", Group::tests),
            Column.both("pass", group -> group.count(Verdict.PASS)),
            Column.of("share", group -> Table.percent(group.count(Verdict.PASS), group.tests())),
            Column.both("refused", group -> group.count(Verdict.REFUSED)),
            Column.both("wrong accept", group -> group.count(Verdict.WRONG_ACCEPT)),
            Column.both("wrong refuse", group -> group.count(Verdict.WRONG_REFUSE)));

    private static final List<Column<SuiteResult>> WRONG = List.of(
            Column.of("file", SuiteResult::path),
            Column.of("verdict", each -> each.verdict().text()),
            Column.of("group", each -> each.group().description()),
            Column.of("test", each -> each.test().description()),
            Column.of("document", each -> each.test().data()));

    /** Results of a part of the suite, or of a file. */
    private record Group(String name, List<SuiteResult> results) {

        int tests() {
            return results.size();
        }

        int count(Verdict verdict) {
            return (int) results.stream()
                    .filter(result -> result.verdict() == verdict)
                    .count();
        }
    }

    private List<Group> groups(Function<SuiteResult, String> name) {
        return results.stream()
                .collect(Collectors.groupingBy(name, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(group -> new Group(group.getKey(), group.getValue()))
                .toList();
    }

    /** The view, with what was run in words. */
    public View view(String setting) {
        List<Group> parts = groups(result -> SuiteResult.folder(result.group().draft()) + " "
                + result.group().part());
        List<Group> files = groups(SuiteResult::path);
        Group total = new Group("total", results);
        List<SuiteResult> wrong =
                results.stream().filter(result -> result.verdict().isWrong()).toList();
        ReasonCounts refusedFor = new ReasonCounts();
        results.forEach(result -> refusedFor.add(result.reasons()));
        List<Group> rows = new ArrayList<>(parts);
        rows.add(total);
        Table byPart = Table.of("Verdicts by draft and part of the suite", COUNTS, rows);
        Table byFile = Table.of(
                "Files with tests that do not pass",
                COUNTS,
                files.stream()
                        .filter(file -> file.count(Verdict.PASS) < file.tests())
                        .toList());
        View view = new View("JSON Schema Test Suite", setting)
                .figure("tests", total.tests())
                .figure("pass", Table.percent(total.count(Verdict.PASS), total.tests()))
                .figure("refused", Table.percent(total.count(Verdict.REFUSED), total.tests()))
                .figure("wrong accepts", total.count(Verdict.WRONG_ACCEPT))
                .figure("wrong refusals", total.count(Verdict.WRONG_REFUSE))
                .section("Verdicts")
                .chart(chart(parts))
                .table(byPart)
                .section("Wrong verdicts")
                .count(wrong.size(), LISTED)
                .onPage(Table.of("", WRONG, wrong.stream().limit(LISTED).toList()))
                .section("Refused")
                .chart(refusedFor.chart(
                        "Tests that each keyword, or kind of error, kept from a verdict; a test may have several.",
                        "tests"))
                .onPage(refused())
                .section("Files")
                .table(byFile)
                .onTerminal(refusedFor.table("Refused tests by keyword or kind of error", "tests"))
                .members(Column.members(COUNTS, total))
                .member("parts", members(parts))
                .member("files", members(files))
                .member("refused_for", refusedFor.toJson())
                .wrong(!wrong.isEmpty());
        if (!wrong.isEmpty()) {
            view.onTerminal(wrong.stream()
                    .map(each -> each.verdict().text() + "  " + each.path() + ": "
                            + each.group().description() + ": " + each.test().description())
                    .collect(Collectors.joining(System.lineSeparator())));
        }
        return view;
    }

    private static Map<String, Map<String, Object>> members(List<Group> groups) {
        Map<String, Map<String, Object>> members = new LinkedHashMap<>();
        groups.forEach(group -> members.put(group.name, Column.members(COUNTS, group)));
        return members;
    }

    private static BarChart chart(List<Group> parts) {
        BarChart chart = BarChart.shares(
                "Verdicts by draft and part",
                "The engine as a recogniser of each document's text, against the suite's verdict. Formats are asserted in"
                        + " optional/format only, as the suite expects.",
                "pass:good",
                "refused:doubt",
                "wrong accept:bad",
                "wrong refuse:worse");
        parts.forEach(part -> chart.add(
                part.name,
                part.count(Verdict.PASS),
                part.count(Verdict.REFUSED),
                part.count(Verdict.WRONG_ACCEPT),
                part.count(Verdict.WRONG_REFUSE)));
        return chart;
    }

    private Table refused() {
        Set<List<String>> rows = new LinkedHashSet<>();
        for (SuiteResult result : results) {
            for (Reason reason : result.verdict() == Verdict.REFUSED ? result.reasons() : List.<Reason>of()) {
                rows.add(List.of(
                        result.path(),
                        result.group().description(),
                        reason.keyword(),
                        reason.pointer(),
                        reason.reason()));
            }
        }
        Table table = Table.of(
                rows.size() > LISTED ? "The first " + LISTED + " reasons" : "Reasons",
                "file",
                "group",
                "keyword",
                "pointer",
                "reason");
        rows.stream().limit(LISTED).forEach(row -> table.row(row.toArray()));
        return table;
    }

    /**
     * Writes {@code results.jsonl} into a folder, which is made if it is not there: a line a test, and
     * {@code {"summary": …}} as the last.
     *
     * @throws InvalidInputException if it cannot be written
     */
    public void write(Path folder) {
        try {
            Files.createDirectories(folder);
            new JsonLines(folder.resolve(ResultsFile.NAME))
                    .replace(results.stream().map(SuiteResult::toJson).toList(), view("").toJson());
        } catch (IOException e) {
            throw new InvalidInputException("cannot write to " + folder + ": " + e, e);
        }
    }
}
