// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.reload;

import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.LineChart;
import dev.espalier.jsonschemabench.report.Slope;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What is shown of a model that was loaded again and again, and the verdict: memory is judged over the last four fifths of the windows. In
 * the first the Java machine compiles its own code, and the libraries of PyTorch are loaded.
 *
 * @param windows what was measured, in order
 * @param settings what was asked for
 */
record ReloadView(List<ReloadWindow> windows, ReloadSettings settings) {

    /** Memory may grow by this part of its mean, or by so many bytes. */
    private static final double GROWTH = 0.05;

    private static final double RESIDENT_BYTES = 24e6;
    private static final double HEAP_BYTES = 4e6;

    private static final List<Column<ReloadWindow>> COLUMNS = List.of(
            Column.of("loads", ReloadWindow::loads),
            Column.of("cancelled", ReloadWindow::cancelled),
            Column.of("memory of the process, MB", each -> each.resident() / 1e6),
            Column.of("heap, MB", each -> each.heap() / 1e6),
            Column.of("s", ReloadWindow::seconds));

    ReloadView {
        windows = List.copyOf(windows);
    }

    private Slope slope(ToDoubleFunction<ReloadWindow> bytes) {
        return Slope.of(windows.subList((windows.size() + 4) / 5, windows.size()).stream()
                .map(bytes::applyAsDouble)
                .toList());
    }

    private int loads() {
        return windows.isEmpty() ? 0 : windows.get(windows.size() - 1).loads();
    }

    private int cancelled() {
        return windows.isEmpty() ? 0 : windows.get(windows.size() - 1).cancelled();
    }

    /** What was to hold and does not; empty if all is well. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (windows.size() < settings.windows()) {
            faults.add("stopped after " + loads() + " of " + settings.loads() + " loads");
        }
        judge("the memory of the process", slope(ReloadWindow::resident), RESIDENT_BYTES, faults);
        judge("the heap", slope(ReloadWindow::heap), HEAP_BYTES, faults);
        Map<String, Integer> broken = new TreeMap<>();
        windows.forEach(each -> each.broken().forEach((what, count) -> broken.merge(what, count, Integer::sum)));
        broken.forEach((what, count) -> faults.add(count + " times: " + what));
        return faults;
    }

    private static void judge(String what, Slope slope, double bytes, List<String> faults) {
        if (slope.growth() > Math.max(bytes, GROWTH * slope.mean())) {
            faults.add(text(
                    "%s grew by %.1f MB, from %.1f MB on average", what, slope.growth() / 1e6, slope.mean() / 1e6));
        }
    }

    /** The view, with what was loaded in words. */
    View view(String setting) {
        LineChart chart = LineChart.plain("Memory", "After a full collection.", "loads", "MB");
        for (ReloadWindow window : windows) {
            chart.add("the process", window.loads(), window.resident() / 1e6);
            chart.add("the heap", window.loads(), window.heap() / 1e6);
        }
        View view = new View("Loads and cancellations", setting)
                .text(
                        "A model is loaded, generations are broken off in the middle, and it is closed, again and again. Memory of the process"
                                + " is what the operating system says, the heap included.")
                .section("Memory")
                .chart(chart)
                .section("Windows")
                .table(Table.of("After so many loads, after a full collection", COLUMNS, windows));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("loads", loads());
        figures.put("generations broken off", cancelled());
        figures.put("memory of the process, MB: mean, growth", growth(slope(ReloadWindow::resident)));
        figures.put("heap, MB: mean, growth", growth(slope(ReloadWindow::heap)));
        figures.put("verdict", faults().isEmpty() ? "flat" : String.join("; ", faults()));
        List<String> lines = new ArrayList<>();
        figures.forEach((name, figure) -> {
            view.figure(name, figure);
            lines.add(name + ": " + figure);
        });
        return view.onTerminal(String.join(System.lineSeparator(), lines))
                .member("loads", loads())
                .member("cancelled", cancelled())
                .member("windows", windows.size())
                .member("resident_bytes", slope(ReloadWindow::resident).mean())
                .member("resident_growth_bytes", slope(ReloadWindow::resident).growth())
                .member("heap_bytes", slope(ReloadWindow::heap).mean())
                .member("heap_growth_bytes", slope(ReloadWindow::heap).growth())
                .member("faults", faults())
                .wrong(!faults().isEmpty());
    }

    private static String growth(Slope slope) {
        return text("%.1f, %+.1f", slope.mean() / 1e6, slope.growth() / 1e6);
    }

    private static String text(String format, Object... figures) {
        return String.format(Locale.ROOT, format, figures);
    }
}
