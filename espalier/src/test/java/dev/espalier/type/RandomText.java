// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random texts of the regular expressions that schemas of Java types have: characters, sets, groups, alternatives, quantifiers. */
final class RandomText {

    private final String expression;
    private final Random random;
    private int at;

    private RandomText(String expression, Random random) {
        this.expression = expression;
        this.random = random;
    }

    /** A text that an expression with anchors at both ends matches. */
    static String of(String expression, Random random) {
        RandomText text = new RandomText(expression.substring(1, expression.length() - 1), random);
        String drawn = text.alternatives();
        if (text.at != text.expression.length()) {
            throw new IllegalArgumentException(expression + " at " + text.at);
        }
        return drawn;
    }

    private String alternatives() {
        List<String> drawn = new ArrayList<>();
        StringBuilder sequence = new StringBuilder();
        while (at < expression.length() && expression.charAt(at) != ')') {
            if (expression.charAt(at) == '|') {
                at++;
                drawn.add(sequence.toString());
                sequence.setLength(0);
            } else {
                repeat(sequence);
            }
        }
        drawn.add(sequence.toString());
        return drawn.get(random.nextInt(drawn.size()));
    }

    private void repeat(StringBuilder into) {
        int start = at;
        String first = atom();
        int end = at;
        int least = 1;
        int most = 1;
        if (at < expression.length()) {
            char c = expression.charAt(at);
            if (c == '*' || c == '+' || c == '?') {
                at++;
                least = c == '+' ? 1 : 0;
                most = c == '?' ? 1 : 5;
            } else if (c == '{') {
                int close = expression.indexOf('}', at);
                String[] counts = expression.substring(at + 1, close).split(",", -1);
                least = Integer.parseInt(counts[0]);
                most = counts.length == 1 ? least : counts[1].isEmpty() ? least + 4 : Integer.parseInt(counts[1]);
                at = close + 1;
            }
        }
        int behind = at;
        int count = least + random.nextInt(most - least + 1);
        for (int i = 0; i < count; i++) {
            if (i == 0) {
                into.append(first);
            } else {
                at = start;
                into.append(atom());
                if (at != end) {
                    throw new IllegalStateException(expression);
                }
            }
        }
        at = behind;
    }

    private String atom() {
        char c = expression.charAt(at);
        if (c == '(') {
            at += expression.startsWith("(?:", at) ? 3 : 1;
            String inside = alternatives();
            at++;
            return inside;
        }
        List<int[]> ranges = c == '[' ? set() : single();
        return Character.toString(draw(ranges));
    }

    private List<int[]> set() {
        at++;
        boolean negated = expression.charAt(at) == '^';
        if (negated) {
            at++;
        }
        List<int[]> ranges = new ArrayList<>();
        while (expression.charAt(at) != ']') {
            List<int[]> part = single();
            if (expression.charAt(at) == '-' && expression.charAt(at + 1) != ']') {
                at++;
                ranges.add(new int[] {part.get(0)[0], single().get(0)[0]});
            } else {
                ranges.addAll(part);
            }
        }
        at++;
        return negated ? complement(ranges) : ranges;
    }

    private static List<int[]> complement(List<int[]> ranges) {
        List<int[]> rest = new ArrayList<>();
        int from = 0;
        List<int[]> sorted = new ArrayList<>(ranges);
        sorted.sort((left, right) -> Integer.compare(left[0], right[0]));
        for (int[] range : sorted) {
            if (range[0] > from) {
                rest.add(new int[] {from, range[0] - 1});
            }
            from = Math.max(from, range[1] + 1);
        }
        rest.add(new int[] {from, 0xd7ff});
        return rest;
    }

    private List<int[]> single() {
        int c = expression.codePointAt(at);
        at += Character.charCount(c);
        if (c != '\\') {
            return List.of(new int[] {c, c});
        }
        char escaped = expression.charAt(at++);
        return switch (escaped) {
            case 'd' -> List.of(new int[] {'0', '9'});
            case 'w' -> List.of(new int[] {'0', '9'}, new int[] {'A', 'Z'}, new int[] {'_', '_'}, new int[] {'a', 'z'});
            case 'D' -> complement(List.of(new int[] {'0', '9'}));
            case 'W' ->
                complement(List.of(
                        new int[] {'0', '9'}, new int[] {'A', 'Z'}, new int[] {'_', '_'}, new int[] {'a', 'z'}));
            case 't' -> one('\t');
            case 'n' -> one('\n');
            case 'r' -> one('\r');
            case 'f' -> one('\f');
            case 'u' -> {
                at += 4;
                yield one(Integer.parseInt(expression.substring(at - 4, at), 16));
            }
            default -> one(escaped);
        };
    }

    private static List<int[]> one(int c) {
        return List.of(new int[] {c, c});
    }

    /** A character, mostly one of ASCII where there is one. */
    private int draw(List<int[]> ranges) {
        int[] range = ranges.get(random.nextInt(ranges.size()));
        int most = range[0] < 0x7f && random.nextInt(10) > 0 ? Math.min(range[1], 0x7e) : range[1];
        int least = most > 0x20 && range[0] < 0x20 && random.nextInt(10) > 0 ? 0x20 : range[0];
        return least + random.nextInt(most - least + 1);
    }
}
