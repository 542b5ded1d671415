// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.report;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.file.WholeFile;
import dev.espalier.jsonschemabench.run.JsonLines;
import dev.espalier.jsonschemabench.run.ResultJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One page of HTML that needs nothing else: text, tables, and plots that a script inside it draws; for light and dark screens
 * and for paper. Whatever comes from data is escaped. Built up from top to bottom; one thread at a time.
 */
public final class ReportPage {

    private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");
    private static final int CELL = 500;
    private static final int TALL = 24;

    private final String title;
    private final StringBuilder body = new StringBuilder();
    private int charts;

    /** A page that is empty but for its title. */
    public ReportPage(String title) {
        this.title = title;
    }

    /** A line under the title, or a paragraph. */
    public ReportPage text(String paragraph) {
        return add(element("p", paragraph));
    }

    /**
     * How many things are listed below, and where the rest is.
     *
     * @param listed the most that are listed
     */
    public ReportPage count(int count, int listed) {
        String rest = count > listed ? " The first " + listed + " are listed; all are in results.jsonl." : "";
        return text(count == 0 ? "There is none." : count == 1 ? "There is one." : "There are " + count + "." + rest);
    }

    /** Figures that matter most, each with its name. */
    public ReportPage figures(Map<String, String> figures) {
        add("<dl class=\"figures\">");
        figures.forEach((name, value) -> add("<div>" + element("dt", name) + element("dd", value) + "</div>"));
        return add("</dl>");
    }

    /** The heading of a section. */
    public ReportPage section(String heading) {
        return add(element("h2", heading));
    }

    /** A table; nothing if it has no rows. */
    public ReportPage table(Table table) {
        return table.rows().isEmpty() ? this : append(table);
    }

    /** A chart; nothing if it has no figures. */
    public ReportPage chart(Plot plot) {
        Chart chart = plot.chart();
        if (chart.data().rows().isEmpty()) {
            return this;
        }
        String id = "chart" + ++charts + "-name";
        return add("<figure>\n<figcaption id=\"" + id + "\">" + element("b", plot.title() + ".") + " "
                        + escape(plot.description()) + "</figcaption>")
                .add("<div class=\"chart\" role=\"img\" aria-labelledby=\"" + id + "\" style=\"height:" + chart.height()
                        + "px\"></div>")
                .add("<script type=\"application/json\">" + embedded(ResultJson.write(chart.drawing())) + "</script>")
                .add("<details><summary>The figures as a table</summary>")
                .append(chart.data())
                .add("</details>\n</figure>");
    }

    private ReportPage append(Table table) {
        add(
                table.rows().size() > TALL
                        ? "<div class=\"wide tall\" tabindex=\"0\"><table>"
                        : "<div class=\"wide\"><table>");
        if (!table.caption().isEmpty()) {
            add(element("caption", table.caption()));
        }
        add("<thead>" + row(table, table.columns(), "th scope=\"col\"", "th scope=\"col\"") + "</thead>\n<tbody>");
        table.rows().forEach(row -> add(row(table, row, "th scope=\"row\"", "td")));
        return add("</tbody>\n</table></div>");
    }

    private static String row(Table table, List<String> cells, String first, String others) {
        return IntStream.range(0, cells.size())
                .mapToObj(i -> element(
                        (i == 0 ? first : others) + (table.left(i) ? " class=\"text\"" : ""),
                        cells.get(i).length() <= CELL
                                ? cells.get(i)
                                : cells.get(i).substring(0, CELL) + "…"))
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }

    /** An element of a name, which attributes may follow, with a text in it. */
    private static String element(String start, String text) {
        return "<" + start + ">" + escape(text) + "</" + start.replaceAll(" .*", "") + ">";
    }

    private ReportPage add(String html) {
        body.append(html).append('\n');
        return this;
    }

    /**
     * Writes the page.
     *
     * @throws InvalidInputException if the file cannot be written
     */
    public void write(Path file) {
        try {
            WholeFile.write(file, page());
        } catch (IOException e) {
            throw new InvalidInputException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    String page() {
        Map<String, String> parts = Map.of(
                "title", escape(title),
                "style", PlottingLibrary.text("page.css"),
                "body", body.toString(),
                "library", charts == 0 ? "" : PlottingLibrary.script(),
                "script", PlottingLibrary.text("page.js"));
        Matcher places = PLACE.matcher(PlottingLibrary.text("page.html"));
        return places.replaceAll(place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), place.group())));
    }

    /** JSON text inside a script element, which nothing in it may close. */
    private static String embedded(String json) {
        return JsonLines.wellFormed(json)
                .replace("<", "\\u003c")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    /** Text as a page of HTML may have it: without control characters and halves of pairs. */
    static String escape(String text) {
        return text.replaceAll("[\\n\\r\\t]", " ")
                .replaceAll("[\\p{Cc}\\p{Cs}]", "\uFFFD")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
