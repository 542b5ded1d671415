// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class JavaTypesTest {

    enum Level {
        LOW,
        @JsonProperty("very high")
        HIGH {
            @Override
            public String toString() {
                return "not this";
            }
        }
    }

    record Line(String what, int count, BigDecimal price) {}

    record Order(
            String zebra,
            Level level,
            List<Line> lines,
            Optional<String> note,
            OptionalInt rank,

            @JsonProperty("due-date") @JsonPropertyDescription("when it is due")
            LocalDate due,

            boolean open) {}

    record Tree(
            String name,
            @JsonPropertyDescription("the parts") List<Tree> children,
            @JsonPropertyDescription("another") Optional<Tree> next) {}

    record Pair<A, B>(A first, B second) {}

    record Holder(Pair<String, Integer> pair, Map<String, Double> scores, long[] numbers) {}

    record Deep(List<Optional<String>> maybe) {}

    record Positive(int value) {
        Positive {
            if (value <= 0) {
                throw new IllegalArgumentException("value must be positive");
            }
        }
    }

    private final JavaTypes types = new JavaTypes();

    private <T> T read(String json, Class<T> type) {
        return types.read(json, types.resolve(type));
    }

    @Test
    void aRecordBecomesAnObjectInDeclarationOrderWithEverythingRequiredButOptionals() {
        assertEquals(
                "{\"type\":\"object\",\"properties\":{\"zebra\":{\"type\":\"string\"},"
                        + "\"level\":{\"enum\":[\"LOW\",\"very high\"]},"
                        + "\"lines\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{"
                        + "\"what\":{\"type\":\"string\"},"
                        + "\"count\":{\"type\":\"integer\",\"minimum\":-2147483648,\"maximum\":2147483647},"
                        + "\"price\":{\"type\":\"number\"}},\"required\":[\"what\",\"count\",\"price\"],"
                        + "\"additionalProperties\":false}},"
                        + "\"note\":{\"type\":\"string\"},"
                        + "\"rank\":{\"type\":\"integer\",\"minimum\":-2147483648,\"maximum\":2147483647},"
                        + "\"due-date\":DATE,\"open\":{\"type\":\"boolean\"}},"
                        + "\"required\":[\"zebra\",\"level\",\"lines\",\"due-date\",\"open\"],"
                        + "\"additionalProperties\":false}",
                types.schema(Order.class)
                        .replaceAll("\"due-date\":\\{[^}]*\\{4\\}[^\"]*\"[^}]*\\}", "\"due-date\":DATE"));
    }

    @Test
    void whatTheSchemaSaysIsReadBack() {
        assertTrue(types.schema(Order.class).contains("\"description\":\"when it is due\""));
        Order order = read(
                "{\"zebra\":\"z\",\"level\":\"very high\",\"lines\":[{\"what\":\"nut\",\"count\":2,\"price\":0.10}],"
                        + "\"due-date\":\"2026-02-28\",\"open\":true}",
                Order.class);
        assertEquals(
                new Order(
                        "z",
                        Level.HIGH,
                        List.of(new Line("nut", 2, new BigDecimal("0.10"))),
                        Optional.empty(),
                        OptionalInt.empty(),
                        LocalDate.of(2026, 2, 28),
                        true),
                order);
    }

    @Test
    void aRecursiveRecordRefersToItself() {
        String schema = types.schema(Tree.class);
        assertTrue(schema.contains("\"$ref\":\"#"), schema);
        assertFalse(schema.contains("allOf"), schema);
        assertTrue(schema.contains("\"description\":\"another\""), schema);
        Tree tree = read("{\"name\":\"a\",\"children\":[{\"name\":\"b\",\"children\":[]}]}", Tree.class);
        assertEquals("b", tree.children().get(0).name());
    }

    @Test
    void genericRecordsMapsAndArraysAreResolved() {
        String schema = types.schema(Holder.class);
        assertTrue(
                schema.contains("\"scores\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"number\"}}"),
                schema);
        Holder holder = read(
                "{\"pair\":{\"first\":\"x\",\"second\":3},\"scores\":{\"a\":0.5},\"numbers\":[1,2]}", Holder.class);
        assertEquals(new Pair<>("x", 3), holder.pair());
    }

    @Test
    void theDatePatternIsTheCalendar() {
        String schema = java.util.Objects.requireNonNull(ScalarTypes.schema(LocalDate.class));
        String pattern =
                schema.substring(schema.indexOf('^'), schema.indexOf('$') + 1).replace("\\\\", "\\");
        Pattern compiled = Pattern.compile(pattern);
        for (int year : new int[] {1900, 2000, 2023, 2024, 2100, 9999}) {
            for (int month = 1; month <= 12; month++) {
                for (int day = 0; day <= 32; day++) {
                    String text = String.format("%04d-%02d-%02d", year, month, day);
                    boolean exists =
                            day >= 1 && day <= YearMonth.of(year, month).lengthOfMonth();
                    assertEquals(exists, compiled.matcher(text).matches(), text);
                }
            }
        }
    }

    @Test
    void unsupportedTypesAreRefusedByNameAndPlace() {
        refused(Deep.class, "java.util.Optional<java.lang.String>", "Deep.maybe[]");
        refused(Object.class, "java.lang.Object", "record");
        refused(Pair.class, "Pair", "type arguments");
        refused(Thread.State.class.getDeclaringClass(), "java.lang.Thread", "record");
    }

    record Longs(AtomicLong a, OptionalLong b, long[] c) {}

    record Endless(int value, Endless next) {}

    record First(Second second) {}

    record Second(List<First> some, Optional<Second> other, First first) {}

    record Finite(List<Finite> children, Optional<Finite> next, Map<String, Finite> named) {}

    @Test
    void aRecordThatContainsItselfWithoutEndIsRefusedInWordsOfJava() {
        refused(Endless.class, "Endless", "of Endless.next");
        refused(First.class, "First", "of First.second.first");
        assertTrue(types.schema(Finite.class).contains("children"));
    }

    private void refused(Type type, String name, String detail) {
        UnsupportedFeatureException e = assertThrows(UnsupportedFeatureException.class, () -> types.schema(type));
        assertTrue(e.feature().contains(name), e.feature());
        assertTrue(String.valueOf(e.getMessage()).contains(detail), e.getMessage());
    }

    @Test
    void integersKeepAllDigitsInEverySpelling() {
        assertEquals(9_007_199_254_740_993L, read("9007199254740993.0", Long.class));
        Longs longs =
                read("{\"a\":9007199254740993.0,\"b\":9007199254740993.0,\"c\":[1,9007199254740993.0]}", Longs.class);
        assertEquals(9_007_199_254_740_993L, longs.a().get());
        assertEquals(9_007_199_254_740_993L, longs.b().getAsLong());
        assertEquals(9_007_199_254_740_993L, longs.c()[1]);
        assertEquals(Long.MIN_VALUE, read("-9223372036854775808.000", Long.class));
        assertEquals(2026, read("2026.0", java.time.Year.class).getValue());
        assertEquals(new BigInteger("123456789012345678901000"), read("123456789012345678901e3", BigInteger.class));
    }

    @Test
    void timesKeepTheOffsetThatIsWritten() {
        assertEquals(
                java.time.ZoneOffset.ofHours(2),
                read("\"2026-01-31T10:00+02:00\"", java.time.OffsetDateTime.class)
                        .getOffset());
    }

    @Test
    void aTextThatIsNotAValueIsATypedError() {
        assertThrows(InvalidInputException.class, () -> read("{\"value\":-1}", Positive.class));
        assertThrows(InvalidInputException.class, () -> read("{\"value\":1,\"more\":2}", Positive.class));
        assertThrows(InvalidInputException.class, () -> read("{\"value\":1} x", Positive.class));
    }
}
