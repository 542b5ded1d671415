// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.Group;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.Bundled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Results by kind.
 *
 * @param results all of them
 * @param disputed ids of cases whose expectation is wrong by a standard: they run and are counted, but do not fail a run
 */
public record HostileTable(List<CaseResult> results, Set<String> disputed) {

    private static final List<Column<Group<String, CaseResult>>> COLUMNS = List.of(
            Column.of("kind", Group::key),
            Column.of("cases", Group::size),
            Column.of("safe", group -> group.count(CaseResult::isSafe)),
            Column.of("passed", group -> group.count(CaseResult::passes)),
            Column.of("unsafe", group -> group.count(each -> !each.isSafe() && !each.is(Verdict.SKIPPED))),
            Column.of(
                    "served/limits",
                    group -> served(group) + "/" + optional(group).size()),
            Column.of("skipped", group -> group.count(each -> each.is(Verdict.SKIPPED))));

    /** Cases that may be refused, but for damaged lines: these are mostly meant to be, and say nothing about what is served. */
    private static Group<String, CaseResult> optional(Group<String, CaseResult> group) {
        return group.only(each -> each.optional() && !each.kind().endsWith(" lines"));
    }

    private static long served(Group<String, CaseResult> group) {
        return optional(group).count(each -> each.is(Verdict.SERVED));
    }

    /** The table of some results, with the disputed cases that come with the harness. */
    public HostileTable(List<CaseResult> results) {
        this(results, disputed(Bundled.text(HostileTable.class, "disputed.txt")));
    }

    /** The ids in lines {@code id: reason}; those that begin with {@code #} are left out. */
    static Set<String> disputed(String lines) {
        return lines.lines()
                .filter(line -> !line.startsWith("#") && line.indexOf(": ") > 0)
                .map(line -> line.substring(0, line.indexOf(": ")))
                .collect(Collectors.toSet());
    }

    private List<CaseResult> notPassed(boolean isDisputed) {
        return results.stream()
                .filter(each -> !each.passes() && !each.is(Verdict.SKIPPED))
                .filter(each -> disputed.contains(each.id()) == isDisputed)
                .toList();
    }

    /** The cases that did not do what is expected of them; disputed ones are not among them. */
    public List<CaseResult> failures() {
        return notPassed(false);
    }

    private Group<String, CaseResult> total() {
        return new Group<>("total", results);
    }

    /** The numbers in one line. */
    public String summary() {
        Group<String, CaseResult> total = total();
        return String.format(
                Locale.ROOT,
                "hostile: %d cases, safe %d, passed %d, served %d (of %d ok-with-limits), skipped %d, disputed %d",
                results.size(),
                total.count(CaseResult::isSafe),
                total.count(CaseResult::passes),
                served(total),
                optional(total).size(),
                total.count(each -> each.is(Verdict.SKIPPED)),
                notPassed(true).size());
    }

    /** The table for a terminal. */
    @Override
    public String toString() {
        List<Group<String, CaseResult>> rows = new ArrayList<>(Group.by(CaseResult::kind, results));
        rows.sort(Comparator.comparing(Group::key));
        rows.add(total());
        return Table.of("", COLUMNS, rows).toString();
    }
}
