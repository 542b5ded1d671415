package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.grammar.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Writes the figures of a run as one page of HTML that needs nothing else: no script, no network. */
public final class HtmlReport {

    private static final String TEMPLATE = "report.html";
    private static final int WIDTH = 640;
    private static final int HEIGHT = 220;
    private static final int LEFT = 44;
    private static final int BOTTOM = 28;

    private final MaskbenchSummary summary;
    private final String setting;

    /**
     * A report.
     *
     * @param summary the figures
     * @param setting in words: data, tokenizer, options, machine
     */
    public HtmlReport(MaskbenchSummary summary, String setting) {
        this.summary = summary;
        this.setting = setting;
    }

    /**
     * Writes the page.
     *
     * @throws InvalidInputException if the file cannot be written
     */
    public void write(Path file) {
        try {
            Files.writeString(file, page());
        } catch (IOException e) {
            throw new InvalidInputException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    String page() {
        return template()
                .replace("${setting}", escape(setting))
                .replace("${summary}", counts())
                .replace("${times}", times())
                .replace("${histogram}", histogram(summary.times().step()))
                .replace("${datasets}", datasets())
                .replace("${refused}", refused());
    }

    private static String template() {
        try (InputStream stream = HtmlReport.class.getResourceAsStream(TEMPLATE)) {
            if (stream == null) {
                throw new IllegalStateException("the resource " + TEMPLATE + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the resource " + TEMPLATE + " cannot be read", e);
        }
    }

    private String counts() {
        MaskbenchSummary.Counts total = summary.total();
        return String.format(
                Locale.ROOT,
                "<b>%d</b> of %d schemas pass (%.2f %%). %d compiled, %d refused, %d failed, %d timed out. "
                        + "Of compiled schemas %d of %d valid instances were refused, %d of %d invalid ones accepted.",
                total.passing,
                total.schemas,
                100.0 * total.passing / Math.max(1, total.schemas),
                total.compiled,
                total.refused,
                total.errors,
                total.timeouts,
                total.falselyRefused,
                total.valid,
                total.falselyAccepted,
                total.invalid);
    }

    private String times() {
        return row("mask", summary.times().mask())
                + row("commit", summary.times().commit())
                + row("mask + commit", summary.times().step())
                + row("compile", summary.compile())
                + row("schema text to first mask", summary.firstMask());
    }

    private static String row(String name, LatencyHistogram times) {
        return String.format(
                Locale.ROOT,
                "<tr><th>%s</th><td>%d</td><td>%.1f</td><td>%.1f</td><td>%.1f</td><td>%.1f</td><td>%.1f</td>"
                        + "<td>%.1f</td></tr>%n",
                name,
                times.count(),
                times.mean() / 1000,
                times.percentile(50) / 1000.0,
                times.percentile(90) / 1000.0,
                times.percentile(99) / 1000.0,
                times.percentile(99.9) / 1000.0,
                times.max() / 1000.0);
    }

    private String datasets() {
        StringBuilder rows = new StringBuilder();
        for (Map.Entry<String, MaskbenchSummary.Counts> entry :
                summary.datasets().entrySet()) {
            MaskbenchSummary.Counts counts = entry.getValue();
            rows.append(String.format(
                    Locale.ROOT,
                    "<tr><th>%s</th><td>%d</td><td>%d</td><td>%d</td><td>%d</td><td>%d</td><td>%d</td><td>%d</td>"
                            + "<td>%d</td></tr>%n",
                    escape(entry.getKey().isEmpty() ? "(none)" : entry.getKey()),
                    counts.schemas,
                    counts.passing,
                    counts.compiled,
                    counts.refused,
                    counts.errors,
                    counts.timeouts,
                    counts.falselyRefused,
                    counts.falselyAccepted));
        }
        return rows.toString();
    }

    private String refused() {
        StringBuilder rows = new StringBuilder();
        for (Map.Entry<String, Integer> entry : summary.refusedFor()) {
            rows.append(String.format(
                    Locale.ROOT, "<tr><th>%s</th><td>%d</td></tr>%n", escape(entry.getKey()), entry.getValue()));
        }
        return rows.toString();
    }

    /** Bars over decades of time, four a decade, from 100 ns to 10 s; heights are shares of all steps, on a log scale. */
    static String histogram(LatencyHistogram times) {
        int bars = 32;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"times of mask and commit\">%n",
                WIDTH,
                HEIGHT));
        double width = (WIDTH - LEFT - 8.0) / bars;
        for (int i = 0; i < bars; i++) {
            long from = i == 0 ? -1 : Math.round(100 * Math.pow(10, i / 4.0));
            long to = i == bars - 1 ? Long.MAX_VALUE : Math.round(100 * Math.pow(10, (i + 1) / 4.0));
            double share = times.between(from, to) / (double) Math.max(1, times.count());
            double height = share <= 0 ? 0 : Math.max(1, (HEIGHT - BOTTOM - 8) * (7 + Math.log10(share)) / 7);
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s to %s: %.5f %%</title></rect>%n",
                    LEFT + i * width,
                    HEIGHT - BOTTOM - height,
                    width - 1,
                    height,
                    time(Math.max(0, from)),
                    time(to),
                    100 * share));
        }
        for (int decade = 0; decade <= 8; decade++) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                    LEFT + 4 * decade * width,
                    HEIGHT - 8,
                    time(Math.round(100 * Math.pow(10, decade)))));
        }
        for (int power = 0; power < 7; power += 2) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s %%</text>%n",
                    LEFT - 4,
                    8 + 4 + (HEIGHT - BOTTOM - 8) * power / 7.0,
                    power == 0 ? "100" : "1e-" + (power - 2)));
        }
        return svg.append("</svg>").toString().replace("1e-0", "1");
    }

    private static String time(long nanos) {
        if (nanos == Long.MAX_VALUE) {
            return "∞";
        } else if (nanos < 1_000) {
            return nanos + " ns";
        } else if (nanos < 1_000_000) {
            return String.format(Locale.ROOT, "%.3g µs", nanos / 1e3).replaceAll("\\.0*(?= )", "");
        } else if (nanos < 1_000_000_000) {
            return String.format(Locale.ROOT, "%.3g ms", nanos / 1e6).replaceAll("\\.0*(?= )", "");
        }
        return String.format(Locale.ROOT, "%.3g s", nanos / 1e9).replaceAll("\\.0*(?= )", "");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
