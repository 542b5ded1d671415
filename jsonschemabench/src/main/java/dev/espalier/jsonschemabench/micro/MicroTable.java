// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.micro;

import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What benchmarks took.
 *
 * @param rows one benchmark of one class of states each
 */
record MicroTable(List<Row> rows) {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /**
     * A benchmark.
     *
     * @param benchmark its name
     * @param stateClass the class of states
     * @param micros mean time of a call in microseconds
     * @param error half of the 99.9 % interval of the mean, in microseconds; not a number of a single iteration
     * @param allocated bytes on the heap of a call; not a number without the profiler {@code gc}
     */
    record Row(String benchmark, String stateClass, double micros, double error, double allocated) {}

    private static final List<Column<Row>> COLUMNS = List.of(
            Column.of("benchmark", Row::benchmark),
            Column.of("state", Row::stateClass),
            Column.of("µs", row -> number(row.micros, 3)),
            Column.of("± µs", row -> number(row.error, 3)),
            Column.of("B a call", row -> number(row.allocated, 0)),
            Column.member("us", Row::micros),
            Column.member("error_us", Row::error),
            Column.member("allocated_bytes", Row::allocated));

    /** Copies the list. */
    MicroTable {
        rows = List.copyOf(rows);
    }

    static MicroTable of(Collection<RunResult> results) {
        List<Row> rows = new ArrayList<>();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
            rows.add(new Row(
                    name.substring(name.lastIndexOf('.') + 1),
                    result.getParams().getParam("stateClass").toLowerCase(Locale.ROOT),
                    result.getPrimaryResult().getScore(),
                    result.getPrimaryResult().getScoreError(),
                    allocated == null ? Double.NaN : allocated.getScore()));
        }
        return new MicroTable(rows);
    }

    private static String number(double value, int digits) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    Table table() {
        return Table.of("", COLUMNS, rows);
    }

    /** The view, with what was run in words. */
    View view(String setting) {
        View view = new View("Small benchmarks", setting).table(table());
        rows.forEach(row -> view.member(row.benchmark + "." + row.stateClass, Column.members(COLUMNS, row)));
        return view;
    }
}
