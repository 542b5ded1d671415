// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark.column;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.stream.PartialValue;
import dev.espalier.stream.ValueKind;
import dev.espalier.stream.ValuePath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Strings, numbers and literals of JSON as values of Spark. */
final class ScalarValues {

    private static final int MOST_DIGITS = 10_000;

    /** Before it, java.sql's calendar is another one than Spark's. */
    private static final Instant FIRST_OF_ONE_CALENDAR = Instant.parse("1900-01-01T00:00:00Z");

    private final boolean javaTime;

    ScalarValues(boolean javaTime) {
        this.javaTime = javaTime;
    }

    /** The value of a string, number or literal that was written to its end. */
    Object value(ColumnType type, PartialValue written) {
        if (type instanceof ColumnType.Decimal decimal) {
            return decimal(decimal, number(written), written);
        } else if (!(type instanceof ColumnType.Scalar scalar)) {
            throw misfit(written, "it is no scalar");
        } else {
            return scalar(scalar, written);
        }
    }

    private Object scalar(ColumnType.Scalar scalar, PartialValue written) {
        if (scalar == ColumnType.Scalar.BOOLEAN) {
            require(ValueKind.BOOLEAN, written);
            return Boolean.valueOf(written.json());
        } else if (scalar == ColumnType.Scalar.LONG) {
            return integer(number(written), written).longValueExact();
        } else if (scalar == ColumnType.Scalar.DIGITS) {
            return integer(number(written), written).toString();
        } else if (scalar == ColumnType.Scalar.DOUBLE) {
            return real(number(written), written);
        }
        return ofString(scalar, written);
    }

    private static String number(PartialValue written) {
        require(ValueKind.NUMBER, written);
        return written.json();
    }

    private static Object decimal(ColumnType.Decimal type, String digits, PartialValue written) {
        BigDecimal value = read(digits, written);
        BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        long whole = (long) plain.precision() - plain.scale();
        if (plain.scale() > type.scale() || whole > type.precision() - type.scale()) {
            throw misfit(written, shown(digits) + " is no decimal(" + type.precision() + "," + type.scale() + ")");
        }
        return plain.setScale(type.scale());
    }

    private static BigInteger integer(String digits, PartialValue written) {
        BigDecimal value = read(digits, written);
        if (value.signum() != 0 && (long) value.precision() - value.scale() > MOST_DIGITS) {
            throw misfit(written, shown(digits) + " has more than " + MOST_DIGITS + " digits");
        }
        try {
            return value.signum() == 0 ? BigInteger.ZERO : value.toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw misfit(written, shown(digits) + " is no integer");
        }
    }

    private static BigDecimal read(String digits, PartialValue written) {
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException e) {
            throw misfit(written, shown(digits) + " has an exponent that is out of range");
        }
    }

    private static double real(String digits, PartialValue written) {
        double value = Double.parseDouble(digits);
        if (Double.isInfinite(value)) {
            throw misfit(written, shown(digits) + " is out of the range of a double");
        }
        return value;
    }

    private Object ofString(ColumnType.Scalar type, PartialValue written) {
        require(ValueKind.STRING, written);
        String text = written.text();
        try {
            return switch (type) {
                case DATE -> date(LocalDate.parse(text), written);
                case TIMESTAMP ->
                    timestamp(
                            OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant(), written);
                case BINARY -> Base64.getDecoder().decode(text);
                default -> text;
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            throw misfit(written, "\"" + shown(text) + "\" is no " + type.name().toLowerCase(Locale.ROOT));
        }
    }

    private Object date(LocalDate date, PartialValue written) {
        if (javaTime) {
            return date;
        }
        Date old = Date.valueOf(date);
        if (!old.toLocalDate().equals(date)) {
            throw misfit(
                    written,
                    date + " is a day that java.sql.Date does not have; set spark.sql.datetime.java8API.enabled");
        }
        return old;
    }

    private Object timestamp(Instant instant, PartialValue written) {
        if (!instant.equals(instant.truncatedTo(ChronoUnit.MICROS))) {
            throw misfit(written, instant + " has more than six digits of seconds");
        } else if (javaTime) {
            return instant;
        } else if (instant.isBefore(FIRST_OF_ONE_CALENDAR)) {
            throw misfit(
                    written, instant + " is too early for java.sql.Timestamp; set spark.sql.datetime.java8API.enabled");
        }
        return Timestamp.from(instant);
    }

    private static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private static void require(ValueKind wanted, PartialValue written) {
        if (!written.kind().equals(Optional.of(wanted))) {
            throw misfit(
                    written, shown(written.json()) + " is no " + wanted.name().toLowerCase(Locale.ROOT));
        }
    }

    private static InvalidInputException misfit(PartialValue written, String what) {
        return misfit(written.place().orElse(ValuePath.ROOT), what);
    }

    /** The error of a value that a column does not hold. */
    static InvalidInputException misfit(ValuePath place, String what) {
        String pointer = place.pointer();
        return new InvalidInputException(
                "the column does not hold the value" + (pointer.isEmpty() ? "" : " at " + pointer) + ": " + what);
    }
}
