package dev.espalier.jsonschemabench.soak;

import dev.espalier.jsonschemabench.report.Summary;
import dev.espalier.jsonschemabench.report.Table;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a soak showed, and the verdict. Memory and time are judged over the last four fifths of the windows: in the first
 * the Java machine compiles its own code, and the caches fill.
 *
 * @param windows what was measured, in order
 * @param settings what was asked for
 * @param maxHeap the most bytes that the heap may have
 */
public record SoakSummary(List<SoakWindow> windows, SoakSettings settings, long maxHeap) implements Summary {

    /** The heap beside the caches' own estimate may grow by this part of it, or by so many bytes. */
    private static final double HEAP_GROWTH = 0.05;

    private static final double HEAP_BYTES = 4e6;

    /** The processor's time of a schema may grow by this part: caches of processors are shared with others. */
    private static final double TIME_GROWTH = 0.25;

    private static final int SHOWN = 12;

    /** Copies the list. */
    public SoakSummary {
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

    private long mostCache() {
        return most(SoakWindow::cache);
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
            faults.add(String.format(
                    Locale.ROOT,
                    "the heap beside the caches grew by %.1f MB, from %.1f MB on average",
                    heap.growth() / 1e6,
                    heap.mean() / 1e6));
        }
        if (time().relative() > TIME_GROWTH) {
            faults.add(
                    String.format(Locale.ROOT, "a schema took %.0f %% more time at the end", 100 * time().relative()));
        }
        if (mostCache() > settings.limits().maxCacheBytes()) {
            faults.add("the caches had " + mostCache() + " bytes, more than their limit of "
                    + settings.limits().maxCacheBytes());
        }
        total(SoakWindow::broken).forEach((what, count) -> faults.add(count + " schemas ended with " + what));
        return faults;
    }

    /** Figures of the whole run, each with its name. */
    Map<String, String> figures() {
        Map<String, String> figures = new LinkedHashMap<>();
        LatencyHistogram processor = all(SoakWindow::processor);
        figures.put("schemas", String.valueOf(schemas()));
        figures.put(
                "masks",
                String.valueOf(windows.stream().mapToLong(SoakWindow::masks).sum()));
        figures.put("refused", total(SoakWindow::refused).toString());
        figures.put(
                "a schema, µs of the processor: mean, p50, p99",
                String.format(
                        Locale.ROOT,
                        "%.0f, %.0f, %.0f",
                        processor.mean() / 1e3,
                        processor.percentile(50) / 1e3,
                        processor.percentile(99) / 1e3));
        figures.put("… growth of that time", percent(time()));
        figures.put("heap beside caches, MB", String.format(Locale.ROOT, "%.1f", heap().mean() / 1e6));
        figures.put(
                "… growth of that heap",
                String.format(Locale.ROOT, "%.1f MB (%s)", heap().growth() / 1e6, percent(heap())));
        figures.put(
                "caches of masks at most, MB (limit)",
                String.format(
                        Locale.ROOT,
                        "%.1f (%.1f)",
                        mostCache() / 1e6,
                        settings.limits().maxCacheBytes() / 1e6));
        figures.put(
                "patterns and numbers kept at most, MB",
                String.format(Locale.ROOT, "%.1f", most(SoakWindow::learned) / 1e6));
        figures.put(
                "heap at most, MB (limit)",
                String.format(Locale.ROOT, "%.1f (%.1f)", most(SoakWindow::heap) / 1e6, maxHeap / 1e6));
        figures.put(
                "masks evicted",
                String.valueOf(
                        windows.isEmpty()
                                ? 0
                                : windows.get(windows.size() - 1).store().evictions()));
        figures.put("verdict", faults().isEmpty() ? "flat" : String.join("; ", faults()));
        return figures;
    }

    private static String percent(Slope slope) {
        return String.format(Locale.ROOT, "%+.1f %%", 100 * slope.relative());
    }

    /** A row for each of some windows, evenly spread. */
    Table table() {
        Table table = Table.of(
                "After so many schemas; heap after a full collection",
                "",
                "µs a schema",
                "p99",
                "heap MB",
                "beside caches MB",
                "masks MB",
                "patterns MB",
                "store MB",
                "entries",
                "evicted",
                "refused");
        int every = Math.max(1, (windows.size() + SHOWN - 1) / SHOWN);
        for (int i = every - 1; i < windows.size(); i += every) {
            SoakWindow window = windows.get(i);
            table = table.row(
                    window.done(),
                    window.processor().mean() / 1e3,
                    window.processor().percentile(99) / 1e3,
                    window.heap() / 1e6,
                    window.besideCaches() / 1e6,
                    window.cache() / 1e6,
                    window.learned() / 1e6,
                    window.store().bytes() / 1e6,
                    window.store().entries(),
                    window.store().evictions(),
                    window.refused().values().stream().mapToInt(count -> count).sum());
        }
        return table;
    }

    @Override
    public JsonNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("schemas", schemas()).put("windows", windows.size()).put("max_heap_bytes", maxHeap);
        ObjectNode refused = node.putObject("refused");
        total(SoakWindow::refused).forEach(refused::put);
        node.set("processor_us", all(SoakWindow::processor).figures());
        node.set("compile_us", all(SoakWindow::compile).figures());
        node.put("time_growth", time().relative());
        node.put("heap_beside_caches_bytes", heap().mean()).put("heap_growth_bytes", heap().growth());
        node.put("most_learned_bytes", most(SoakWindow::learned));
        node.put("most_cache_bytes", mostCache())
                .put("max_cache_bytes", settings.limits().maxCacheBytes());
        faults().forEach(node.putArray("faults")::add);
        return node;
    }

    /** The table and the figures for a terminal; the verdict last. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(table().toString()).append(System.lineSeparator());
        figures()
                .forEach((name, figure) ->
                        text.append(name).append(": ").append(figure).append(System.lineSeparator()));
        return text.toString();
    }
}
