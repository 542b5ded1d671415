// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark.column;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** What a column holds of JSON values: one of Spark's types, and how it is read from the text. Immutable and serialisable. */
public sealed interface ColumnType extends Serializable {

    /** Spark's type. */
    DataType dataType();

    /** A value that has no parts in Spark. */
    enum Scalar implements ColumnType {
        /** What a string says. */
        STRING(DataTypes.StringType),
        BOOLEAN(DataTypes.BooleanType),
        /** An integer of 64 bits. */
        LONG(DataTypes.LongType),
        /** The digits of an integer that no decimal of Spark holds. */
        DIGITS(DataTypes.StringType),
        DOUBLE(DataTypes.DoubleType),
        DATE(DataTypes.DateType),
        TIMESTAMP(DataTypes.TimestampType),
        /** The bytes that a string has in base64. */
        BINARY(DataTypes.BinaryType),
        /** The JSON text of a value that may be anything. */
        JSON(DataTypes.StringType);

        @SuppressWarnings("ImmutableEnumChecker") // Spark's types do not change
        private final DataType type;

        Scalar(DataType type) {
            this.type = type;
        }

        @Override
        public DataType dataType() {
            return type;
        }
    }

    /**
     * A number with so many digits, so many of them behind the point.
     *
     * @param precision from 1 to 38
     * @param scale from 0 to the precision
     */
    record Decimal(int precision, int scale) implements ColumnType {

        /** The most digits that Spark has. */
        public static final int MOST_DIGITS = 38;

        /** An integer of as many digits as there can be. */
        static final Decimal INTEGER = new Decimal(MOST_DIGITS, 0);

        @Override
        public DataType dataType() {
            return DataTypes.createDecimalType(precision, scale);
        }
    }

    /**
     * A member of an object, or an item of a tuple.
     *
     * @param required whether it is always there
     */
    record Field(String name, Column column, boolean required) implements Serializable {

        StructField structField() {
            return DataTypes.createStructField(name, column.type().dataType(), !required || column.nullable());
        }
    }

    /**
     * An object with named members.
     *
     * @param rest members without a name in the schema: a map in a field of its own; null if there are none
     */
    record Members(List<Field> fields, @Nullable Field rest) implements ColumnType {
        public Members {
            fields = List.copyOf(fields);
        }

        @Override
        public DataType dataType() {
            StructType type = struct(fields);
            return rest == null ? type : type.add(rest.structField());
        }
    }

    /** An array in which each place has a type of its own: fields {@code _1}, {@code _2} and so on. */
    record Tuple(List<Field> fields) implements ColumnType {
        public Tuple {
            fields = List.copyOf(fields);
        }

        @Override
        public DataType dataType() {
            return struct(fields);
        }
    }

    /** An array of items of one type. */
    record Items(Column column) implements ColumnType {
        @Override
        public DataType dataType() {
            return DataTypes.createArrayType(column.type().dataType(), column.nullable());
        }
    }

    /** An object whose keys are data. */
    record Entries(Column column) implements ColumnType {
        @Override
        public DataType dataType() {
            return DataTypes.createMapType(DataTypes.StringType, column.type().dataType(), column.nullable());
        }
    }

    private static StructType struct(List<Field> fields) {
        return DataTypes.createStructType(
                fields.stream().map(Field::structField).toList());
    }
}
