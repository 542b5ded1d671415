package dev.espalier.jsonschemabench.soak;

import dev.espalier.jsonschemabench.report.LineChart;
import dev.espalier.jsonschemabench.report.ReportPage;

/**
 * A soak as a page.
 *
 * @param summary the figures
 * @param setting in words: schemas, tokenizer, limits, machine
 */
public record SoakReport(SoakSummary summary, String setting) {

    /** The page. */
    public ReportPage page() {
        ReportPage page = new ReportPage("Soak").text(setting);
        page.text(
                "Each schema is compiled, some masks are made along a random text, and all is dropped; one compiler serves them"
                        + " all. Heaps are those that a full collection leaves; times are the processor's. Caches are two, by"
                        + " their own estimates: that of masks, and the patterns and number languages that the compiler of"
                        + " schemas keeps for later ones, at most some 12 MB. What is judged is the heap beside both.");
        page.figures(summary.figures());
        page.section("Memory").chart(memory()).chart(entries());
        page.section("Time").chart(time());
        page.section("Windows").table(summary.table());
        return page;
    }

    private LineChart memory() {
        LineChart chart = LineChart.plain(
                "Memory", "After a full collection; what is cached by its own estimate.", "schemas", "MB");
        for (SoakWindow window : summary.windows()) {
            chart.add("heap", window.done(), window.heap() / 1e6);
            chart.add("heap beside caches", window.done(), window.besideCaches() / 1e6);
            chart.add("cached masks", window.done(), window.cache() / 1e6);
            chart.add("cached patterns and numbers", window.done(), window.learned() / 1e6);
            chart.add("store", window.done(), window.store().bytes() / 1e6);
        }
        return chart;
    }

    private LineChart entries() {
        LineChart chart = LineChart.plain(
                "The store of masks", "Masks that are kept, and masks that were dropped so far.", "schemas", "masks");
        for (SoakWindow window : summary.windows()) {
            chart.add("kept", window.done(), window.store().entries());
            chart.add("evicted", window.done(), window.store().evictions());
        }
        return chart;
    }

    private LineChart time() {
        LineChart chart = LineChart.plain(
                "Time of a schema",
                "The processor's time to compile and for all masks; the mean of each window.",
                "schemas",
                "µs");
        for (SoakWindow window : summary.windows()) {
            chart.add("compile and masks", window.done(), window.processor().mean() / 1e3);
            chart.add("compile", window.done(), window.compile().mean() / 1e3);
        }
        return chart;
    }
}
