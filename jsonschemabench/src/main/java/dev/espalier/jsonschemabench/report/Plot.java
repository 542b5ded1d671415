package dev.espalier.jsonschemabench.report;

/** What can be drawn on a page. */
public interface Plot {

    /** The drawing, and its figures. */
    Chart chart();
}
