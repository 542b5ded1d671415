// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.input;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Other texts than a text: of another value, in another spelling, or with a byte or two changed. One thread. */
public record TextChanges(Dice dice) {

    private static final String CHARACTERS = "\"\\{}[],: 0123456789.-+eEtfnu/ab\u00e9";

    /** A text that is changed somewhere; often one that is JSON again. */
    public String changed(String text) {
        if (dice.once(4)) {
            return characters(text);
        }
        try {
            JsonNode value = Json.read(text);
            for (int i = dice.below(3); i > 0; i--) {
                value = changed(value);
            }
            return spelled(value);
        } catch (JacksonException | ArithmeticException | NumberFormatException noJson) {
            return characters(text);
        }
    }

    private String characters(String text) {
        StringBuilder other = new StringBuilder(text);
        for (int i = dice.between(1, 2); i > 0; i--) {
            int at = dice.below(other.length() + 1);
            char c = CHARACTERS.charAt(dice.below(CHARACTERS.length()));
            switch (dice.below(3)) {
                case 0 -> other.insert(at, c);
                case 1 -> other.setLength(Math.max(at, other.length() - 1));
                default -> {
                    if (at < other.length() && !Character.isSurrogate(other.charAt(at))) {
                        other.setCharAt(at, c);
                    }
                }
            }
        }
        return wellFormed(other.toString()).orElse(text);
    }

    private static Optional<String> wellFormed(String text) {
        boolean halves = text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        return halves ? Optional.empty() : Optional.of(text);
    }

    private JsonNode changed(JsonNode value) {
        if (value instanceof ArrayNode array && array.size() > 0 && !dice.once(5)) {
            int at = dice.below(array.size());
            switch (dice.below(4)) {
                case 0 -> array.add(array.get(at).deepCopy());
                case 1 -> array.remove(at);
                case 2 -> array.insert(0, array.get(array.size() - 1).deepCopy());
                default -> array.set(at, changed(array.get(at)));
            }
            return array;
        } else if (value instanceof ObjectNode object && object.size() > 0 && !dice.once(5)) {
            String name = dice.one(List.copyOf(object.propertyNames()));
            switch (dice.below(4)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(name + "a", object.path(name).deepCopy());
                default -> object.set(name, changed(object.path(name)));
            }
            return object;
        } else if (value.isNumber() && isModerate(value.decimalValue()) && dice.once(2)) {
            String step = dice.one(List.of("1", "-1", "0.5", "0.1", "1e20"));
            return Json.number(value.decimalValue().add(new BigDecimal(step)));
        } else if (value.isString() && dice.once(2)) {
            return Json.text(dice.once(2) ? value.asString() + "x" : "");
        }
        return Json.read(dice.one(List.of("null", "0", "1", "\"\"", "[]", "{}", "true", "\"a\"", "[0,0]")));
    }

    /** One of the texts of a value: with blanks, escapes and numbers in any form. */
    public String spelled(JsonNode value) {
        StringBuilder text = new StringBuilder();
        write(value, dice.once(3), text);
        return text.toString();
    }

    private void write(JsonNode value, boolean plain, StringBuilder text) {
        blank(plain, text);
        if (value.isObject()) {
            text.append('{');
            List<String> names = new ArrayList<>(value.propertyNames());
            for (int i = 0; i < names.size(); i++) {
                text.append(i == 0 ? "" : ",");
                blank(plain, text);
                string(names.get(i), plain, text);
                blank(plain, text);
                text.append(':');
                write(value.path(names.get(i)), plain, text);
            }
            text.append('}');
        } else if (value.isArray()) {
            text.append('[');
            for (int i = 0; i < value.size(); i++) {
                text.append(i == 0 ? "" : ",");
                write(value.path(i), plain, text);
            }
            text.append(']');
        } else if (value.isString()) {
            string(value.asString(), plain, text);
        } else if (value.isNumber()) {
            text.append(plain ? value.toString() : number(value.decimalValue()));
        } else {
            text.append(value);
        }
        blank(plain, text);
    }

    private void blank(boolean plain, StringBuilder text) {
        if (!plain && dice.once(8)) {
            text.append(dice.one(List.of(" ", "\n", "\t", "\r\n ")));
        }
    }

    /** Whether a number has so few digits when it is written out that one can reckon with it. */
    private static boolean isModerate(BigDecimal number) {
        return Math.abs((long) number.scale()) < 2000 && number.precision() < 2000;
    }

    private String number(BigDecimal number) {
        return switch (isModerate(number) ? dice.below(6) : 5) {
            case 0 -> number.toPlainString();
            case 1 -> number.setScale(Math.max(number.scale(), 0) + 1).toPlainString();
            case 2 -> number.movePointRight(1).toPlainString() + "e-1";
            case 3 -> number.movePointLeft(2).toPlainString() + (dice.once(2) ? "E2" : "e+02");
            case 4 -> {
                BigInteger digits = number.unscaledValue();
                yield digits.signum() == 0 ? "0.0e" + dice.below(20) : digits + "0e" + (-1 - number.scale());
            }
            default -> number.toString();
        };
    }

    private void string(String string, boolean plain, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if ((!plain && !Character.isSurrogate(c) && dice.once(6)) || c < ' ') {
                text.append(String.format(Locale.ROOT, dice.once(2) ? "\\u%04x" : "\\u%04X", (int) c));
            } else if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
