// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.input;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Writes shapes as GBNF and as regular expressions, and texts that have them. Stateless. */
public final class ShapeText {

    private static final int DEEPEST = 40;
    private static final int LONGEST = 150;
    private static final int MOST_SHAPES = 3_000;

    private ShapeText() {}

    /** A grammar's text. */
    public static String gbnf(JsonNode grammar) {
        StringBuilder text = new StringBuilder();
        grammar.path("rules")
                .properties()
                .forEach(rule -> text.append(rule.getKey())
                        .append(" ::= ")
                        .append(written(rule.getValue(), true))
                        .append('\n'));
        return text.toString();
    }

    /** A regular expression for whole texts, without anchors. */
    public static String regex(JsonNode shape) {
        return written(shape, false);
    }

    private static String written(JsonNode shape, boolean gbnf) {
        if (shape.has("text")) {
            String text = shape.path("text").asString("");
            return gbnf
                    ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                    : text.replaceAll("[\\\\.\\[\\](){}*+?^$|/]", "\\\\$0");
        } else if (shape.has("chars")) {
            return chars(shape, gbnf);
        } else if (shape.has("rule")) {
            return shape.path("rule").asString("");
        }
        String group = gbnf ? "(" : "(?:";
        if (shape.has("times")) {
            JsonNode times = shape.path("times");
            return group + written(times.path(0), gbnf) + ")" + bounds(times);
        }
        boolean alternatives = shape.has("alt");
        String separator = alternatives ? "|" : "";
        String items = shape.path(alternatives ? "alt" : "seq")
                .valueStream()
                .map(item -> written(item, gbnf))
                .collect(Collectors.joining(gbnf ? " " + separator + " " : separator));
        return group + (gbnf && items.isEmpty() ? "\"\"" : items) + ")";
    }

    private static String bounds(JsonNode times) {
        int most = times.path(2).asInt(0);
        return "{" + times.path(1).asInt(0) + "," + (most < 0 ? "" : most) + "}";
    }

    private static String chars(JsonNode shape, boolean gbnf) {
        StringBuilder text = new StringBuilder(shape.path("not").asBoolean(false) ? "[^" : "[");
        int[] pairs = shape.path("chars").asString("").codePoints().toArray();
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            text.append(character(pairs[i], gbnf));
            if (pairs[i] != pairs[i + 1]) {
                text.append('-').append(character(pairs[i + 1], gbnf));
            }
        }
        return text.append(']').toString();
    }

    private static String character(int c, boolean gbnf) {
        if (c == '\n') {
            return "\\n";
        } else if ("\\]-^[".indexOf(c) >= 0) {
            return gbnf ? String.format(Locale.ROOT, "\\x%02X", c) : "\\" + (char) c;
        }
        return Character.toString(c);
    }

    /** A text that has a shape; where rules go on without end it is cut off, and has it no more. */
    static String example(JsonNode rules, JsonNode shape, Dice dice) {
        Example example = new Example(rules, dice);
        example.write(shape, DEEPEST);
        return example.text.toString();
    }

    /** A text on its way. What is written is bounded in depth, in length, and in the number of shapes that are met. */
    private static final class Example {

        private final JsonNode rules;
        private final Dice dice;
        private final StringBuilder text = new StringBuilder();
        private int left = MOST_SHAPES;

        Example(JsonNode rules, Dice dice) {
            this.rules = rules;
            this.dice = dice;
        }

        void write(JsonNode shape, int depth) {
            if (depth == 0 || text.length() > LONGEST || --left < 0) {
                return;
            }
            if (shape.has("text")) {
                text.append(shape.path("text").asString(""));
            } else if (shape.has("chars")) {
                text.appendCodePoint(character(shape, dice));
            } else if (shape.has("rule")) {
                write(rules.path(shape.path("rule").asString("")), depth - 1);
            } else if (shape.has("times")) {
                times(shape.path("times"), depth);
            } else if (shape.path("alt").size() > 0) {
                write(shape.path("alt").path(dice.below(shape.path("alt").size())), depth - 1);
            } else {
                shape.path("seq").forEach(item -> write(item, depth - 1));
            }
        }

        private void times(JsonNode times, int depth) {
            int least = times.path(1).asInt(0);
            int most = times.path(2).asInt(0);
            int room = most < 0 ? 4 : Math.min(most - least, 12);
            for (int count = least + (room <= 0 ? 0 : dice.below(room + 1)); count > 0 && left > 0; count--) {
                write(times.path(0), depth - 1);
            }
        }
    }

    private static int character(JsonNode shape, Dice dice) {
        int[] pairs = shape.path("chars").asString("").codePoints().toArray();
        if (shape.path("not").asBoolean(false) || pairs.length < 2) {
            return dice.one(List.of((int) 'q', (int) 'é', (int) '0', (int) '~', (int) 'Z'));
        }
        int pair = 2 * dice.below(pairs.length / 2);
        return dice.between(pairs[pair], Math.max(pairs[pair], pairs[pair + 1]));
    }
}
