// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.grammar;

import dev.espalier.grammar.Expression;
import dev.espalier.grammar.parse.CharacterText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A part of a railroad diagram: a line runs through it from the left to the right.
 *
 * <p>Sizes are pixels: {@code width}, and {@code above} and {@code below} the line.
 */
abstract sealed class Diagram {

    private static final int GAP = 12;
    private static final int ROW = 10;
    private static final int BOX = 13;
    private static final double LETTER = 8.2;

    final int width;
    final int above;
    final int below;

    private Diagram(int width, int above, int below) {
        this.width = width;
        this.above = above;
        this.below = below;
    }

    /** Draws it with the line entering at a place. */
    abstract void draw(int x, int y, StringBuilder svg);

    /** The diagram of an expression; references to the given names are links. */
    static Diagram of(Expression expression, Set<String> names) {
        if (expression instanceof Expression.Sequence sequence) {
            List<Diagram> items =
                    sequence.items().stream().map(item -> of(item, names)).toList();
            return items.isEmpty() ? new Line() : items.size() == 1 ? items.get(0) : new Row(items);
        } else if (expression instanceof Expression.Choice choice) {
            List<Diagram> items =
                    choice.alternatives().stream().map(item -> of(item, names)).toList();
            return items.size() == 1 ? items.get(0) : items.isEmpty() ? new Box("nothing", "", "") : new Fork(items);
        } else if (expression instanceof Expression.Repeat repeat) {
            return repeat(repeat, names);
        } else if (expression instanceof Expression.RuleReference reference) {
            boolean isKnown = names.contains(reference.name());
            return new Box(reference.name(), "rule", isKnown ? reference.name() : "");
        } else if (expression instanceof Expression.Literal literal) {
            String text = literal.bytes().toUtf8();
            return text.isEmpty() ? new Line() : new Box(shown(text), "text", "");
        } else if (expression instanceof Expression.CharacterClass members) {
            return new Box(CharacterText.of(members.members()), "class", "");
        } else if (expression instanceof Expression.Difference difference) {
            return new Row(
                    List.of(of(difference.left(), names), new Box("but not", "", ""), of(difference.right(), names)));
        } else if (expression instanceof Expression.Intersection both) {
            return new Row(List.of(of(both.left(), names), new Box("and", "", ""), of(both.right(), names)));
        } else if (expression instanceof Expression.Permutation permutation) {
            List<Diagram> items = new ArrayList<>(List.of(new Box("in any order", "", "")));
            permutation.items().forEach(item -> items.add(of(item.expression(), names)));
            return new Row(items);
        } else if (expression instanceof Expression.FreeText free) {
            return of(free.byDifferences(), names);
        } else if (expression instanceof Expression.SpecialToken token) {
            return new Box(token.name().isEmpty() ? "<[" + token.id() + "]>" : token.name(), "text", "");
        }
        return new Box(
                expression instanceof Expression.External external ? external.name() : "another token", "class", "");
    }

    private static String shown(String text) {
        StringBuilder shown = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> shown.appendCodePoint(c);
            }
        });
        return shown.append('"').toString();
    }

    private static Diagram repeat(Expression.Repeat repeat, Set<String> names) {
        Diagram item = of(repeat.item(), names);
        boolean isUnbounded = repeat.max() == Expression.UNBOUNDED;
        if (repeat.max() == 1) {
            return repeat.min() == 1 ? item : new Fork(List.of(new Line(), item));
        }
        boolean isPlain = isUnbounded && repeat.min() <= 1;
        String times = isPlain
                ? ""
                : isUnbounded
                        ? repeat.min() + " or more times"
                        : (repeat.min() == repeat.max() ? "" : repeat.min() + " to ") + repeat.max() + " times";
        Diagram loop = new Loop(item, times);
        return repeat.min() == 0 ? new Fork(List.of(new Line(), loop)) : loop;
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static void line(int x1, int y1, int x2, int y2, StringBuilder svg) {
        svg.append(String.format(Locale.ROOT, "<path d=\"M%d %dL%d %d\"/>", x1, y1, x2, y2));
    }

    /** From one height to another within a gap, without corners. */
    private static void bend(int x1, int y1, int x2, int y2, StringBuilder svg) {
        int middle = (x1 + x2) / 2;
        svg.append(String.format(
                Locale.ROOT, "<path d=\"M%d %dC%d %d %d %d %d %d\"/>", x1, y1, middle, y1, middle, y2, x2, y2));
    }

    private static final class Line extends Diagram {
        Line() {
            super(2 * GAP, 0, 0);
        }

        @Override
        void draw(int x, int y, StringBuilder svg) {
            line(x, y, x + width, y, svg);
        }
    }

    private static final class Box extends Diagram {

        private final String text;
        private final String kind;
        private final String link;

        Box(String text, String kind, String link) {
            super((int) (LETTER * text.codePointCount(0, text.length())) + 2 * GAP, BOX, BOX);
            this.text = text;
            this.kind = kind;
            this.link = link;
        }

        @Override
        void draw(int x, int y, StringBuilder svg) {
            if (!link.isEmpty()) {
                svg.append("<a href=\"#").append(escaped(link)).append("\">");
            }
            if (!kind.isEmpty()) {
                int round = kind.equals("rule") ? 2 : BOX;
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>",
                        kind,
                        x,
                        y - BOX + 1,
                        width,
                        2 * BOX - 2,
                        round));
            }
            svg.append(String.format(
                    Locale.ROOT,
                    "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>",
                    kind,
                    x + width / 2,
                    y + 4,
                    escaped(text)));
            svg.append(link.isEmpty() ? "" : "</a>");
        }
    }

    private static final class Row extends Diagram {

        private final List<Diagram> items;

        Row(List<Diagram> items) {
            super(
                    items.stream().mapToInt(item -> item.width + GAP).sum() - GAP,
                    items.stream().mapToInt(item -> item.above).max().orElse(0),
                    items.stream().mapToInt(item -> item.below).max().orElse(0));
            this.items = items;
        }

        @Override
        void draw(int x, int y, StringBuilder svg) {
            int at = x;
            for (Diagram item : items) {
                if (at > x) {
                    line(at, y, at + GAP, y, svg);
                    at += GAP;
                }
                item.draw(at, y, svg);
                at += item.width;
            }
        }
    }

    private static final class Fork extends Diagram {

        private final List<Diagram> items;

        Fork(List<Diagram> items) {
            super(
                    4 * GAP + items.stream().mapToInt(item -> item.width).max().orElse(0),
                    items.get(0).above,
                    items.get(0).below
                            + items.stream()
                                    .skip(1)
                                    .mapToInt(item -> item.above + item.below + ROW)
                                    .sum());
            this.items = items;
        }

        @Override
        void draw(int x, int y, StringBuilder svg) {
            int at = y;
            int inner = width - 4 * GAP;
            for (int i = 0; i < items.size(); i++) {
                Diagram item = items.get(i);
                at += i == 0 ? 0 : items.get(i - 1).below + ROW + item.above;
                bend(x, y, x + 2 * GAP, at, svg);
                item.draw(x + 2 * GAP, at, svg);
                line(x + 2 * GAP + item.width, at, x + 2 * GAP + inner, at, svg);
                bend(x + 2 * GAP + inner, at, x + width, y, svg);
            }
        }
    }

    private static final class Loop extends Diagram {

        private final Diagram item;
        private final String times;

        Loop(Diagram item, String times) {
            super(
                    Math.max(item.width, (int) (LETTER * times.length())) + 2 * GAP,
                    item.above,
                    item.below + ROW + (times.isEmpty() ? 4 : 16));
            this.item = item;
            this.times = times;
        }

        @Override
        void draw(int x, int y, StringBuilder svg) {
            int right = x + width;
            line(x, y, x + GAP, y, svg);
            item.draw(x + GAP, y, svg);
            line(x + GAP + item.width, y, right, y, svg);
            int back = y + item.below + ROW;
            svg.append(String.format(
                    Locale.ROOT,
                    "<path d=\"M%1$d %2$dC%3$d %2$d %3$d %4$d %1$d %4$dL%5$d %4$dC%6$d %4$d %6$d %2$d %5$d %2$d\"/>",
                    right - GAP,
                    y,
                    right,
                    back,
                    x + GAP,
                    x));
            if (!times.isEmpty()) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<text class=\"note\" x=\"%d\" y=\"%d\">%s</text>",
                        x + width / 2,
                        back + 12,
                        times));
            }
        }
    }
}
