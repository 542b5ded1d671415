// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.ResultJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ReportPageTest {

    private static final String NASTY = "</script><script>alert('1')</script>${body}\u2028\uD800\u0000";

    @Test
    void nothingThatDataSaysBecomesPartOfThePage() {
        BarChart bars = BarChart.counts("Bars", "Some.", "schemas").add(NASTY, 3);
        SizeChart sizes = new SizeChart("Sizes", "Some.", "passing:good");
        sizes.add("passing", NASTY, 10, 20);
        String page = new ReportPage("Title " + NASTY)
                .text(NASTY)
                .chart(bars)
                .chart(sizes)
                .table(Table.of(NASTY, "name", "text").row("a", NASTY))
                .page();
        assertFalse(page.contains("<script>alert"), "markup");
        assertFalse(page.contains("\u0000"), "control character");
        assertTrue(page.contains("&lt;/script&gt;"));
        assertTrue(page.contains("\\u003c/script>"), "inside the plot's data");
        assertTrue(page.contains("${body}"), "names of places in data stay as they are");
        assertEquals(1, page.split("<main>", -1).length - 1);
    }

    @Test
    void aPageWithHalvesOfPairsIsWritten(@TempDir Path folder) throws IOException {
        SizeChart sizes = new SizeChart("Sizes", "Some.", "passing:good");
        sizes.add("passing", NASTY, 10, 20);
        Path file = folder.resolve("report.html");
        new ReportPage(NASTY).chart(sizes).write(file);
        assertTrue(Files.readString(file).contains("\\ud800"), "inside the plot's data");
    }

    @Test
    void aPageWithoutPlotsCarriesNoLibrary() {
        int bare = new ReportPage("Bare").text("Text.").page().length();
        int drawn = new ReportPage("Drawn")
                .chart(BarChart.counts("Bars", "Some.", "schemas").add("a", 1))
                .page()
                .length();
        assertTrue(bare < 20_000, bare + " characters");
        assertTrue(drawn > 400_000, drawn + " characters");
    }

    @Test
    void sharesFillTheWholeAndKeepTheirCounts() {
        JsonNode option = drawing(BarChart.shares("Shares", "Some.", "good:good", "bad:bad")
                .add("a", 3, 1)
                .add("none", 0, 0));
        JsonNode first = option.path("series").get(0).path("points").get(0);
        assertEquals(75, first.path("value").asDouble());
        assertEquals(3, first.path("count").asLong());
        assertEquals(
                0,
                option.path("series").get(1).path("points").get(1).path("value").asDouble());
    }

    @Test
    void everyChartHasItsFiguresAsATable() {
        LatencyHistogram times = new LatencyHistogram();
        for (int i = 1; i <= 1000; i++) {
            times.add(i * 1000);
        }
        Chart chart = new LatencyChart("Times", "Some.")
                .add("mask", times)
                .add("none", new LatencyHistogram())
                .chart();
        assertEquals(1, chart.data().rows().size());
        assertEquals("1000", chart.data().rows().get(0).get(1));
        assertTrue(new ReportPage("Page")
                .chart(new LatencyChart("Times", "Some.").add("mask", times))
                .page()
                .contains("<summary>The figures as a table</summary>"));
        assertTrue(ResultJson.write(chart.drawing()).length() < 20_000, "points are thinned out");
    }

    @Test
    void linesHaveGapsWhereALogAxisHasNoPlace() {
        Chart chart = LineChart.logarithmic("Lines", "Some.", "calls", "KL")
                .add("a", 10, 0.5)
                .add("a", 100, 0)
                .chart();
        JsonNode data = ResultJson.tree(chart.drawing()).path("series").get(0).path("points");
        assertEquals(0.5, data.get(0).get(1).asDouble());
        assertEquals("-", data.get(1).get(1).asString());
        assertEquals(2, chart.data().rows().size(), "the table has them");
    }

    @Test
    void errorsAreBarsBesideEachOther() {
        Chart chart = LineChart.withErrors("Lines", "Some.", "calls", "Z")
                .add("a", 10, 1, 0.25)
                .add("b", 10, 1, 0.5)
                .chart();
        JsonNode series = ResultJson.tree(chart.drawing()).path("series");
        assertEquals(4, series.size());
        assertEquals(0.75, series.get(1).path("points").get(0).get(1).asDouble());
        assertEquals(1.25, series.get(1).path("points").get(1).get(1).asDouble());
        assertEquals("a", series.get(1).path("name").asString(), "one entry of the legend for both");
        double first = series.get(0).path("points").get(0).get(0).asDouble();
        double second = series.get(2).path("points").get(0).get(0).asDouble();
        assertTrue(first < 10 && second > 10, first + ", " + second);
    }

    @Test
    void sharesEndAtAllHoweverFewTimesThereAre() {
        assertEquals(0.1, lowestShare(1));
        assertEquals(0.1, lowestShare(10));
        assertEquals(0.01, lowestShare(11));
        assertEquals(0.001, lowestShare(1_000));
    }

    /** Where the axis of shares of a chart of so many times begins. */
    private static double lowestShare(int count) {
        LatencyHistogram times = new LatencyHistogram();
        for (int i = 1; i <= count; i++) {
            times.add(i * 1000L);
        }
        return drawing(new LatencyChart("Times", "Some.").add("mask", times))
                .path("frame")
                .path("least")
                .asDouble();
    }

    private static JsonNode drawing(Plot plot) {
        return ResultJson.tree(plot.chart().drawing());
    }

    @Test
    void timesAreShownInTheUnitThatSuitsThem() {
        assertEquals("0.00 ns", LatencyChart.time(0));
        assertEquals("1.50 µs", LatencyChart.time(1_500));
        assertEquals("33.6 ms", LatencyChart.time(33_554_400));
        assertEquals("5000.0 s", LatencyChart.time(5e12));
    }

    @Test
    void tablesAlignTheirFigures() {
        Table table =
                Table.of("Caption", "name", "n", "text").row("a", 5, "x y").row("long name", 1234, "");
        assertEquals("""
                Caption
                name          n  text
                a             5  x y
                long name  1234
                """, table.toString().replace(System.lineSeparator(), "\n"));
    }
}
