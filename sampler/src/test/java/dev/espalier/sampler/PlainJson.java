// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads well-formed JSON into maps, lists, strings, doubles and booleans; for the tests' own data. */
public final class PlainJson {

    private final String text;
    private int at;

    public PlainJson(String text) {
        this.text = text;
    }

    /** The next value. */
    public Object value() {
        char c = peek();
        if (c == '{') {
            return object();
        }
        if (c == '[') {
            return array();
        }
        if (c == '"') {
            return string();
        }
        int start = at;
        while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        return word.equals("true") || word.equals("false") || word.equals("null") ? word : Double.valueOf(word);
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        at++;
        while (peek() != '}') {
            String name = string();
            skip(':');
            members.put(name, value());
            skip(',');
        }
        at++;
        return members;
    }

    private List<Object> array() {
        List<Object> items = new ArrayList<>();
        at++;
        while (peek() != ']') {
            items.add(value());
            skip(',');
        }
        at++;
        return items;
    }

    private String string() {
        peek();
        StringBuilder out = new StringBuilder();
        at++;
        while (text.charAt(at) != '"') {
            char c = text.charAt(at++);
            out.append(c == '\\' ? escape() : c);
        }
        at++;
        return out.toString();
    }

    private char escape() {
        char c = text.charAt(at++);
        if (c == 'u') {
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        int index = "nrtbf".indexOf(c);
        return index < 0 ? c : "\n\r\t\b\f".charAt(index);
    }

    private char peek() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.charAt(at);
    }

    private void skip(char c) {
        if (peek() == c) {
            at++;
        }
    }
}
