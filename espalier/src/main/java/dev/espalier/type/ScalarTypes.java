// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The Java types that are one JSON value without members, and the JSON Schema of each: every value that fits the schema can be read
 * back, and what is written of the value that was read fits it again.
 */
final class ScalarTypes {

    private static final String HEX = "[0-9a-f]";
    private static final String BASE64 = "([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?";

    /** One UTF-16 unit that is a character by itself. */
    private static final String CHARACTER = "[\\u0000-\\ud7ff\\ue000-\\uffff]";

    private static final String LANGUAGE = "[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\\d{3}))?";

    /** The texts of RFC 3986 that {@code java.net.URI} reads and that have a scheme; hosts are names or four numbers. */
    private static final String SEGMENT = "([A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})";

    private static final String AUTHORITY =
            "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*(:\\d{1,4})?";
    private static final String BEHIND_AUTHORITY =
            "(/" + SEGMENT + "*)*(\\?(" + SEGMENT + "|[/?])*)?(#(" + SEGMENT + "|[/?])*)?";
    private static final String ABSOLUTE_URI =
            "[A-Za-z][A-Za-z0-9+.-]*:(//" + AUTHORITY + BEHIND_AUTHORITY + "|" + SEGMENT + "+)";
    private static final String WEB_ADDRESS = "https?://" + AUTHORITY + BEHIND_AUTHORITY;

    private static final Map<Class<?>, String> SCHEMAS = Map.ofEntries(
            Map.entry(String.class, "{\"type\":\"string\"}"),
            Map.entry(char[].class, "{\"type\":\"string\"}"),
            Map.entry(char.class, pattern(CHARACTER)),
            Map.entry(byte[].class, pattern(BASE64)),
            Map.entry(boolean.class, "{\"type\":\"boolean\"}"),
            Map.entry(byte.class, integer(Byte.MIN_VALUE, Byte.MAX_VALUE)),
            Map.entry(short.class, integer(Short.MIN_VALUE, Short.MAX_VALUE)),
            Map.entry(int.class, integer(Integer.MIN_VALUE, Integer.MAX_VALUE)),
            Map.entry(long.class, integer(Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry(float.class, "{\"type\":\"number\"}"),
            Map.entry(double.class, "{\"type\":\"number\"}"),
            Map.entry(BigInteger.class, "{\"type\":\"integer\"}"),
            Map.entry(BigDecimal.class, "{\"type\":\"number\"}"),
            Map.entry(LocalDate.class, pattern(TimePatterns.DATE)),
            Map.entry(LocalTime.class, pattern(TimePatterns.TIME)),
            Map.entry(LocalDateTime.class, pattern(TimePatterns.DATE + "T" + TimePatterns.TIME)),
            Map.entry(OffsetDateTime.class, pattern(TimePatterns.DATE + "T" + TimePatterns.TIME + TimePatterns.OFFSET)),
            Map.entry(ZonedDateTime.class, pattern(TimePatterns.DATE + "T" + TimePatterns.TIME + TimePatterns.OFFSET)),
            Map.entry(OffsetTime.class, pattern(TimePatterns.TIME + TimePatterns.OFFSET)),
            Map.entry(Instant.class, pattern(TimePatterns.DATE + "T" + TimePatterns.FULL_TIME + "Z")),
            Map.entry(Duration.class, pattern(TimePatterns.DURATION)),
            Map.entry(Period.class, pattern(TimePatterns.PERIOD)),
            Map.entry(Year.class, integer(Year.MIN_VALUE, Year.MAX_VALUE)),
            Map.entry(YearMonth.class, pattern(TimePatterns.YEAR_MONTH)),
            Map.entry(MonthDay.class, pattern(TimePatterns.MONTH_DAY)),
            Map.entry(ZoneOffset.class, pattern(TimePatterns.OFFSET)),
            Map.entry(ZoneId.class, oneOf(ZoneId.getAvailableZoneIds())),
            Map.entry(
                    Currency.class,
                    oneOf(Currency.getAvailableCurrencies().stream()
                            .map(Currency::getCurrencyCode)
                            .toList())),
            Map.entry(Locale.class, pattern(LANGUAGE)),
            Map.entry(URI.class, pattern(ABSOLUTE_URI)),
            Map.entry(URL.class, pattern(WEB_ADDRESS)),
            Map.entry(UUID.class, pattern(HEX + "{8}-" + HEX + "{4}-" + HEX + "{4}-" + HEX + "{4}-" + HEX + "{12}")));

    /** Types that are written as others. */
    private static final Map<Class<?>, Class<?>> SAME_AS = Map.ofEntries(
            Map.entry(CharSequence.class, String.class),
            Map.entry(Boolean.class, boolean.class),
            Map.entry(Byte.class, byte.class),
            Map.entry(Short.class, short.class),
            Map.entry(Integer.class, int.class),
            Map.entry(Long.class, long.class),
            Map.entry(Float.class, float.class),
            Map.entry(Double.class, double.class),
            Map.entry(Character.class, char.class),
            Map.entry(AtomicBoolean.class, boolean.class),
            Map.entry(AtomicInteger.class, int.class),
            Map.entry(AtomicLong.class, long.class),
            Map.entry(OptionalInt.class, int.class),
            Map.entry(OptionalLong.class, long.class),
            Map.entry(OptionalDouble.class, double.class));

    private ScalarTypes() {}

    /** The JSON Schema of a scalar type, boxed or not, or of what an {@code OptionalInt} and its like hold; null for others. */
    static @Nullable String schema(Class<?> type) {
        return SCHEMAS.get(plain(type));
    }

    /** The type that a scalar type is written as: primitive for boxed, atomic and optional ones, others themselves. */
    static Class<?> plain(Class<?> type) {
        return SAME_AS.getOrDefault(type, type);
    }

    /** Whether a member of this type may be left out of the JSON. */
    static boolean isOptional(Class<?> type) {
        return type == Optional.class
                || type == OptionalInt.class
                || type == OptionalLong.class
                || type == OptionalDouble.class;
    }

    private static String integer(long min, long max) {
        return "{\"type\":\"integer\",\"minimum\":" + min + ",\"maximum\":" + max + "}";
    }

    private static String oneOf(Collection<String> texts) {
        return new TreeSet<>(texts).stream().collect(Collectors.joining("\",\"", "{\"enum\":[\"", "\"]}"));
    }

    private static String pattern(String expression) {
        return "{\"type\":\"string\",\"pattern\":\"^" + expression.replace("\\", "\\\\") + "$\"}";
    }
}
