package dev.espalier.jsonschemabench.report;

import tools.jackson.databind.node.ObjectNode;

/**
 * A plot, and its figures as a table for those who cannot see it.
 *
 * @param title what it shows
 * @param description how to read it
 * @param height in CSS pixels
 * @param option Apache ECharts' option, with two additions that the page's script resolves: a string {@code var:name} is
 *     the colour {@code --name} of the page, and {@code fn:name} one of the script's formatters
 * @param data the figures
 */
public record Chart(String title, String description, int height, ObjectNode option, Table data) {}
