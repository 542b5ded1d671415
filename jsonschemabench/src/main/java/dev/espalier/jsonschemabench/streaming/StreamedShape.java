// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.streaming;

import java.util.Locale;

/** A kind of long documents, with a schema for them. */
enum StreamedShape {
    /** A list of records of four members, some of them absent. */
    RECORDS(
            "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},\"count\":{\"type\":\"integer\"},"
                    + "\"note\":{\"type\":\"string\"},\"colour\":{\"enum\":[\"red\",\"green\",\"blue\"]}},\"required\":[\"name\",\"count\",\"colour\"],"
                    + "\"additionalProperties\":false}}"),
    /** One string with escapes in it. */
    TEXT("{\"type\":\"string\"}"),
    /** A list of numbers. */
    NUMBERS("{\"type\":\"array\",\"items\":{\"type\":\"number\"}}"),
    /** A list of small objects with keys that the schema does not name. */
    MAPS("{\"type\":\"array\",\"items\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}}");

    private final String schema;

    StreamedShape(String schema) {
        this.schema = schema;
    }

    String schema() {
        return schema;
    }

    /** A document of about so many bytes. */
    String document(int bytes) {
        StringBuilder text = new StringBuilder(opening());
        for (int i = 0; text.length() < bytes; i++) {
            text.append(i == 0 || this == TEXT ? "" : ",").append(part(i));
        }
        return text.append(closing()).toString();
    }

    private String opening() {
        return this == TEXT ? "\"" : "[";
    }

    private String closing() {
        return this == TEXT ? "\"" : "]";
    }

    private String part(int i) {
        return switch (this) {
            case RECORDS ->
                "{\"name\":\"article " + i + "\",\"count\":" + i % 97 + (i % 3 == 0 ? ",\"note\":\"caf\u00e9\"" : "")
                        + ",\"colour\":\"" + (i % 2 == 0 ? "red" : "green") + "\"}";
            case TEXT -> "a line of text, number " + i + "\\n\u00fc\\u0001";
            case NUMBERS -> i % 2 == 0 ? String.valueOf(i) : "-" + i + "." + i % 9;
            case MAPS -> "{\"k" + i + "\":" + i + ",\"other\":" + i % 7 + ",\"third one\":-1}";
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
