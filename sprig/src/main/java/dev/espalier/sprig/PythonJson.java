// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sprig;

import java.math.BigDecimal;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** JSON on one line as Python's {@code json.dumps} writes it, letter for letter: the embedded model was trained on that. */
final class PythonJson {

    private PythonJson() {}

    /** The text of a value, without spaces, non-ASCII characters as they are. */
    static String write(JsonNode value) {
        StringBuilder text = new StringBuilder();
        append(value, text);
        return text.toString();
    }

    private static void append(JsonNode value, StringBuilder text) {
        if (value.isObject()) {
            String separator = "{";
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                text.append(separator);
                quote(member.getKey(), text);
                text.append(':');
                append(member.getValue(), text);
                separator = ",";
            }
            text.append(value.isEmpty() ? "{}" : "}");
        } else if (value.isArray()) {
            String separator = "[";
            for (JsonNode item : value) {
                text.append(separator);
                append(item, text);
                separator = ",";
            }
            text.append(value.isEmpty() ? "[]" : "]");
        } else if (value.isString()) {
            quote(value.stringValue(), text);
        } else if (value.isNumber() && !value.isIntegralNumber()) {
            text.append(decimal(value.doubleValue()));
        } else {
            text.append(value.asString("null"));
        }
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> {
                    if (c < 0x20) {
                        text.append("\\u00").append(c < 0x10 ? "0" : "1").append(Character.forDigit(c & 0xf, 16));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    /** Python's repr: positional from 1e-4 to below 1e16, else with an exponent of at least two digits. */
    private static String decimal(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        double size = Math.abs(value);
        if (size == 0 || (size >= 1e-4 && size < 1e16)) {
            String plain =
                    new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
            return (value == 0 && 1 / value < 0 ? "-0.0" : plain) + (plain.contains(".") || value == 0 ? "" : ".0");
        }
        String text = Double.toString(value).replace("E", "e").replace(".0e", "e");
        int exponent = text.indexOf('e') + 1;
        String sign = text.charAt(exponent) == '-' ? "-" : "+";
        String digits = text.substring(exponent).replace("-", "");
        return text.substring(0, exponent) + sign + (digits.length() == 1 ? "0" : "") + digits;
    }
}
