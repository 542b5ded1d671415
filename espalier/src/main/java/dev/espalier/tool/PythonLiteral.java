// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads literals of Python as values of JSON: strings, numbers, {@code True}, {@code False}, {@code None}, lists and dictionaries. One text, one thread. */
final class PythonLiteral {

    private static final JsonNodeFactory NODES = JsonMapper.shared().getNodeFactory();

    private final String text;
    private int at;

    private PythonLiteral(String text) {
        this.text = text;
    }

    /**
     * The value of a literal that the format of calls has accepted.
     *
     * @throws IllegalArgumentException if it is none
     */
    static JsonNode read(String text) {
        PythonLiteral reader = new PythonLiteral(text);
        JsonNode value = reader.value();
        if (reader.at != text.length()) {
            throw reader.wrong();
        }
        return value;
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("no literal of Python from character " + at + ": " + text);
    }

    private char next() {
        if (at == text.length()) {
            throw wrong();
        }
        return text.charAt(at);
    }

    private boolean isNext(String word) {
        boolean is = text.startsWith(word, at);
        at += is ? word.length() : 0;
        return is;
    }

    private void skip() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private JsonNode value() {
        skip();
        JsonNode value = one();
        skip();
        return value;
    }

    private JsonNode one() {
        if (isNext("True")) {
            return NODES.booleanNode(true);
        } else if (isNext("False")) {
            return NODES.booleanNode(false);
        } else if (isNext("None")) {
            return NODES.nullNode();
        }
        return switch (next()) {
            case '"', '\'' -> NODES.stringNode(string());
            case '[' -> list();
            case '{' -> dictionary();
            default -> number();
        };
    }

    private JsonNode number() {
        int start = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(start, at);
        try {
            return digits.matches("-?[0-9]+")
                    ? NODES.numberNode(new BigInteger(digits))
                    : NODES.numberNode(new BigDecimal(digits));
        } catch (NumberFormatException e) {
            throw wrong();
        }
    }

    private JsonNode list() {
        ArrayNode items = NODES.arrayNode();
        at++;
        skip();
        if (isNext("]")) {
            return items;
        }
        do {
            items.add(value());
        } while (isNext(","));
        if (!isNext("]")) {
            throw wrong();
        }
        return items;
    }

    private JsonNode dictionary() {
        ObjectNode members = NODES.objectNode();
        at++;
        skip();
        if (isNext("}")) {
            return members;
        }
        do {
            String name = value().stringValue();
            if (!isNext(":")) {
                throw wrong();
            }
            members.set(name, value());
        } while (isNext(","));
        if (!isNext("}")) {
            throw wrong();
        }
        return members;
    }

    private String string() {
        char quote = next();
        StringBuilder read = new StringBuilder();
        for (at++; next() != quote; at++) {
            read.append(next() == '\\' ? escaped() : next());
        }
        at++;
        return read.toString();
    }

    private char escaped() {
        at++;
        char escape = next();
        return switch (escape) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '\\', '\'', '"', '/' -> escape; // \/ as in JSON: where a pattern allows all strings, it may come
            case 'u' -> {
                at += 4;
                next();
                yield (char) Integer.parseInt(text, at - 3, at + 1, 16);
            }
            default -> throw wrong();
        };
    }
}
