package dev.espalier.jsonschemabench.hostile;

import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.Bundled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Results by kind.
 *
 * @param results all of them
 * @param disputed ids of cases whose expectation is wrong by a standard: they run and are counted, but do not fail a run
 */
public record HostileTable(List<CaseResult> results, Set<String> disputed) {

    private static final List<Column<Group>> COLUMNS = List.of(
            Column.of("kind", Group::kind),
            Column.of("cases", group -> group.results.size()),
            Column.of("safe", group -> group.count(Verdict::isSafe)),
            Column.of("passed", group -> group.count(Verdict::passes)),
            Column.of(
                    "unsafe", group -> group.count(verdict -> !verdict.isSafe() && verdict != Verdict.SKIPPED)),
            Column.of("served/limits", group -> group.served() + "/" + group.optional().size()),
            Column.of("skipped", Group::skipped));

    private record Group(String kind, List<CaseResult> results) {

        long count(Predicate<Verdict> what) {
            return results.stream().filter(each -> what.test(each.verdict())).count();
        }

        long skipped() {
            return count(verdict -> verdict == Verdict.SKIPPED);
        }

        /** Cases that may be refused, but for damaged lines: these are mostly meant to be, and say nothing about what is served. */
        List<CaseResult> optional() {
            return results.stream()
                    .filter(each -> each.optional() && !each.kind().endsWith(" lines"))
                    .toList();
        }

        long served() {
            return new Group(kind, optional()).count(verdict -> verdict == Verdict.SERVED);
        }
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
                .filter(each -> !each.verdict().passes() && each.verdict() != Verdict.SKIPPED)
                .filter(each -> disputed.contains(each.id()) == isDisputed)
                .toList();
    }

    /** The cases that did not do what is expected of them; disputed ones are not among them. */
    public List<CaseResult> failures() {
        return notPassed(false);
    }

    private Group total() {
        return new Group("total", results);
    }

    /** The numbers in one line. */
    public String summary() {
        Group total = total();
        return String.format(
                Locale.ROOT,
                "hostile: %d cases, safe %d, passed %d, served %d (of %d ok-with-limits), skipped %d, disputed %d",
                results.size(),
                total.count(Verdict::isSafe),
                total.count(Verdict::passes),
                total.served(),
                total.optional().size(),
                total.skipped(),
                notPassed(true).size());
    }

    /** The table for a terminal. */
    @Override
    public String toString() {
        List<Group> rows = new ArrayList<>();
        results.stream()
                .collect(Collectors.groupingBy(CaseResult::kind, TreeMap::new, Collectors.toList()))
                .forEach((kind, some) -> rows.add(new Group(kind, some)));
        rows.add(total());
        return Table.of("", COLUMNS, rows).toString();
    }
}
