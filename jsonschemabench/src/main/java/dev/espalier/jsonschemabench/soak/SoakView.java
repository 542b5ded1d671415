// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.soak;

import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.LineChart;
import dev.espalier.jsonschemabench.report.Slope;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * What is shown of a soak, and the verdict. Memory and time are judged over the last four fifths of the windows: in the first
 * the Java machine compiles its own code, and the caches fill.
 *
 * @param windows what was measured, in order
 * @param settings what was asked for
 * @param maxHeap the most bytes that the heap may have
 */
public record SoakView(List<SoakWindow> windows, SoakSettings settings, long maxHeap) {

    /** The heap beside the caches' own estimate may grow by this part of it, or by so many bytes. */
    private static final double HEAP_GROWTH = 0.05;

    private static final double HEAP_BYTES = 4e6;

    /** The processor's time of a schema may grow by this part: caches of processors are shared with others. */
    private static final double TIME_GROWTH = 0.25;

    private static final int SHOWN = 12;

    private static final List<Column<SoakWindow>> COLUMNS = List.of(
            Column.of("", SoakWindow::done),
            Column.of("µs a schema", each -> each.processor().mean() / 1e3),
            Column.of("p99", each -> each.processor().percentile(99) / 1e3),
            Column.of("heap MB", each -> each.heap() / 1e6),
            Column.of("beside caches MB", each -> each.besideCaches() / 1e6),
            Column.of("masks MB", each -> each.cache() / 1e6),
            Column.of("patterns MB", each -> each.learned() / 1e6),
            Column.of("store MB", each -> each.store().bytes() / 1e6),
            Column.of("entries", each -> each.store().entries()),
            Column.of("evicted", each -> each.store().evictions()),
            Column.of(
                    "refused",
                    each -> each.refused().values().stream()
                            .mapToInt(count -> count)
                            .sum()));

    /** Copies the list. */
    public SoakView {
        windows = List.copyOf(windows);
    }

    /** Schemas that were run. */
    public int schemas() {
        return windows.stream().mapToInt(SoakWindow::count).sum();
    }

    private List<SoakWindow> settled() {
        return windows.subList((windows.size() + 4) / 5, windows.size());
    }

    private Slope slope(ToDoubleFunction<SoakWindow> value) {
        return Slope.of(settled().stream().map(value::applyAsDouble).toList());
    }

    /** The heap without what the caches say they hold. */
    private Slope heap() {
        return slope(SoakWindow::besideCaches);
    }

    private Slope time() {
        return slope(window -> window.processor().mean());
    }

    private long most(ToLongFunction<SoakWindow> value) {
        return windows.stream().mapToLong(value).max().orElse(0);
    }

    private Map<String, Integer> total(Function<SoakWindow, Map<String, Integer>> counts) {
        Map<String, Integer> sum = new TreeMap<>();
        windows.forEach(window -> counts.apply(window).forEach((name, count) -> sum.merge(name, count, Integer::sum)));
        return sum;
    }

    private LatencyHistogram all(Function<SoakWindow, LatencyHistogram> times) {
        LatencyHistogram all = new LatencyHistogram();
        windows.forEach(window -> all.add(times.apply(window)));
        return all;
    }

    /** What was to hold and does not; empty if all is well. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (windows.size() < settings.windows()) {
            faults.add("stopped after " + schemas() + " of " + settings.schemas() + " schemas");
        }
        Slope heap = heap();
        if (heap.growth() > Math.max(HEAP_BYTES, HEAP_GROWTH * heap.mean())) {
            faults.add(text(
                    "the heap beside the caches grew by %.1f MB, from %.1f MB on average",
                    heap.growth() / 1e6, heap.mean() / 1e6));
        }
        if (time().relative() > TIME_GROWTH) {
            faults.add(text("a schema took %.0f %% more time at the end", 100 * time().relative()));
        }
        if (most(SoakWindow::cache) > settings.limits().maxCacheBytes()) {
            faults.add("the caches had " + most(SoakWindow::cache) + " bytes, more than their limit of "
                    + settings.limits().maxCacheBytes());
        }
        total(SoakWindow::broken).forEach((what, count) -> faults.add(count + " schemas ended with " + what));
        return faults;
    }

    /** The view, with what was run in words. */
    public View view(String setting) {
        View view = new View("Soak", setting)
                .text(
                        "Each schema is compiled, some masks are made along a random text, and all is dropped; one compiler serves them"
                                + " all. Heaps are those that a full collection leaves; times are the processor's. Caches are two, by"
                                + " their own estimates: that of masks, and the patterns and number languages that the compiler of"
                                + " schemas keeps for later ones, at most some 12 MB. What is judged is the heap beside both.")
                .section("Memory")
                .chart(chart(
                        "Memory",
                        "After a full collection; what is cached by its own estimate.",
                        "MB",
                        Column.of("heap", each -> each.heap() / 1e6),
                        Column.of("heap beside caches", each -> each.besideCaches() / 1e6),
                        Column.of("cached masks", each -> each.cache() / 1e6),
                        Column.of("cached patterns and numbers", each -> each.learned() / 1e6),
                        Column.of("store", each -> each.store().bytes() / 1e6)))
                .chart(chart(
                        "The store of masks",
                        "Masks that are kept, and masks that were dropped so far.",
                        "masks",
                        Column.of("kept", each -> (double) each.store().entries()),
                        Column.of("evicted", each -> (double) each.store().evictions())))
                .section("Time")
                .chart(chart(
                        "Time of a schema",
                        "The processor's time to compile and for all masks; the mean of each window.",
                        "µs",
                        Column.of("compile and masks", each -> each.processor().mean() / 1e3),
                        Column.of("compile", each -> each.compile().mean() / 1e3)))
                .section("Windows")
                .table(table());
        List<String> lines = new ArrayList<>();
        figures().forEach((name, figure) -> {
            view.figure(name, figure);
            lines.add(name + ": " + figure);
        });
        return view.onTerminal(String.join(System.lineSeparator(), lines))
                .member("schemas", schemas())
                .member("windows", windows.size())
                .member("max_heap_bytes", maxHeap)
                .member("refused", total(SoakWindow::refused))
                .member("processor_us", all(SoakWindow::processor).figures())
                .member("compile_us", all(SoakWindow::compile).figures())
                .member("time_growth", time().relative())
                .member("heap_beside_caches_bytes", heap().mean())
                .member("heap_growth_bytes", heap().growth())
                .member("most_learned_bytes", most(SoakWindow::learned))
                .member("most_cache_bytes", most(SoakWindow::cache))
                .member("max_cache_bytes", settings.limits().maxCacheBytes())
                .member("faults", faults())
                .wrong(!faults().isEmpty());
    }

    @SafeVarargs
    private LineChart chart(String title, String description, String upward, Column<SoakWindow>... lines) {
        LineChart chart = LineChart.plain(title, description, "schemas", upward);
        for (SoakWindow window : windows) {
            for (Column<SoakWindow> line : lines) {
                chart.add(line.header(), window.done(), (double) line.value().apply(window));
            }
        }
        return chart;
    }

    /** Figures of the whole run, each with its name. */
    private Map<String, Object> figures() {
        LatencyHistogram processor = all(SoakWindow::processor);
        double limit = settings.limits().maxCacheBytes();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("schemas", schemas());
        figures.put("masks", windows.stream().mapToLong(SoakWindow::masks).sum());
        figures.put("refused", total(SoakWindow::refused));
        figures.put(
                "a schema, µs of the processor: mean, p50, p99",
                text(
                        "%.0f, %.0f, %.0f",
                        processor.mean() / 1e3, processor.percentile(50) / 1e3, processor.percentile(99) / 1e3));
        figures.put("… growth of that time", text("%+.1f %%", 100 * time().relative()));
        figures.put("heap beside caches, MB", text("%.1f", heap().mean() / 1e6));
        figures.put(
                "… growth of that heap", text("%.1f MB (%+.1f %%)", heap().growth() / 1e6, 100 * heap().relative()));
        figures.put(
                "caches of masks at most, MB (limit)", text("%.1f (%.1f)", most(SoakWindow::cache) / 1e6, limit / 1e6));
        figures.put("patterns and numbers kept at most, MB", text("%.1f", most(SoakWindow::learned) / 1e6));
        figures.put("heap at most, MB (limit)", text("%.1f (%.1f)", most(SoakWindow::heap) / 1e6, maxHeap / 1e6));
        long evicted =
                windows.isEmpty() ? 0 : windows.get(windows.size() - 1).store().evictions();
        figures.put("masks evicted", evicted);
        figures.put("verdict", faults().isEmpty() ? "flat" : String.join("; ", faults()));
        return figures;
    }

    private static String text(String format, Object... figures) {
        return String.format(Locale.ROOT, format, figures);
    }

    /** A row for each of some windows, evenly spread. */
    private Table table() {
        int every = Math.max(1, (windows.size() + SHOWN - 1) / SHOWN);
        return Table.of(
                "After so many schemas; heap after a full collection",
                COLUMNS,
                IntStream.rangeClosed(1, windows.size() / every)
                        .mapToObj(i -> windows.get(i * every - 1))
                        .toList());
    }
}
