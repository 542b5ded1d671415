// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A figure of each of some things: a column of a table, a member of the summary, or both.
 *
 * @param <R> the things
 * @param header the name of the figure
 * @param value the figure of a thing
 * @param format how a table shows it, as {@link String#format} takes it; empty for the way of {@link Table#row}
 * @param place where it is shown
 */
public record Column<R>(String header, Function<? super R, ?> value, String format, Place place) {

    /** Where a figure is shown. */
    public enum Place {
        /** In the table. */
        TABLE,
        /** In the summary of the results. */
        SUMMARY,
        /** In both. */
        BOTH
    }

    /** A column of the table alone. */
    public static <R> Column<R> of(String header, Function<? super R, ?> value) {
        return of(header, "", value);
    }

    /** A column of the table alone, in a format. */
    public static <R> Column<R> of(String header, String format, Function<? super R, ?> value) {
        return new Column<>(header, value, format, Place.TABLE);
    }

    /** A column of the table that is also a member of the summary, by its header in snake case. */
    public static <R> Column<R> both(String header, Function<? super R, ?> value) {
        return new Column<>(header, value, "", Place.BOTH);
    }

    /** A member of the summary alone. */
    public static <R> Column<R> member(String name, Function<? super R, ?> value) {
        return new Column<>(name, value, "", Place.SUMMARY);
    }

    /** Members of the summary: the figures of one thing, by name. */
    public static <R> Map<String, Object> members(List<Column<R>> columns, R thing) {
        Map<String, Object> members = new LinkedHashMap<>();
        columns.stream()
                .filter(column -> column.place != Place.TABLE)
                .forEach(column -> members.put(column.header.replace(' ', '_'), column.value.apply(thing)));
        return members;
    }

    /** The same for each of some things. */
    public static <R> List<Map<String, Object>> members(List<Column<R>> columns, List<R> things) {
        return things.stream().map(thing -> members(columns, thing)).toList();
    }

    boolean isShown() {
        return place != Place.SUMMARY;
    }

    String cell(R thing) {
        Object figure = value.apply(thing);
        return format.isEmpty() ? Table.cell(figure) : String.format(Locale.ROOT, format, figure);
    }
}
