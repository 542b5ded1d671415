// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark.column;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * A column of JSON values.
 *
 * @param type what it holds of values that are not null
 * @param nullable whether the JSON value may be null, which is SQL's NULL. Where it may not be and the type is JSON text, null is the text {@code null}
 */
public record Column(ColumnType type, boolean nullable) implements Serializable {

    /** Any value, as JSON text. */
    public static final Column JSON = new Column(ColumnType.Scalar.JSON, false);

    /** Nothing but null. */
    static final Column NULL = new Column(ColumnType.Scalar.JSON, true);

    /** A column of values that are not null. */
    public static Column of(ColumnType type) {
        return new Column(type, false);
    }

    Column orNull() {
        return equals(JSON) ? JSON : new Column(type, true);
    }

    /** A column that holds the values of all of some: JSON text where they have several types. */
    static Column holding(List<Column> columns) {
        List<ColumnType> types = columns.stream()
                .filter(column -> !column.equals(NULL))
                .map(Column::type)
                .distinct()
                .toList();
        boolean nullable = columns.stream().anyMatch(Column::nullable);
        if (types.isEmpty()) {
            return NULL;
        } else if (types.size() > 1 || Objects.equals(types.get(0), ColumnType.Scalar.JSON)) {
            return JSON;
        }
        return new Column(types.get(0), nullable);
    }
}
