// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark.column;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The columns of numbers, by their bounds. */
final class NumberColumns {

    private static final BigDecimal LEAST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal MOST_DECIMAL =
            new BigDecimal(BigInteger.TEN.pow(ColumnType.Decimal.MOST_DIGITS).subtract(BigInteger.ONE));

    /** What stands for numbers without bounds or steps. */
    private final ColumnType usual;

    NumberColumns(Optional<ColumnType.Decimal> decimals) {
        this.usual = decimals.isPresent() ? decimals.get() : ColumnType.Scalar.DOUBLE;
    }

    /** The column of {@code "type": "integer"}. */
    ColumnType integer(JsonNode schema) {
        BigDecimal least = bound(schema, "minimum", "exclusiveMinimum");
        BigDecimal most = bound(schema, "maximum", "exclusiveMaximum");
        if (least == null || most == null) {
            return ColumnType.Decimal.INTEGER;
        }
        return integer(least, most);
    }

    private static ColumnType integer(BigDecimal least, BigDecimal most) {
        if (least.compareTo(LEAST_LONG) >= 0 && most.compareTo(MOST_LONG) <= 0) {
            return ColumnType.Scalar.LONG;
        }
        boolean fits = least.negate().compareTo(MOST_DECIMAL) <= 0 && most.compareTo(MOST_DECIMAL) <= 0;
        return fits ? ColumnType.Decimal.INTEGER : ColumnType.Scalar.DIGITS;
    }

    /** The column of {@code "type": "number"}: exact where bounds and steps leave so many digits. */
    ColumnType number(JsonNode schema) {
        BigDecimal least = bound(schema, "minimum", "exclusiveMinimum");
        BigDecimal most = bound(schema, "maximum", "exclusiveMaximum");
        JsonNode step = schema.path("multipleOf");
        if (least == null
                || most == null
                || !step.isNumber()
                || step.decimalValue().signum() <= 0) {
            return usual;
        }
        long scale = Math.max(0, step.decimalValue().stripTrailingZeros().scale());
        long whole = Math.max(wholeDigits(least), wholeDigits(most));
        long precision = Math.max(1, whole + scale);
        return precision <= ColumnType.Decimal.MOST_DIGITS
                ? new ColumnType.Decimal((int) precision, (int) scale)
                : usual;
    }

    /** The column of a number that is named. */
    ColumnType constant(JsonNode number) {
        BigDecimal value = number.decimalValue();
        boolean isInteger = value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
        return isInteger && wholeDigits(value) <= Integer.MAX_VALUE ? integer(value, value) : usual;
    }

    private static long wholeDigits(BigDecimal value) {
        return Math.max(0, (long) value.precision() - value.scale());
    }

    /** A bound; a bound that is excluded is taken as included, which is no less. Null if there is none. */
    private static @Nullable BigDecimal bound(JsonNode schema, String included, String excluded) {
        for (String name : new String[] {included, excluded}) {
            JsonNode bound = schema.path(name);
            if (bound.isNumber()) {
                return bound.decimalValue();
            }
        }
        return null;
    }
}
