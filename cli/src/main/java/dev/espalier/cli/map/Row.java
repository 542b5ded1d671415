// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.map;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A row of the input.
 *
 * @param key what its result is known by
 * @param text what the model reads; empty if the row is wrong
 * @param fault what is wrong with it; empty if nothing is
 */
record Row(String key, String text, String fault) {

    /**
     * The rows of a text, one JSON object a line; empty lines are none.
     *
     * @param textMember the member that the model reads
     * @param keyMember the member that is the key; empty for the number of the line, from 1
     */
    static List<Row> read(String lines, String textMember, String keyMember) {
        List<Row> rows = new ArrayList<>();
        int number = 0;
        for (String line : lines.split("\n")) {
            number++;
            if (!line.isBlank()) {
                rows.add(row(line, number, textMember, keyMember));
            }
        }
        return rows;
    }

    private static Row row(String line, int number, String textMember, String keyMember) {
        String place = String.valueOf(number);
        JsonNode node;
        try {
            node = JsonMapper.shared().readTree(line);
        } catch (JacksonException e) {
            return new Row(place, "", "line " + number + " is no JSON: " + e.getOriginalMessage());
        }
        if (!node.isObject()) {
            return new Row(place, "", "line " + number + " is no JSON object");
        }
        JsonNode key = node.get(keyMember);
        if (!keyMember.isEmpty() && (key == null || !key.isValueNode() || key.isNull())) {
            return new Row(place, "", "line " + number + " has no key \"" + keyMember + "\"");
        }
        String name = keyMember.isEmpty() || key == null ? place : key.asString();
        JsonNode text = node.get(textMember);
        if (text == null || !text.isString() || text.stringValue().isEmpty()) {
            return new Row(name, "", "line " + number + " has no text \"" + textMember + "\"");
        }
        return new Row(name, text.stringValue(), "");
    }
}
