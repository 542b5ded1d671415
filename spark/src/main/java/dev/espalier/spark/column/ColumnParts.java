// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark.column;

import dev.espalier.stream.ValueKind;
import dev.espalier.stream.ValuePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** The members of an object, or the items of an array, as far as they were written. */
abstract class ColumnParts {

    /** No members or items yet of a type; null if values of the type are of another kind. */
    static @Nullable ColumnParts of(ColumnType type, ValueKind kind) {
        if (type instanceof ColumnType.Members members && kind == ValueKind.OBJECT) {
            return new Struct(members);
        } else if (type instanceof ColumnType.Entries entries && kind == ValueKind.OBJECT) {
            return new Entries(entries.column());
        } else if (type instanceof ColumnType.Tuple tuple && kind == ValueKind.ARRAY) {
            return new Tuple(tuple.fields());
        }
        return type instanceof ColumnType.Items items && kind == ValueKind.ARRAY ? new Items(items.column()) : null;
    }

    /** The column of the part at a place. */
    abstract Column column(ValuePath path);

    abstract void add(ValuePath path, @Nullable Object part);

    /** The value that has these parts. */
    abstract Object made();

    private static String key(ValuePath path) {
        return path.key().orElseThrow();
    }

    /** An object whose keys are data: a map. */
    private static final class Entries extends ColumnParts {

        private final Column column;
        private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

        Entries(Column column) {
            this.column = column;
        }

        @Override
        Column column(ValuePath path) {
            return column;
        }

        @Override
        void add(ValuePath path, @Nullable Object part) {
            values.put(key(path), part);
        }

        @Override
        Object made() {
            return CollectionConverters.asScala(values);
        }
    }

    /** An object with named members: a row, with a map of the others behind them. */
    private static final class Struct extends ColumnParts {

        private final List<ColumnType.Field> fields;
        private final Map<String, Integer> places = new HashMap<>();
        private final @Nullable Object[] values;
        private final @Nullable Entries rest;

        Struct(ColumnType.Members type) {
            this.fields = type.fields();
            for (int i = 0; i < fields.size(); i++) {
                places.put(fields.get(i).name(), i);
            }
            this.values = new Object[fields.size() + (type.rest() == null ? 0 : 1)];
            this.rest = type.rest() != null && type.rest().column().type() instanceof ColumnType.Entries entries
                    ? new Entries(entries.column())
                    : null;
        }

        private Entries others(ValuePath path) {
            if (rest == null) {
                throw ScalarValues.misfit(path, "a member that the schema does not allow");
            }
            return rest;
        }

        @Override
        Column column(ValuePath path) {
            Integer place = places.get(key(path));
            return place == null ? others(path).column(path) : fields.get(place).column();
        }

        @Override
        void add(ValuePath path, @Nullable Object part) {
            Integer place = places.get(key(path));
            if (place == null) {
                others(path).add(path, part);
            } else {
                values[place] = part;
            }
        }

        @Override
        Object made() {
            if (rest != null) {
                values[values.length - 1] = rest.made();
            }
            return RowFactory.create(values);
        }
    }

    /** An array in which each place has a column of its own: a row. */
    private static final class Tuple extends ColumnParts {

        private final List<ColumnType.Field> fields;
        private final @Nullable Object[] values;

        Tuple(List<ColumnType.Field> fields) {
            this.fields = fields;
            this.values = new Object[fields.size()];
        }

        @Override
        Column column(ValuePath path) {
            int index = path.index().orElseThrow();
            if (index >= fields.size()) {
                throw ScalarValues.misfit(path, "an item that the schema does not allow");
            }
            return fields.get(index).column();
        }

        @Override
        void add(ValuePath path, @Nullable Object part) {
            values[path.index().orElseThrow()] = part;
        }

        @Override
        Object made() {
            return RowFactory.create(values);
        }
    }

    /** An array of items of one type. */
    private static final class Items extends ColumnParts {

        private final Column column;
        private final List<@Nullable Object> values = new ArrayList<>();

        Items(Column column) {
            this.column = column;
        }

        @Override
        Column column(ValuePath path) {
            return column;
        }

        @Override
        void add(ValuePath path, @Nullable Object part) {
            values.add(part);
        }

        @Override
        Object made() {
            return values.toArray();
        }
    }
}
