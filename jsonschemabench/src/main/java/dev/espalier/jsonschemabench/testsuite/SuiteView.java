// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.testsuite;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.report.BarChart;
import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.Group;
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
import java.util.List;
import java.util.Map;

/**
 * What is shown of verdicts: counts by draft, part and file.
 *
 * @param results a result a test
 */
public record SuiteView(List<SuiteResult> results) {

    private static final int LISTED = 200;

    private static final List<Column<Group<String, SuiteResult>>> COUNTS = List.of(
            Column.of("draft", Group::key),
            Column.both("tests", Group::size),
            Column.both("pass", group -> count(group, Verdict.PASS)),
            Column.of("share", group -> Table.percent(count(group, Verdict.PASS), group.size())),
            Column.both("refused", group -> count(group, Verdict.REFUSED)),
            Column.both("wrong accept", group -> count(group, Verdict.WRONG_ACCEPT)),
            Column.both("wrong refuse", group -> count(group, Verdict.WRONG_REFUSE)));

    private static final List<Column<SuiteResult>> WRONG = List.of(
            Column.of("file", SuiteResult::path),
            Column.of("verdict", each -> each.verdict().text()),
            Column.of("group", each -> each.group().description()),
            Column.of("test", each -> each.test().description()),
            Column.of("document", each -> each.test().data()));

    private record Refusal(String file, String group, Reason why) {}

    private static final List<Column<Refusal>> REFUSALS = List.of(
            Column.of("file", Refusal::file),
            Column.of("group", Refusal::group),
            Column.of("keyword", each -> each.why.keyword()),
            Column.of("pointer", each -> each.why.pointer()),
            Column.of("reason", each -> each.why.reason()));

    private static long count(Group<String, SuiteResult> group, Verdict verdict) {
        return group.count(result -> result.verdict() == verdict);
    }

    /** The view, with what was run in words. */
    public View view(String setting) {
        List<Group<String, SuiteResult>> parts = Group.by(
                result -> SuiteResult.folder(result.group().draft()) + " "
                        + result.group().part(),
                results);
        List<Group<String, SuiteResult>> files = Group.by(SuiteResult::path, results);
        Group<String, SuiteResult> total = new Group<>("total", results);
        List<SuiteResult> wrong =
                results.stream().filter(result -> result.verdict().isWrong()).toList();
        ReasonCounts refusedFor = new ReasonCounts();
        results.forEach(result -> refusedFor.add(result.reasons()));
        List<Group<String, SuiteResult>> rows = new ArrayList<>(parts);
        rows.add(total);
        Table byPart = Table.of("Verdicts by draft and part of the suite", COUNTS, rows);
        Table byFile = Table.of(
                "Files with tests that do not pass",
                COUNTS,
                files.stream()
                        .filter(file -> count(file, Verdict.PASS) < file.size())
                        .toList());
        View view = new View("JSON Schema Test Suite", setting)
                .figure("tests", total.size())
                .figure("pass", Table.percent(count(total, Verdict.PASS), total.size()))
                .figure("refused", Table.percent(count(total, Verdict.REFUSED), total.size()))
                .figure("wrong accepts", count(total, Verdict.WRONG_ACCEPT))
                .figure("wrong refusals", count(total, Verdict.WRONG_REFUSE))
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
        view.lines(wrong.stream()
                .map(each -> each.verdict().text() + "  " + each.path() + ": "
                        + each.group().description() + ": " + each.test().description())
                .toList());
        return view;
    }

    private static Map<String, Map<String, Object>> members(List<Group<String, SuiteResult>> groups) {
        Map<String, Map<String, Object>> members = new LinkedHashMap<>();
        groups.forEach(group -> members.put(group.key(), Column.members(COUNTS, group)));
        return members;
    }

    private static BarChart chart(List<Group<String, SuiteResult>> parts) {
        BarChart chart = BarChart.shares(
                "Verdicts by draft and part",
                "The engine as a recogniser of each document's text, against the suite's verdict. Formats are asserted in"
                        + " optional/format only, as the suite expects.",
                "pass:good",
                "refused:doubt",
                "wrong accept:bad",
                "wrong refuse:worse");
        parts.forEach(part -> chart.add(
                part.key(),
                count(part, Verdict.PASS),
                count(part, Verdict.REFUSED),
                count(part, Verdict.WRONG_ACCEPT),
                count(part, Verdict.WRONG_REFUSE)));
        return chart;
    }

    private Table refused() {
        List<Refusal> all = results.stream()
                .filter(result -> result.verdict() == Verdict.REFUSED)
                .flatMap(result -> result.reasons().stream()
                        .map(reason -> new Refusal(result.path(), result.group().description(), reason)))
                .distinct()
                .toList();
        String caption = all.size() > LISTED ? "The first " + LISTED + " reasons" : "Reasons";
        return Table.of(caption, REFUSALS, all.stream().limit(LISTED).toList());
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
