// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of a JSON object of a request, each asked for by name; what nobody asked for is refused at the end. A member that is null counts as absent. One thread.
 */
final class Members {

    private final ObjectNode node;
    private final String param;
    private final Set<String> asked = new HashSet<>();

    /**
     * The members of an object.
     *
     * @param param what the object is in the request; empty for the request itself
     */
    Members(ObjectNode node, String param) {
        this.node = node;
        this.param = param;
    }

    /** The members of a value that must be an object. */
    static Members of(JsonNode value, String param) {
        if (value instanceof ObjectNode object) {
            return new Members(object, param);
        }
        throw ProtocolException.invalid(param, "wrong-type", param + ": expected an object, but not " + kind(value));
    }

    /** What a member is called in the whole request. */
    String param(String name) {
        return param.isEmpty() ? name : param + "." + name;
    }

    /** What the object is called in the whole request. */
    String param() {
        return param;
    }

    /** The object itself. */
    ObjectNode node() {
        return node;
    }

    ProtocolException fault(String name, String code, String message) {
        return ProtocolException.invalid(param(name), code, param(name) + ": " + message);
    }

    private ProtocolException expected(String name, String what, JsonNode value) {
        return fault(name, "wrong-type", "expected " + what + ", but not " + kind(value));
    }

    private static String kind(JsonNode value) {
        String text = value.toString();
        return text.length() > 40 ? "a value of the type " + value.getNodeType() : text;
    }

    boolean has(String name) {
        return any(name).isPresent();
    }

    /** Any value but null. */
    Optional<JsonNode> any(String name) {
        asked.add(name);
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    Optional<String> text(String name) {
        return any(name).map(value -> {
            if (!value.isString()) {
                throw expected(name, "a string", value);
            }
            return value.stringValue();
        });
    }

    /** One of some strings. */
    Optional<String> oneOf(String name, List<String> values) {
        Optional<String> text = text(name);
        if (text.isPresent() && !values.contains(text.get())) {
            throw fault(name, "unknown-value", "expected one of " + values + ", but not \"" + text.get() + "\"");
        }
        return text;
    }

    String required(String name) {
        return text(name).orElseThrow(() -> fault(name, "missing", "is missing"));
    }

    OptionalInt integer(String name, int least, int most) {
        OptionalLong value = longInteger(name, least, most);
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }

    OptionalLong longInteger(String name, long least, long most) {
        Optional<JsonNode> value = any(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        JsonNode number = value.get();
        if (!number.isIntegralNumber() || !number.canConvertToLong()) {
            throw expected(name, "an integer", number);
        }
        if (number.longValue() < least || number.longValue() > most) {
            throw fault(name, "out-of-range", "expected " + least + " to " + most + ", but not " + number);
        }
        return OptionalLong.of(number.longValue());
    }

    OptionalDouble number(String name, double least, double most) {
        Optional<JsonNode> value = any(name);
        if (value.isEmpty()) {
            return OptionalDouble.empty();
        }
        JsonNode number = value.get();
        if (!number.isNumber()) {
            throw expected(name, "a number", number);
        }
        BigDecimal found = number.decimalValue(); // a double may be too small for it
        BigDecimal from = BigDecimal.valueOf(least).stripTrailingZeros();
        BigDecimal to = BigDecimal.valueOf(most).stripTrailingZeros();
        if (found.compareTo(from) < 0 || found.compareTo(to) > 0) {
            throw fault(
                    name,
                    "out-of-range",
                    "expected " + from.toPlainString() + " to " + to.toPlainString() + ", but not " + kind(number));
        }
        return OptionalDouble.of(found.doubleValue());
    }

    boolean flag(String name, boolean usual) {
        return any(name)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw expected(name, "true or false", value);
                    }
                    return value.booleanValue();
                })
                .orElse(usual);
    }

    Optional<Members> object(String name) {
        return any(name).map(value -> of(value, param(name)));
    }

    Members requiredObject(String name) {
        return object(name).orElseThrow(() -> fault(name, "missing", "is missing"));
    }

    Optional<List<JsonNode>> array(String name) {
        return any(name).map(value -> {
            if (!value.isArray()) {
                throw expected(name, "an array", value);
            }
            List<JsonNode> items = new ArrayList<>();
            value.forEach(items::add);
            return items;
        });
    }

    /** A string, or an array of strings. */
    Optional<List<String>> texts(String name) {
        return any(name).map(value -> {
            if (value.isString()) {
                return List.of(value.stringValue());
            }
            List<String> texts = new ArrayList<>();
            for (JsonNode item : array(name).orElseThrow()) {
                if (!item.isString()) {
                    throw expected(name, "strings", item);
                }
                texts.add(item.stringValue());
            }
            return texts;
        });
    }

    /** Members that are read and mean nothing here. */
    void dropped(Set<String> names) {
        asked.addAll(names);
    }

    /** A member that may only have the value that it has when it is left out. */
    void usual(String name, Set<String> values) {
        Optional<JsonNode> value = any(name);
        if (value.isPresent() && !values.contains(value.get().toString())) {
            String kept = values.stream().sorted().collect(Collectors.joining(" or "));
            throw fault(name, "not-supported", "only " + kept + " can be kept");
        }
    }

    /** Members that must be left out. */
    void unsupported(String... names) {
        for (String name : names) {
            if (has(name)) {
                throw fault(name, "not-supported", "is not supported; leave it out");
            }
        }
    }

    /** Refuses what nobody has asked for; a member that is null asks for nothing, known or not. */
    void end() {
        for (String name : node.propertyNames()) {
            if (!asked.contains(name) && !node.get(name).isNull()) {
                throw fault(name, "unknown-member", "is not known here, and so it could not be kept");
            }
        }
    }
}
