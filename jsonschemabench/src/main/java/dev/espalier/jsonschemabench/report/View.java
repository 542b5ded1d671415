// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.report;

import dev.espalier.jsonschemabench.run.ResultJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What is shown of some results: tables for a terminal, a page, and the summary in the last line of the results. Built up from top to
 * bottom; tables without rows and charts without figures are left out. One thread at a time.
 */
public final class View implements Summary {

    private final String title;
    private final List<String> paragraphs;
    private final Map<String, String> figures = new LinkedHashMap<>();
    private final List<Consumer<ReportPage>> page = new ArrayList<>();
    private final List<String> terminal = new ArrayList<>();
    private final Map<String, Object> members = new LinkedHashMap<>();
    private boolean right = true;

    /**
     * A view of nothing yet.
     *
     * @param title the title of the page
     * @param paragraphs what the page begins with: the setting in words (tokenizer, options, machine), and what more is to be explained
     */
    public View(String title, String... paragraphs) {
        this.title = title;
        this.paragraphs = List.of(paragraphs);
    }

    /** Adds a figure to those that the page begins with. */
    public View figure(String name, Object value) {
        figures.put(name, value.toString());
        return this;
    }

    /** Adds a heading to the page. */
    public View section(String heading) {
        return onPage(some -> some.section(heading));
    }

    /** Adds a paragraph to the page. */
    public View text(String paragraph) {
        return onPage(some -> some.text(paragraph));
    }

    /** Adds to the page how many things are listed below, at most {@code listed}. */
    public View count(int count, int listed) {
        return onPage(some -> some.count(count, listed));
    }

    /** Adds a chart to the page. */
    public View chart(Plot chart) {
        return onPage(some -> some.chart(chart));
    }

    /** Adds a table to page and terminal. */
    public View table(Table table) {
        return onPage(table).onTerminal(table);
    }

    /** Adds a table to the page. */
    public View onPage(Table table) {
        return onPage(some -> some.table(table));
    }

    private View onPage(Consumer<ReportPage> part) {
        page.add(part);
        return this;
    }

    /** Adds a table to the terminal. */
    public View onTerminal(Table table) {
        if (!table.rows().isEmpty()) {
            terminal.add(table.toString());
        }
        return this;
    }

    /** Adds lines to the terminal, without the separator after the last. */
    public View onTerminal(String lines) {
        terminal.add(lines + System.lineSeparator());
        return this;
    }

    /** Adds lines to the terminal, if there are any. */
    public View lines(List<String> lines) {
        return lines.isEmpty() ? this : onTerminal(String.join(System.lineSeparator(), lines));
    }

    /** Adds a member to the summary: what {@link ResultJson} can write. */
    public View member(String name, Object value) {
        members.put(name, value);
        return this;
    }

    /** Adds members to the summary. */
    public View members(Map<String, ?> some) {
        members.putAll(some);
        return this;
    }

    /** Says whether a result is wrong: the command then ends with 1. */
    public View wrong(boolean wrong) {
        right &= !wrong;
        return this;
    }

    /** Whether no result is wrong. */
    public boolean isRight() {
        return right;
    }

    /** The page. */
    public ReportPage page() {
        ReportPage whole = new ReportPage(title);
        paragraphs.forEach(whole::text);
        whole.figures(figures);
        page.forEach(part -> part.accept(whole));
        return whole;
    }

    @Override
    public JsonNode toJson() {
        return ResultJson.tree(members);
    }

    /** What is shown on a terminal: parts with a blank line between them. */
    @Override
    public String toString() {
        return terminal.stream().collect(Collectors.joining(System.lineSeparator()));
    }
}
