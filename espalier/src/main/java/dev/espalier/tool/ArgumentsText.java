// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

/** The arguments of a call while they are written: the text of a JSON object, without what stands around it. One call, one thread. */
final class ArgumentsText {

    private final boolean isJson;
    private final StringBuilder certain = new StringBuilder();
    private int told;
    private int depth;
    private boolean isInString;
    private boolean isEscaped;
    private boolean isOver;

    /**
     * Nothing is written yet.
     *
     * @param isJson whether the convention writes JSON; if not, nothing is certain before the call is closed
     */
    ArgumentsText(boolean isJson) {
        this.isJson = isJson;
    }

    /** The text goes on. */
    void add(String chunk) {
        for (int i = 0; isJson && i < chunk.length() && !isOver; i++) {
            add(chunk.charAt(i));
        }
    }

    private void add(char one) {
        if (depth == 0 && Character.isWhitespace(one)) {
            return;
        }
        certain.append(one);
        if (isInString) {
            isInString = isEscaped || one != '"';
            isEscaped = !isEscaped && one == '\\';
        } else if (one == '"') {
            isInString = true;
        } else if (one == '{' || one == '[') {
            depth++;
        } else if (one == '}' || one == ']') {
            depth--;
            isOver = depth == 0;
        }
    }

    /** What is certain and was not taken yet. The first brace comes with what follows it. */
    String take() {
        if (told == 0 && certain.length() == 1) {
            return "";
        }
        String chunk = certain.toString();
        told += chunk.length();
        certain.setLength(0);
        return chunk;
    }

    /** How many characters were taken. */
    int told() {
        return told;
    }
}
