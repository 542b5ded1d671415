package dev.espalier.jsonschemabench.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts results by kind. Immutable. */
public final class HostileTable {

    private final Map<String, Row> rows = new TreeMap<>();
    private final Row total = new Row("total");
    private final List<CaseResult> failures = new ArrayList<>();
    private final List<CaseResult> disputed = new ArrayList<>();

    /** The table of some results, with the disputed cases that come with the harness. */
    public HostileTable(List<CaseResult> results) {
        this(results, DisputedCases.read());
    }

    HostileTable(List<CaseResult> results, DisputedCases disputes) {
        for (CaseResult result : results) {
            rows.computeIfAbsent(result.kind(), Row::new).add(result);
            total.add(result);
            if (!result.verdict().passes() && result.verdict() != Verdict.SKIPPED) {
                (disputes.contains(result.id()) ? disputed : failures).add(result);
            }
        }
    }

    /** The cases that did not do what is expected of them; disputed ones are not among them. */
    public List<CaseResult> failures() {
        return List.copyOf(failures);
    }

    /** The numbers in one line. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "hostile: %d cases, safe %d, passed %d, served %d (of %d ok-with-limits), skipped %d, disputed %d",
                total.cases,
                total.safe,
                total.passed,
                total.served,
                total.optional,
                total.skipped,
                disputed.size());
    }

    /** The table for a terminal. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-14s %6s %6s %6s %8s %14s %8s%n",
                "kind",
                "cases",
                "safe",
                "passed",
                "unsafe",
                "served/limits",
                "skipped"));
        rows.values().forEach(row -> text.append(row.line()));
        return text.append(total.line()).toString();
    }

    private static final class Row {

        private final String kind;
        private int cases;
        private int safe;
        private int passed;
        private int optional;
        private int served;
        private int skipped;

        Row(String kind) {
            this.kind = kind;
        }

        void add(CaseResult result) {
            cases++;
            safe += result.verdict().isSafe() ? 1 : 0;
            passed += result.verdict().passes() ? 1 : 0;
            skipped += result.verdict() == Verdict.SKIPPED ? 1 : 0;
            // damaged lines are mostly meant to be refused, so they say nothing about what is served
            if (result.optional() && !result.kind().endsWith(" lines")) {
                optional++;
                served += result.verdict() == Verdict.SERVED ? 1 : 0;
            }
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "%-14s %6d %6d %6d %8d %14s %8d%n",
                    kind,
                    cases,
                    safe,
                    passed,
                    cases - safe - skipped,
                    served + "/" + optional,
                    skipped);
        }
    }
}
