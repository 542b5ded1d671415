// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Types of one value, and formats of dates. */
final class ScalarRows {

    enum Level {
        LOW,
        @JsonProperty("very high")
        HIGH
    }

    enum Code {
        A("a-1"),
        B("b-2");

        private final String text;

        Code(String text) {
            this.text = text;
        }

        @JsonValue
        String text() {
            return text;
        }
    }

    enum Numbered {
        ONE(1),
        TEN(10);

        private final int number;

        Numbered(int number) {
            this.number = number;
        }

        @JsonValue
        int number() {
            return number;
        }
    }

    @JsonFormat(shape = JsonFormat.Shape.NUMBER)
    enum Ordinal {
        FIRST,
        SECOND
    }

    enum WithBody {
        PLUS {
            @Override
            int apply(int a, int b) {
                return a + b;
            }
        },
        TIMES {
            @Override
            int apply(int a, int b) {
                return a * b;
            }
        };

        abstract int apply(int a, int b);
    }

    record Dates(
            @JsonFormat(pattern = "dd.MM.yyyy") LocalDate german,
            @JsonFormat(pattern = "uuuuMMdd") LocalDate basic,
            @JsonFormat(pattern = "yyyy-MM-dd HH:mm:ss") LocalDateTime both,
            @JsonFormat(pattern = "HH'h'mm") LocalTime time,
            @JsonFormat(pattern = "HH:mm:ss.SSS") LocalTime millis,

            @JsonFormat(pattern = "yyyy-MM-dd'T'HH:mm:ssXXX")
            OffsetDateTime offset,

            @JsonFormat(pattern = "MM/yyyy") YearMonth month) {}

    record DateLists(
            @JsonFormat(pattern = "dd.MM.yyyy") List<LocalDate> dates,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at) {}

    private ScalarRows() {}

    static List<Row> rows() {
        String integer = "{'type':'integer','minimum':%d,'maximum':%d}";
        List<Row> rows = new ArrayList<>(List.of(
                Row.of(String.class, "{'type':'string'}"),
                Row.of(CharSequence.class, "{'type':'string'}"),
                Row.of(char[].class, "{'type':'string'}"),
                Row.of(boolean.class, "{'type':'boolean'}"),
                Row.of(Boolean.class, "{'type':'boolean'}"),
                Row.of(AtomicBoolean.class, "{'type':'boolean'}"),
                Row.of(byte.class, String.format(integer, Byte.MIN_VALUE, Byte.MAX_VALUE)),
                Row.of(Short.class, String.format(integer, Short.MIN_VALUE, Short.MAX_VALUE)),
                Row.of(int.class, String.format(integer, Integer.MIN_VALUE, Integer.MAX_VALUE)),
                Row.of(AtomicInteger.class, String.format(integer, Integer.MIN_VALUE, Integer.MAX_VALUE)),
                Row.of(Long.class, String.format(integer, Long.MIN_VALUE, Long.MAX_VALUE)),
                Row.of(AtomicLong.class, String.format(integer, Long.MIN_VALUE, Long.MAX_VALUE)),
                Row.of(BigInteger.class, "{'type':'integer'}"),
                Row.of(float.class, "{'type':'number'}"),
                Row.of(Double.class, "{'type':'number'}"),
                Row.of(BigDecimal.class, "{'type':'number'}"),
                Row.of(Year.class, String.format(integer, Year.MIN_VALUE, Year.MAX_VALUE)),
                Row.of(Level.class, "{'enum':['LOW','very high']}"),
                Row.of(Code.class, "{'enum':['a-1','b-2']}"),
                Row.of(Numbered.class, "{'enum':[1,10]}"),
                Row.of(Ordinal.class, "{'enum':[0,1]}"),
                Row.of(WithBody.class, "{'enum':['PLUS','TIMES']}"),
                Row.of(
                        DayOfWeek.class,
                        "{'enum':['MONDAY','TUESDAY','WEDNESDAY','THURSDAY','FRIDAY','SATURDAY','SUNDAY']}")));
        for (Class<?> type : List.of(
                char.class,
                Character.class,
                byte[].class,
                LocalDate.class,
                LocalTime.class,
                LocalDateTime.class,
                OffsetDateTime.class,
                OffsetTime.class,
                ZonedDateTime.class,
                Instant.class,
                Duration.class,
                Period.class,
                YearMonth.class,
                MonthDay.class,
                Month.class,
                ZoneId.class,
                ZoneOffset.class,
                Currency.class,
                Locale.class,
                URI.class,
                URL.class,
                UUID.class,
                TimeUnit.class,
                Dates.class,
                DateLists.class)) {
            rows.add(Row.of(type));
        }
        return rows;
    }
}
