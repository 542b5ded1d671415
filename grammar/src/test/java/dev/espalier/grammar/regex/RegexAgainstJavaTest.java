// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Random patterns, anchors anywhere in them, against the two engines for regular expressions of the Java world. */
class RegexAgainstJavaTest {

    private static final long SEED = 8259;
    private static final int ROUNDS = 1500;
    private static final String[] ATOMS = {
        "a", "b", ".", "[ab]", "[^a]", "\\w", "\\D", "\\x61", "\\u0062", "\\n", "é", "(?:a|b)", "()", "[a-c]"
    };

    private final Random random = new Random(SEED);

    /** Java's $ also matches before a last line end, and its dot excludes U+0085. */
    private static String java(String pattern) {
        return pattern.replace("$", "\\z").replace(".", "[^\\n\\r\\u2028\\u2029]");
    }

    @Test
    void lookAheadsAgreeWithJavaUtilRegex() {
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String pattern = lookAheads(2) + (random.nextBoolean() ? "|" + lookAheads(2) : "");
            RegexReader.Mode mode = random.nextBoolean() ? RegexReader.Mode.FULL : RegexReader.Mode.SEARCH;
            Pattern java = Pattern.compile(java(pattern));
            try {
                check(
                        round,
                        pattern,
                        mode,
                        text -> mode == RegexReader.Mode.FULL
                                ? java.matcher(text).matches()
                                : java.matcher(text).find());
            } catch (UnsupportedFeatureException e) {
                refused++;
            }
        }
        assertTrue(refused < ROUNDS / 3, refused + " refused");
    }

    private String lookAheads(int depth) {
        StringBuilder sequence = new StringBuilder();
        for (int left = 1 + random.nextInt(2); left > 0; left--) {
            String body = depth > 0 && random.nextInt(4) == 0 ? lookAheads(depth - 1) : pattern(1);
            sequence.append(sequence(1)).append(random.nextBoolean() ? "(?=" : "(?!");
            sequence.append(body).append(')');
        }
        return sequence + sequence(1);
    }

    @Test
    void searchesAgreeWithJavaUtilRegex() {
        for (int round = 0; round < ROUNDS; round++) {
            String pattern = pattern(3);
            Pattern java = Pattern.compile(java(pattern));
            check(
                    round,
                    pattern,
                    RegexReader.Mode.SEARCH,
                    text -> java.matcher(text).find());
        }
    }

    @Test
    void fullMatchesAgreeWithRe2() {
        for (int round = 0; round < ROUNDS; round++) {
            String pattern = pattern(3);
            String translated =
                    pattern.replace("$", "\\z").replace("\\u0062", "b").replace(".", "[^\\n\\r\\x{2028}\\x{2029}]");
            com.google.re2j.Pattern re2 = com.google.re2j.Pattern.compile(translated);
            check(round, pattern, RegexReader.Mode.FULL, re2::matches);
        }
    }

    private void check(
            int round, String pattern, RegexReader.Mode mode, java.util.function.Predicate<String> expected) {
        SlowRecognizer recognizer = SlowRecognizer.of(new RegexReader().read(pattern, mode));
        for (int i = 0; i < 6; i++) {
            String text = text();
            boolean accepted = recognizer.accepts(text.getBytes(StandardCharsets.UTF_8));
            String about = "seed " + SEED + " round " + round + ": " + pattern + " on " + text;
            assertEquals(expected.test(text), accepted, about);
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(6); left > 0; left--) {
            text.append("aaabbcé\n\u2028".charAt(random.nextInt(9)));
        }
        return text.toString();
    }

    private String pattern(int depth) {
        StringBuilder pattern = new StringBuilder(sequence(depth));
        for (int left = random.nextInt(3); left > 0; left--) {
            pattern.append('|').append(sequence(depth));
        }
        return pattern.toString();
    }

    private String sequence(int depth) {
        StringBuilder sequence = new StringBuilder();
        for (int left = random.nextInt(4); left > 0; left--) {
            int kind = random.nextInt(10);
            if (kind == 0) {
                sequence.append(random.nextBoolean() ? "^" : "$");
                continue;
            }
            boolean group = kind < 5 && depth > 0;
            sequence.append(group ? "(" + pattern(depth - 1) + ")" : ATOMS[random.nextInt(ATOMS.length)]);
            sequence.append(quantifier());
        }
        return sequence.toString();
    }

    private String quantifier() {
        int min = random.nextInt(3);
        String lazy = random.nextInt(4) == 0 ? "?" : "";
        return switch (random.nextInt(9)) {
            case 0 -> "*" + lazy;
            case 1 -> "+" + lazy;
            case 2 -> "?" + lazy;
            case 3 -> "{" + min + "}";
            case 4 -> "{" + min + "," + (min + random.nextInt(2)) + "}" + lazy;
            case 5 -> "{" + min + ",}" + lazy;
            default -> "";
        };
    }
}
