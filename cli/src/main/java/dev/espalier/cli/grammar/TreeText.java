// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.grammar;

import dev.espalier.grammar.parse.ParseTree;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Trees as lines, and as JSON. */
final class TreeText {

    private static final int WIDTH = 60;

    private TreeText() {}

    /** A line for each rule: its name, indented by its depth, and its text. */
    static String lines(ParseTree tree, String text) {
        StringBuilder lines = new StringBuilder();
        add(tree, text.codePoints().toArray(), 0, lines);
        return lines.toString();
    }

    private static void add(ParseTree tree, int[] text, int depth, StringBuilder lines) {
        String whole = text(tree, text);
        boolean isLong = whole.codePointCount(0, whole.length()) > WIDTH;
        String shown = isLong ? whole.substring(0, whole.offsetByCodePoints(0, WIDTH)) + "…" : whole;
        lines.append("  ".repeat(depth))
                .append(tree.rule())
                .append(" ")
                .append(quoted(shown))
                .append("\n");
        tree.children().forEach(child -> add(child, text, depth + 1, lines));
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.stringNode(text).toString();
    }

    private static String text(ParseTree tree, int[] text) {
        return new String(text, tree.from(), tree.to() - tree.from());
    }

    /** Rule, text, place and children. */
    static ObjectNode json(ParseTree tree, String text) {
        return json(tree, text.codePoints().toArray());
    }

    private static ObjectNode json(ParseTree tree, int[] text) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("rule", tree.rule())
                .put("from", tree.from())
                .put("to", tree.to())
                .put("text", text(tree, text));
        tree.children().forEach(child -> object.withArray("children").add(json(child, text)));
        return object;
    }
}
