// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Rows of figures with their names, for a terminal and for a page. Built up row by row; one thread at a time. */
public final class Table {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9,]*(\\.[0-9]+)?( %)?|-|∞");

    private final String caption;
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A table without rows.
     *
     * @param caption what it shows; may be empty
     * @param columns the names of the columns, the first that of the rows' own names
     */
    public Table(String caption, List<String> columns) {
        this.caption = caption;
        this.columns = List.copyOf(columns);
    }

    /** A table without rows. */
    public static Table of(String caption, String... columns) {
        return new Table(caption, List.of(columns));
    }

    /** A table with a row for each of some things, as columns show them. */
    public static <R> Table of(String caption, List<Column<R>> columns, Iterable<? extends R> things) {
        List<Column<R>> shown = columns.stream().filter(Column::isShown).toList();
        Table table = new Table(caption, shown.stream().map(Column::header).toList());
        things.forEach(thing ->
                table.row(shown.stream().map(column -> column.cell(thing)).toArray()));
        return table;
    }

    /** What it shows; may be empty. */
    public String caption() {
        return caption;
    }

    /** The names of the columns. */
    public List<String> columns() {
        return columns;
    }

    /** As many cells each as there are columns. */
    public List<List<String>> rows() {
        return Collections.unmodifiableList(rows);
    }

    /** Adds a row. Whole numbers are shown as they are, others with one digit. */
    public Table row(Object... cells) {
        rows.add(Arrays.stream(cells).map(Table::cell).toList());
        return this;
    }

    static String cell(Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.1f", number) : value.toString();
    }

    /** {@code part} of {@code whole} as {@code 12.34 %}; {@code -} of nothing. */
    public static String percent(double part, double whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * part / whole);
    }

    static boolean isNumber(String cell) {
        return NUMBER.matcher(cell).matches();
    }

    /** The table in Markdown, its caption as a paragraph before it: names to the left, figures to the right. */
    public String markdown() {
        StringBuilder text = new StringBuilder(caption.isEmpty() ? "" : markdown(caption) + "\n\n");
        row(columns, text);
        text.append('|');
        for (int i = 0; i < columns.size(); i++) {
            text.append(left(i) ? " --- |" : " ---: |");
        }
        text.append('\n');
        rows.forEach(row -> row(row, text));
        return text.toString();
    }

    private static void row(List<String> cells, StringBuilder text) {
        text.append('|');
        cells.forEach(cell -> text.append(' ').append(markdown(cell)).append(" |"));
        text.append('\n');
    }

    private static String markdown(String cell) {
        return cell.replace("\\", "\\\\").replace("|", "\\|").replace('\n', ' ').replace('\r', ' ');
    }

    /** The table for a terminal: names to the left, figures to the right. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(caption.isEmpty() ? "" : caption + System.lineSeparator());
        line(columns, text);
        rows.forEach(row -> line(row, text));
        return text.toString();
    }

    private void line(List<String> cells, StringBuilder text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            String blanks = " ".repeat(width(i) - cell.codePointCount(0, cell.length()));
            line.append(i == 0 ? "" : "  ").append(left(i) ? cell + blanks : blanks + cell);
        }
        text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }

    private int width(int column) {
        int width = columns.get(column).length();
        for (List<String> row : rows) {
            String cell = row.get(column);
            width = Math.max(width, cell.codePointCount(0, cell.length()));
        }
        return width;
    }

    /** Whether a column's cells stand to the left: that of the names, and those with a cell that is no number. */
    boolean left(int column) {
        return column == 0 || rows.stream().anyMatch(row -> !isNumber(row.get(column)));
    }
}
