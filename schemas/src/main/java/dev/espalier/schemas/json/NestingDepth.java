// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.json;

/** The depth to which brackets are nested in a JSON text. */
public final class NestingDepth {

    private NestingDepth() {}

    /** The greatest number of brackets open at once, outside strings. */
    public static int of(String text) {
        int depth = 0;
        int deepest = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                deepest = Math.max(deepest, ++depth);
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
        return deepest;
    }
}
