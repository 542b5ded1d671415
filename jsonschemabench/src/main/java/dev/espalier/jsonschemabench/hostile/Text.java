// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/**
 * A text that is, or is not, in a language.
 *
 * @param label a short form for people
 * @param bytes the text
 */
record Text(String label, byte[] bytes) {

    private static final int SHOWN = 60;

    /** A string, or {@code {"hex": …}}. */
    static Text of(JsonNode node) {
        if (node.isString()) {
            String text = node.asString();
            return new Text(shorten(node.toString()), text.getBytes(StandardCharsets.UTF_8));
        }
        String hex = node.path("hex").asString();
        return new Text("bytes " + shorten(hex), HexFormat.of().parseHex(hex));
    }

    private static String shorten(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "… (" + text.length() + " characters)";
    }
}
