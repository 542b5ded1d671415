// SPDX-License-Identifier: Apache-2.0
package dev.espalier.form;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Strings and numbers that stand for others in an example. */
final class Placeholders {

    private static final int MOST = 400;

    /** A text of each format, plain to see as an example. */
    private static final Map<String, String> FORMATS = Map.ofEntries(
            Map.entry("date", "2026-01-31"),
            Map.entry("time", "12:30:00Z"),
            Map.entry("date-time", "2026-01-31T12:30:00Z"),
            Map.entry("duration", "P1D"),
            Map.entry("email", "name@example.com"),
            Map.entry("idn-email", "name@example.com"),
            Map.entry("hostname", "example.com"),
            Map.entry("idn-hostname", "example.com"),
            Map.entry("ipv4", "192.0.2.1"),
            Map.entry("ipv6", "2001:db8::1"),
            Map.entry("uri", "https://example.com/"),
            Map.entry("uri-reference", "https://example.com/"),
            Map.entry("iri", "https://example.com/"),
            Map.entry("iri-reference", "https://example.com/"),
            Map.entry("uri-template", "https://example.com/{id}"),
            Map.entry("uuid", "123e4567-e89b-12d3-a456-426614174000"),
            Map.entry("json-pointer", "/name"),
            Map.entry("relative-json-pointer", "0/name"),
            Map.entry("regex", "^[a-z]+$"));

    /** Texts of dates and the like, which many patterns are about. */
    private static final List<String> PATTERNED = List.of(
            "2026-01-31",
            "2026-01-31T12:30:00",
            "2026-01-31T12:30:00Z",
            "12:30",
            "12:30:00",
            "12:30:00Z",
            "123e4567-e89b-12d3-a456-426614174000",
            "name@example.com",
            "https://example.com/",
            "192.0.2.1");

    private Placeholders() {}

    /** Strings for a value of some name, the best first. */
    static List<String> strings(Applicable applicable, String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode format : applicable.values("format")) {
            String sample = FORMATS.get(format.asString(""));
            if (sample != null) {
                texts.add(sample);
            }
        }
        String shown = "<" + name + ">";
        texts.add(shown);
        for (JsonNode least : applicable.values("minLength")) {
            int length = least.asInt(0);
            if (length > shown.length() && length <= MOST) {
                texts.add("<" + name + "_".repeat(length - shown.length()) + ">");
            }
        }
        texts.add(name);
        texts.add("text");
        if (!applicable.values("pattern").isEmpty()) {
            texts.addAll(PATTERNED);
        }
        return texts;
    }

    /** Numbers of a type in their texts, the best first. */
    static List<String> numbers(Applicable applicable, String type) {
        List<BigDecimal> numbers = new ArrayList<>();
        if (type.equals("number")) {
            Stream.of("1.5", "0.5").map(BigDecimal::new).forEach(numbers::add);
        }
        Stream.of("1", "10", "100", "0").map(BigDecimal::new).forEach(numbers::add);
        for (String keyword : List.of("minimum", "multipleOf", "exclusiveMinimum", "maximum", "exclusiveMaximum")) {
            for (JsonNode bound : applicable.values(keyword)) {
                if (bound.isNumber()) {
                    BigDecimal value = bound.decimalValue();
                    BigDecimal inside = keyword.endsWith("Maximum")
                            ? value.subtract(BigDecimal.ONE)
                            : keyword.endsWith("Minimum") ? value.add(BigDecimal.ONE) : value;
                    numbers.add(inside);
                }
            }
        }
        return numbers.stream()
                .filter(number -> Math.abs((long) number.precision() - number.scale()) < MOST)
                .filter(number -> Math.abs((long) number.scale()) < MOST)
                .map(number ->
                        number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString())
                .toList();
    }
}
