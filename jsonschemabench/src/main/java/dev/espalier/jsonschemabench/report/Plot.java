// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.report;

/** What can be drawn on a page. Built up step by step; one thread at a time. */
public abstract class Plot {

    private final String title;
    private final String description;

    Plot(String title, String description) {
        this.title = title;
        this.description = description;
    }

    /** What it shows. */
    String title() {
        return title;
    }

    /** How to read it. */
    String description() {
        return description;
    }

    /** The drawing, and its figures. */
    abstract Chart chart();
}
