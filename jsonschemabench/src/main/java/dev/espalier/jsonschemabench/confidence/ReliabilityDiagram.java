// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.confidence;

import java.util.Locale;

/** A reliability diagram in SVG: the share of right fields over the probability, with intervals of 95 % and counts. Readable on light and dark pages. */
public final class ReliabilityDiagram {

    private static final int SIDE = 320;
    private static final int LEFT = 64;
    private static final int TOP = 44;
    private static final int WIDTH = LEFT + SIDE + 24;
    private static final int HEIGHT = TOP + SIDE + 76;

    private static final String STYLE = """
            <style>
              text { font: 12px sans-serif; fill: #222 }
              .page { fill: #fff }
              .grid { stroke: #ddd }
              .ideal { stroke: #888; stroke-dasharray: 5 4 }
              .error { stroke: #00796b; stroke-width: 1.5 }
              .dot { fill: #00796b }
              .bold { font-weight: bold }
              @media (prefers-color-scheme: dark) {
                text { fill: #ddd }
                .page { fill: #1e2129 }
                .grid { stroke: #3a3f4b }
                .ideal { stroke: #999 }
                .error { stroke: #4db6ac }
                .dot { fill: #4db6ac }
              }
            </style>
            """;

    private ReliabilityDiagram() {}

    /** The diagram of a calibration. */
    public static String svg(String title, Calibration calibration) {
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" width=\"%d\">",
                WIDTH,
                HEIGHT,
                WIDTH);
        add(svg, "<title>%s</title>", title);
        svg.append(STYLE);
        add(svg, "<rect class=\"page\" width=\"%d\" height=\"%d\" rx=\"6\"/>", WIDTH, HEIGHT);
        add(svg, "<text class=\"bold\" x=\"%d\" y=\"24\">%s</text>", LEFT, title);
        for (int i = 0; i <= 10; i += 2) {
            line(svg, "grid", i / 10.0, 0, i / 10.0, 1);
            line(svg, "grid", 0, i / 10.0, 1, i / 10.0);
            text(svg, "middle", x(i / 10.0), TOP + SIDE + 18, String.format(Locale.ROOT, "%.1f", i / 10.0));
            text(svg, "end", LEFT - 8, y(i / 10.0) + 4, String.format(Locale.ROOT, "%.1f", i / 10.0));
        }
        line(svg, "ideal", 0, 0, 1, 1);
        for (Calibration.Bin bin : calibration.bins()) {
            double middle = bin.from() + 0.05;
            text(svg, "middle", x(middle), TOP + SIDE + 36, String.valueOf(bin.fields()));
            if (bin.fields() > 0) {
                line(svg, "error", bin.mean(), bin.interval(-1), bin.mean(), bin.interval(1));
                add(svg, "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\"/>", x(bin.mean()), y(bin.share()));
            }
        }
        text(svg, "end", LEFT - 8, TOP + SIDE + 36, "fields");
        text(svg, "middle", x(0.5), TOP + SIDE + 60, "probability of the value");
        add(
                svg,
                "<text text-anchor=\"middle\" transform=\"translate(18 %.1f) rotate(-90)\">share of right values</text>",
                y(0.5));
        return svg.append("</svg>\n").toString();
    }

    private static double x(double value) {
        return LEFT + SIDE * value;
    }

    private static double y(double value) {
        return TOP + SIDE * (1 - value);
    }

    private static void line(StringBuilder svg, String kind, double x1, double y1, double x2, double y2) {
        add(
                svg,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                kind,
                x(x1),
                y(y1),
                x(x2),
                y(y2));
    }

    private static void text(StringBuilder svg, String anchor, double x, double y, String text) {
        add(svg, "<text text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", anchor, x, y, text);
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append("\n");
    }
}
