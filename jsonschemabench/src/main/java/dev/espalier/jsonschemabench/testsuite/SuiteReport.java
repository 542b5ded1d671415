package dev.espalier.jsonschemabench.testsuite;

import dev.espalier.jsonschemabench.report.BarChart;
import dev.espalier.jsonschemabench.report.ReportPage;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.testsuite.SuiteResult.Verdict;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The verdicts as a page.
 *
 * @param summary the verdicts
 * @param setting in words: the suite, the options, the machine
 */
public record SuiteReport(SuiteSummary summary, String setting) {

    private static final int LISTED = 200;

    /** The page. */
    public ReportPage page() {
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("tests", String.valueOf(summary.tests()));
        figures.put("pass", Table.percent(summary.count(Verdict.PASS), summary.tests()));
        figures.put("refused", Table.percent(summary.count(Verdict.REFUSED), summary.tests()));
        figures.put("wrong accepts", String.valueOf(summary.count(Verdict.WRONG_ACCEPT)));
        figures.put("wrong refusals", String.valueOf(summary.count(Verdict.WRONG_REFUSE)));
        ReportPage page = new ReportPage("JSON Schema Test Suite").text(setting).figures(figures);
        page.section("Verdicts").chart(parts()).table(summary.partTable());
        page.section("Wrong verdicts").count(summary.wrongVerdicts(), LISTED).table(wrong());
        page.section("Refused")
                .chart(summary.refusedFor()
                        .chart(
                                "Tests that each keyword, or kind of error, kept from a verdict; a test may have several.",
                                "tests"))
                .table(refused());
        return page.section("Files").table(summary.fileTable());
    }

    private BarChart parts() {
        BarChart chart = BarChart.shares(
                "Verdicts by draft and part",
                "The engine as a recogniser of each document's text, against the suite's verdict. Formats are asserted in"
                        + " optional/format only, as the suite expects.",
                "pass:good",
                "refused:doubt",
                "wrong accept:bad",
                "wrong refuse:worse");
        summary.parts().forEach((part, counts) -> chart.add(part, counts[0], counts[1], counts[2], counts[3]));
        return chart;
    }

    private Table wrong() {
        Table table = Table.of("", "file", "verdict", "group", "test", "document");
        for (SuiteResult result : summary.wrong().stream().limit(LISTED).toList()) {
            table = table.row(
                    file(result),
                    result.verdict().text(),
                    result.group().description(),
                    result.test().description(),
                    result.test().data());
        }
        return table;
    }

    private static String file(SuiteResult result) {
        return SuiteResult.folder(result.group().draft()) + "/" + result.group().file();
    }

    private Table refused() {
        Set<List<String>> rows = new LinkedHashSet<>();
        for (SuiteResult result : summary.refused()) {
            for (Reason reason : result.reasons()) {
                rows.add(List.of(
                        file(result),
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
}
