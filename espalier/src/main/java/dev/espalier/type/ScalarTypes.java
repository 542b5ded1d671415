// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The Java types that are one JSON value without members, and the JSON Schema of each. A date or time is a pattern
 * that admits exactly what the calendar has, so that every value that fits the schema can be read back.
 */
final class ScalarTypes {

    private static final String DATE =
            "(\\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)"
                    + "|02-(0[1-9]|1\\d|2[0-8]))|(\\d\\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)";
    private static final String TIME = "([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,9})?)?";
    private static final String FULL_TIME = "([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?";
    private static final String OFFSET = "(Z|[+-](0\\d|1[0-7]):[0-5]\\d)";
    private static final String HEX = "[0-9a-f]";

    private static final Map<Class<?>, String> SCHEMAS = Map.ofEntries(
            Map.entry(String.class, "{\"type\":\"string\"}"),
            Map.entry(boolean.class, "{\"type\":\"boolean\"}"),
            Map.entry(byte.class, integer(Byte.MIN_VALUE, Byte.MAX_VALUE)),
            Map.entry(short.class, integer(Short.MIN_VALUE, Short.MAX_VALUE)),
            Map.entry(int.class, integer(Integer.MIN_VALUE, Integer.MAX_VALUE)),
            Map.entry(long.class, integer(Long.MIN_VALUE, Long.MAX_VALUE)),
            Map.entry(float.class, "{\"type\":\"number\"}"),
            Map.entry(double.class, "{\"type\":\"number\"}"),
            Map.entry(BigInteger.class, "{\"type\":\"integer\"}"),
            Map.entry(BigDecimal.class, "{\"type\":\"number\"}"),
            Map.entry(LocalDate.class, pattern(DATE)),
            Map.entry(LocalTime.class, pattern(TIME)),
            Map.entry(LocalDateTime.class, pattern(DATE + "T" + TIME)),
            Map.entry(OffsetDateTime.class, pattern(DATE + "T" + TIME + OFFSET)),
            Map.entry(Instant.class, pattern(DATE + "T" + FULL_TIME + "Z")),
            Map.entry(UUID.class, pattern(HEX + "{8}-" + HEX + "{4}-" + HEX + "{4}-" + HEX + "{4}-" + HEX + "{12}")));

    private static final Map<Class<?>, Class<?>> PRIMITIVES = Map.of(
            Boolean.class, boolean.class,
            Byte.class, byte.class,
            Short.class, short.class,
            Integer.class, int.class,
            Long.class, long.class,
            Float.class, float.class,
            Double.class, double.class,
            OptionalInt.class, int.class,
            OptionalLong.class, long.class,
            OptionalDouble.class, double.class);

    private ScalarTypes() {}

    /** The JSON Schema of a scalar type, boxed or not, or of what an {@code OptionalInt} and its like hold; null for others. */
    static @Nullable String schema(Class<?> type) {
        return SCHEMAS.get(PRIMITIVES.getOrDefault(type, type));
    }

    /** Whether a record component of this type may be left out of the JSON. */
    static boolean isOptional(Class<?> type) {
        return type == java.util.Optional.class
                || type == OptionalInt.class
                || type == OptionalLong.class
                || type == OptionalDouble.class;
    }

    private static String integer(long min, long max) {
        return "{\"type\":\"integer\",\"minimum\":" + min + ",\"maximum\":" + max + "}";
    }

    private static String pattern(String expression) {
        return "{\"type\":\"string\",\"pattern\":\"^" + expression.replace("\\", "\\\\") + "$\"}";
    }
}
