// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.serve;

import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.LineChart;
import dev.espalier.jsonschemabench.report.Slope;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What is shown of a server under load, and the verdict: no wrong answer, none lost, and memory that stays flat over the last four fifths of the windows.
 *
 * @param windows what was measured, in order
 * @param settings what was asked for
 */
record LoadView(List<LoadWindow> windows, LoadSettings settings) {

    /** Memory may grow by this part of its mean, or by so many bytes. */
    private static final double GROWTH = 0.05;

    private static final double RESIDENT_BYTES = 24e6;
    private static final double HEAP_BYTES = 4e6;

    /**
     * Windows added up.
     *
     * @param way how was asked
     * @param requests requests
     * @param seconds how long it took
     * @param first times to the first part
     * @param between times between two parts
     * @param processor time of processors in nanoseconds
     */
    private record Sum(
            String way,
            int requests,
            double seconds,
            LatencyHistogram first,
            LatencyHistogram between,
            long processor) {

        static Sum of(String way, List<LoadWindow> windows) {
            LatencyHistogram first = new LatencyHistogram();
            LatencyHistogram between = new LatencyHistogram();
            windows.forEach(each -> {
                first.add(each.first());
                between.add(each.between());
            });
            return new Sum(
                    way,
                    windows.stream().mapToInt(LoadWindow::requests).sum(),
                    windows.stream().mapToLong(LoadWindow::time).sum() / 1e9,
                    first,
                    between,
                    windows.stream().mapToLong(LoadWindow::processor).sum());
        }

        static double millis(long nanos) {
            return nanos / 1e6;
        }
    }

    private static final List<Column<Sum>> COLUMNS = List.of(
            Column.of("asked", Sum::way),
            Column.of("requests", Sum::requests),
            Column.of("a second", each -> each.requests / each.seconds),
            Column.of("first part, ms: p50", each -> Sum.millis(each.first.percentile(50))),
            Column.of("p90", each -> Sum.millis(each.first.percentile(90))),
            Column.of("p99", each -> Sum.millis(each.first.percentile(99))),
            Column.of("between parts, ms: p50", each -> Sum.millis(each.between.percentile(50))),
            Column.of("p90", each -> Sum.millis(each.between.percentile(90))),
            Column.of("p99", each -> Sum.millis(each.between.percentile(99))),
            Column.of("processor, ms a request", each -> each.processor / 1e6 / Math.max(1, each.requests)));

    private static final List<Column<LoadWindow>> WINDOWS = List.of(
            Column.of("answered", LoadWindow::answered),
            Column.of("client left", LoadWindow::left),
            Column.of("wrong", each -> each.faults().size()),
            Column.of("s", each -> each.time() / 1e9),
            Column.of("memory of the process, MB", each -> each.resident() / 1e6),
            Column.of("heap, MB", each -> each.heap() / 1e6));

    LoadView {
        windows = List.copyOf(windows);
    }

    private List<LoadWindow> http() {
        return windows.stream().filter(LoadWindow::isHttp).toList();
    }

    private Slope slope(ToDoubleFunction<LoadWindow> bytes) {
        List<LoadWindow> http = http();
        return Slope.of(http.subList((http.size() + 4) / 5, http.size()).stream()
                .map(bytes::applyAsDouble)
                .toList());
    }

    /** What was to hold and does not; empty if all is well. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (http().size() < settings.windows()) {
            faults.add("stopped after " + http().size() + " of " + settings.windows() + " windows");
        }
        judge("the memory of the process", slope(LoadWindow::resident), RESIDENT_BYTES, faults);
        judge("the heap", slope(LoadWindow::heap), HEAP_BYTES, faults);
        Map<String, Integer> wrong = new TreeMap<>();
        windows.forEach(each -> each.faults().forEach((what, count) -> wrong.merge(what, count, Integer::sum)));
        wrong.forEach((what, count) -> faults.add(count + " times: " + what));
        return faults;
    }

    private static void judge(String what, Slope slope, double bytes, List<String> faults) {
        if (slope.growth() > Math.max(bytes, GROWTH * slope.mean())) {
            faults.add(String.format(
                    Locale.ROOT,
                    "%s grew by %.1f MB, from %.1f MB on average",
                    what,
                    slope.growth() / 1e6,
                    slope.mean() / 1e6));
        }
    }

    private Map<String, Integer> kinds() {
        Map<String, Integer> kinds = new TreeMap<>();
        http().forEach(each -> each.asked().forEach((kind, count) -> kinds.merge(kind, count, Integer::sum)));
        return kinds;
    }

    /** The view, with what was asked in words. */
    View view(String setting) {
        Sum http = Sum.of("over HTTP", http());
        Sum direct = Sum.of(
                "without HTTP", windows.stream().filter(each -> !each.isHttp()).toList());
        LineChart chart = LineChart.plain("Memory", "After a full collection, without requests.", "window", "MB");
        int number = 0;
        for (LoadWindow window : http()) {
            chart.add("the process", ++number, window.resident() / 1e6);
            chart.add("the heap", number, window.heap() / 1e6);
        }
        int answered = http().stream().mapToInt(LoadWindow::answered).sum();
        int left = http().stream().mapToInt(LoadWindow::left).sum();
        List<String> faults = faults();
        String verdict = faults.isEmpty() ? "no wrong answer, none lost, memory flat" : String.join("; ", faults);
        return new View("A server under load", setting)
                .text(
                        "Clients and server share this machine. Each text is computed on its own, so that an answer must be what it is when it is asked alone."
                                + " A part is a frame that says something of the answer.")
                .section("Times")
                .table(Table.of("With all clients at once", COLUMNS, List.of(direct, http)))
                .section("Memory")
                .chart(chart)
                .onPage(Table.of("Windows over HTTP", WINDOWS, http()))
                .section("Requests")
                .onPage(Table.of(
                        "Over HTTP, by kind",
                        List.of(Column.of("kind", Map.Entry::getKey), Column.of("requests", Map.Entry::getValue)),
                        List.copyOf(kinds().entrySet())))
                .figure("answered over HTTP", answered)
                .figure("client left", left)
                .figure("verdict", verdict)
                .onTerminal("over HTTP: " + answered + " answered, " + left + " left by their clients; heap "
                        + growth(slope(LoadWindow::heap)) + ", process " + growth(slope(LoadWindow::resident)) + " MB; "
                        + verdict)
                .member("answered", answered)
                .member("left", left)
                .member("kinds", kinds())
                .member("http", figures(http))
                .member("direct", figures(direct))
                .member("heap_bytes", slope(LoadWindow::heap).mean())
                .member("heap_growth_bytes", slope(LoadWindow::heap).growth())
                .member("resident_bytes", slope(LoadWindow::resident).mean())
                .member("resident_growth_bytes", slope(LoadWindow::resident).growth())
                .member("faults", faults)
                .wrong(!faults.isEmpty());
    }

    private static Map<String, Object> figures(Sum sum) {
        return Map.of(
                "requests",
                sum.requests,
                "seconds",
                sum.seconds,
                "first_us",
                sum.first.figures(),
                "between_us",
                sum.between.figures(),
                "processor_ms",
                sum.processor / 1e6);
    }

    private static String growth(Slope slope) {
        return String.format(Locale.ROOT, "%.1f%+.1f", slope.mean() / 1e6, slope.growth() / 1e6);
    }
}
