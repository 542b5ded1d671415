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
        body.append("<p>").append(escape(paragraph)).append("</p>\n");
        return this;
    }

    /**
     * How many things are listed below, and where the rest is.
     *
     * @param listed the most that are listed
     */
    public ReportPage count(int count, int listed) {
        return switch (count) {
            case 0 -> text("There is none.");
            case 1 -> text("There is one.");
            default ->
                text("There are " + count + "."
                        + (count > listed ? " The first " + listed + " are listed; all are in results.jsonl." : ""));
        };
    }

    /** Figures that matter most, each with its name. */
    public ReportPage figures(Map<String, String> figures) {
        body.append("<dl class=\"figures\">\n");
        figures.forEach((name, value) -> body.append("<div><dt>")
                .append(escape(name))
                .append("</dt><dd>")
                .append(escape(value))
                .append("</dd></div>\n"));
        body.append("</dl>\n");
        return this;
    }

    /** The heading of a section. */
    public ReportPage section(String heading) {
        body.append("<h2>").append(escape(heading)).append("</h2>\n");
        return this;
    }

    /** A table; nothing if it has no rows. */
    public ReportPage table(Table table) {
        if (!table.rows().isEmpty()) {
            append(table);
        }
        return this;
    }

    /** A chart; nothing if it has no figures. */
    public ReportPage chart(Plot plot) {
        Chart chart = plot.chart();
        if (chart.data().rows().isEmpty()) {
            return this;
        }
        String id = "chart" + ++charts;
        body.append("<figure>\n<figcaption id=\"").append(id).append("-name\"><b>");
        body.append(escape(chart.title())).append(".</b> ").append(escape(chart.description()));
        body.append("</figcaption>\n<div class=\"chart\" role=\"img\" aria-labelledby=\"")
                .append(id);
        body.append("-name\" style=\"height:").append(chart.height()).append("px\"></div>\n");
        body.append("<script type=\"application/json\">").append(embedded(ResultJson.write(chart.drawing())));
        body.append("</script>\n<details><summary>The figures as a table</summary>\n");
        append(chart.data());
        body.append("</details>\n</figure>\n");
        return this;
    }

    private void append(Table table) {
        boolean tall = table.rows().size() > TALL;
        body.append(tall ? "<div class=\"wide tall\" tabindex=\"0\"><table>\n" : "<div class=\"wide\"><table>\n");
        if (!table.caption().isEmpty()) {
            body.append("<caption>").append(escape(table.caption())).append("</caption>\n");
        }
        body.append("<thead><tr>");
        for (int i = 0; i < table.columns().size(); i++) {
            body.append("<th scope=\"col\"").append(table.left(i) ? " class=\"text\">" : ">");
            body.append(escape(table.columns().get(i))).append("</th>");
        }
        body.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : table.rows()) {
            body.append("<tr><th scope=\"row\">").append(cell(row.get(0))).append("</th>");
            for (int i = 1; i < row.size(); i++) {
                body.append(table.left(i) ? "<td class=\"text\">" : "<td>")
                        .append(cell(row.get(i)))
                        .append("</td>");
            }
            body.append("</tr>\n");
        }
        body.append("</tbody>\n</table></div>\n");
    }

    private static String cell(String text) {
        return escape(text.length() <= CELL ? text : text.substring(0, CELL) + "…");
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

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '\n', '\r', '\t' -> escaped.append(' ');
                default -> escaped.append(isControl(c, text, i) ? '\uFFFD' : c);
            }
        }
        return escaped.toString();
    }

    /** Characters that no page of HTML may have: control characters and halves of pairs. */
    private static boolean isControl(char c, String text, int index) {
        if (Character.isHighSurrogate(c)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return index == 0 || !Character.isHighSurrogate(text.charAt(index - 1));
        }
        return Character.isISOControl(c);
    }
}
