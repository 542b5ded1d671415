// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark.column;

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
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Strings, numbers and literals of JSON as values of Spark. */
final class ScalarValues {

    private static final int MOST_DIGITS = 10_000;

    /** Before it, java.sql's calendar is another one than Spark's. */
    private static final Instant FIRST_OF_ONE_CALENDAR = Instant.parse("1900-01-01T00:00:00Z");

    private final boolean javaTime;

    ScalarValues(boolean javaTime) {
        this.javaTime = javaTime;
    }

    /** The value at which a parser is. */
    Object value(ColumnType type, JsonParser parser) {
        if (type instanceof ColumnType.Decimal decimal) {
            return decimal(decimal, number(parser), parser);
        } else if (!(type instanceof ColumnType.Scalar scalar)) {
            throw ColumnReader.misfit(parser, "it is no scalar");
        } else {
            return scalar(scalar, parser);
        }
    }

    private Object scalar(ColumnType.Scalar scalar, JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (scalar == ColumnType.Scalar.BOOLEAN) {
            if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
                throw ColumnReader.misfit(parser, token + " is no boolean");
            }
            return token == JsonToken.VALUE_TRUE;
        } else if (scalar == ColumnType.Scalar.LONG) {
            return integer(number(parser), parser).longValueExact();
        } else if (scalar == ColumnType.Scalar.DIGITS) {
            return integer(number(parser), parser).toString();
        } else if (scalar == ColumnType.Scalar.DOUBLE) {
            return real(number(parser), parser);
        }
        return ofString(scalar, parser);
    }

    private static String number(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == null || !token.isNumeric()) {
            throw ColumnReader.misfit(parser, token + " is no number");
        }
        return parser.getString();
    }

    private static Object decimal(ColumnType.Decimal type, String digits, JsonParser parser) {
        BigDecimal value = read(digits, parser);
        BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        long whole = (long) plain.precision() - plain.scale();
        if (plain.scale() > type.scale() || whole > type.precision() - type.scale()) {
            throw ColumnReader.misfit(
                    parser, shown(digits) + " is no decimal(" + type.precision() + "," + type.scale() + ")");
        }
        return plain.setScale(type.scale());
    }

    private static BigInteger integer(String digits, JsonParser parser) {
        BigDecimal value = read(digits, parser);
        if (value.signum() != 0 && (long) value.precision() - value.scale() > MOST_DIGITS) {
            throw ColumnReader.misfit(parser, shown(digits) + " has more than " + MOST_DIGITS + " digits");
        }
        try {
            return value.signum() == 0 ? BigInteger.ZERO : value.toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw ColumnReader.misfit(parser, shown(digits) + " is no integer");
        }
    }

    private static BigDecimal read(String digits, JsonParser parser) {
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException e) {
            throw ColumnReader.misfit(parser, shown(digits) + " has an exponent that is out of range");
        }
    }

    private static double real(String digits, JsonParser parser) {
        double value = Double.parseDouble(digits);
        if (Double.isInfinite(value)) {
            throw ColumnReader.misfit(parser, shown(digits) + " is out of the range of a double");
        }
        return value;
    }

    private Object ofString(ColumnType.Scalar type, JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw ColumnReader.misfit(parser, parser.currentToken() + " is no string");
        }
        String text = parser.getString();
        try {
            return switch (type) {
                case DATE -> date(LocalDate.parse(text), parser);
                case TIMESTAMP ->
                    timestamp(
                            OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant(), parser);
                case BINARY -> Base64.getDecoder().decode(text);
                default -> text;
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            throw ColumnReader.misfit(
                    parser, "\"" + shown(text) + "\" is no " + type.name().toLowerCase(Locale.ROOT));
        }
    }

    private Object date(LocalDate date, JsonParser parser) {
        if (javaTime) {
            return date;
        }
        Date old = Date.valueOf(date);
        if (!old.toLocalDate().equals(date)) {
            throw ColumnReader.misfit(
                    parser,
                    date + " is a day that java.sql.Date does not have; set spark.sql.datetime.java8API.enabled");
        }
        return old;
    }

    private Object timestamp(Instant instant, JsonParser parser) {
        if (!instant.equals(instant.truncatedTo(ChronoUnit.MICROS))) {
            throw ColumnReader.misfit(parser, instant + " has more than six digits of seconds");
        } else if (javaTime) {
            return instant;
        } else if (instant.isBefore(FIRST_OF_ONE_CALENDAR)) {
            throw ColumnReader.misfit(
                    parser, instant + " is too early for java.sql.Timestamp; set spark.sql.datetime.java8API.enabled");
        }
        return Timestamp.from(instant);
    }

    private static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
