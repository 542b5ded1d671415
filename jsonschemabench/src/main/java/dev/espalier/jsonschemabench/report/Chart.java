// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.report;

import java.util.List;
import java.util.Map;

/**
 * A plot, and its figures as a table for those who cannot see it.
 *
 * @param height in CSS pixels
 * @param kind which of the kinds of {@code page.js} it is
 * @param frame what else the kind asks for, such as the names of axes
 * @param series what is drawn
 * @param data the figures
 */
public record Chart(int height, String kind, Map<String, ?> frame, List<Series> series, Table data) {

    /**
     * Bars, points or a line of one name and colour.
     *
     * @param style one of the page's colours, or the number of a colour and dash among the lines
     * @param errors whether it is the errors of the line before it
     * @param points as Apache ECharts takes them
     */
    record Series(String name, Object style, boolean errors, List<?> points) {

        Series(String name, Object style, List<?> points) {
            this(name, style, false, points);
        }
    }

    /** What {@code page.js} draws. */
    record Drawing(String kind, Map<String, ?> frame, List<Series> series) {}

    Drawing drawing() {
        return new Drawing(kind, frame, series);
    }
}
