// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.syntax;

/**
 * A piece of a template.
 *
 * @param kind what it is
 * @param text its characters; the value of a string
 * @param offset where it starts in the source
 */
record Token(Kind kind, String text, int offset) {

    /** What a token is. */
    enum Kind {
        DATA,
        OUTPUT_BEGIN,
        OUTPUT_END,
        TAG_BEGIN,
        TAG_END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        END
    }

    boolean is(Kind wanted, String wantedText) {
        return kind == wanted && text.equals(wantedText);
    }

    /** What errors call it. */
    String shown() {
        return switch (kind) {
            case END -> "the end of the template";
            case OUTPUT_END -> "\"}}\"";
            case TAG_END -> "\"%}\"";
            case STRING -> "a string";
            case DATA, OUTPUT_BEGIN, TAG_BEGIN -> "the end of the tag";
            default -> "\"" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "\"";
        };
    }
}
