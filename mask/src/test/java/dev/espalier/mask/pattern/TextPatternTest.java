// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.RandomTrials;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextPatternTest {

    private static final String[] ONES = {
        "a",
        "b",
        " ",
        "\\n",
        "\\p{L}",
        "\\p{Lu}",
        "\\p{N}",
        "\\s",
        "\\S",
        "[ab]",
        "[^a\\s]",
        "[a-c1-3]",
        "\\x{1f600}",
        "[^\\r\\n\\p{L}\\p{N}]",
        "."
    };
    private static final String[] TEXTS = {
        "a", "b", "c", "A", "1", "2", " ", "  ", "\n", "\r", "'", "\u00e9", "\ud83d\ude00", "\u3000", "."
    };

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void hostilePatternsAreRefused(int kind) {
        StringBuilder distinct = new StringBuilder();
        for (int bit = 1; bit < 512; bit *= 2) {
            distinct.append('[');
            for (int c = 0; c < 400; c++) {
                distinct.append((c & bit) > 0 ? Character.toString(0x4e00 + c) : "");
            }
            distinct.append(']');
        }
        String pattern = List.of(
                        "a" + "{1}".repeat(3000),
                        "a{1}".repeat(3000),
                        "[" + "ab".repeat(10_000) + "]",
                        distinct.toString())
                .get(kind);
        assertThrows(
                UnsupportedFeatureException.class,
                () -> TextPattern.of(pattern, PatternDialect.ONIGURUMA, Place.UNKNOWN));
    }

    @Test
    void aClassMayHaveManyMembers() {
        StringBuilder members = new StringBuilder("[");
        for (int c = 0x4e00; c < 0x4e00 + 1500; c++) {
            members.appendCodePoint(c);
        }
        TextScanner scanner = new TextScanner(
                TextPattern.of(members.append("]+").toString(), PatternDialect.ONIGURUMA, Place.UNKNOWN));
        scanner.reset("a\u4e00\u4e01b", 0, 4);
        assertTrue(scanner.find(0));
        assertEquals(3, scanner.end());
    }

    @RandomTrials(250)
    void matchesAreThoseOfABacktrackingEngine(Random random) {
        String pattern = pattern(random, 3);
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(25); i > 0; i--) {
            text.append(TEXTS[random.nextInt(TEXTS.length)]);
        }
        Matcher matcher = Pattern.compile(
                        pattern, Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES | Pattern.UNICODE_CASE)
                .matcher(text);
        TextScanner scanner = new TextScanner(TextPattern.of(pattern, PatternDialect.RUST, Place.UNKNOWN));
        scanner.reset(text.toString(), 0, text.length());
        for (int i = 0; i <= text.codePointCount(0, text.length()); i++) {
            int at = text.offsetByCodePoints(0, i);
            boolean found = matcher.find(at);
            assertEquals(found, scanner.find(at), pattern + " in " + text + " at " + at);
            if (found) {
                assertEquals(matcher.start(), scanner.start(), pattern + " in " + text + " at " + at);
                assertEquals(matcher.end(), scanner.end(), pattern + " in " + text + " at " + at);
            }
        }
    }

    private static String pattern(Random random, int depth) {
        String one = ONES[random.nextInt(ONES.length)];
        return switch (depth == 0 ? 0 : random.nextInt(9)) {
            case 0, 1 -> one;
            case 2 ->
                one
                        + new String[] {
                                    "?", "*", "+", "{1,3}", "{2}", "{2,}", "?+", "*+", "++", "{1,3}+", "??", "*?", "+?"
                                }
                                [random.nextInt(13)];
            case 3, 4, 5 -> pattern(random, depth - 1) + pattern(random, depth - 1);
            case 6 -> "(?:" + pattern(random, depth - 1) + "|" + pattern(random, depth - 1) + ")";
            case 7 ->
                "(?:" + one + pattern(random, depth - 1) + ")"
                        + new String[] {"", "?", "*", "+", "{0,2}"}[random.nextInt(5)];
            default -> (random.nextBoolean() ? "(?=" : "(?!") + pattern(random, depth - 1) + ")" + one;
        };
    }

    @Test
    void dollarIsTheEndOfALineForOnigurumaAndOfTheTextForRust() {
        assertEquals(List.of("  ", " "), matches("\\s+$", PatternDialect.ONIGURUMA, "a  \nb "));
        assertEquals(List.of(" "), matches("\\s+$", PatternDialect.RUST, "a  \nb "));
    }

    @Test
    void caseIsIgnoredWhereThePatternSaysSo() {
        assertEquals(
                List.of("'S", "'s", "'\u017f", "'lL"),
                matches("(?i:'s|'ll)", PatternDialect.ONIGURUMA, "'S 's '\u017f 'lL 'x"));
        assertEquals(List.of("s"), matches("s(?!S)", PatternDialect.ONIGURUMA, "sS s"));
    }

    @Test
    void classesHoldClassesAndIntersections() {
        assertEquals(List.of("ab", "c"), matches("[^(\\s|[.,])]+", PatternDialect.ONIGURUMA, "ab\n,(|c"));
        assertEquals(List.of("b"), matches("[a-c&&[^ac]]", PatternDialect.ONIGURUMA, "abc"));
    }

    @Test
    void lettersAreLettersThoughThisJavaDoesNotKnowThem() {
        assertEquals(
                List.of("\u2c2f\u2c5f", "\u1c89"), matches("\\p{L}+", PatternDialect.ONIGURUMA, "\u2c2f\u2c5f \u1c89"));
        assertEquals(List.of("\ud803\udd40"), matches("\\d", PatternDialect.RUST, "\ud803\udd40"));
    }

    @Test
    void longRunsThatDoNotMatchAreReadOnce() {
        String text = " ".repeat(1_000_000) + "x";
        assertEquals(List.of(), matches("\\s+$|\\s+y", PatternDialect.ONIGURUMA, text));
        assertEquals(
                1_000_001,
                matches("\\s*[\\r\\n]|\\s|x", PatternDialect.ONIGURUMA, text).size());
    }

    private static List<String> matches(String pattern, PatternDialect dialect, String text) {
        TextScanner scanner = new TextScanner(TextPattern.of(pattern, dialect, Place.UNKNOWN));
        scanner.reset(text, 0, text.length());
        List<String> matches = new ArrayList<>();
        for (int at = 0; at < text.length() && scanner.find(at); at = scanner.end()) {
            matches.add(text.substring(scanner.start(), scanner.end()));
        }
        return matches;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?<=a)b",
                "(?>a+)",
                "(a)\\1",
                "\\bword",
                "^a",
                "(?:ab)++",
                "(?:a*)*",
                "[[:alpha:]]",
                "\\p{Nonsense}",
                "a{2000}",
                "(a",
                "a)",
                "[a",
                "\\",
                "a{2,1}",
                "*",
                "(?:a{900}){900}",
                "(((((((((((((((((((((((((((((((((((((((((((((((((((((a)))))))))))))))))))))))))))))))))))))))))))))))))))))"
            })
    void whatIsNotSupportedIsRefusedByName(String pattern) {
        Place place = new Place("tokenizer.json", 0, 0, "#/pre_tokenizer/pattern", "");
        UnsupportedFeatureException refused = assertThrows(
                UnsupportedFeatureException.class, () -> TextPattern.of(pattern, PatternDialect.ONIGURUMA, place));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("tokenizer.json at #/pre_tokenizer/pattern"),
                refused.getMessage());
    }

    @RandomTrials(200)
    void anyTextIsAPatternOrRefused(Random random) {
        String characters = "ab()[]{}|*+?\\^$.-&,12pPLsS:!=<>i \ud83d\ude00";
        StringBuilder pattern = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            pattern.append(characters.charAt(random.nextInt(characters.length())));
        }
        try {
            TextPattern.of(pattern.toString(), PatternDialect.ONIGURUMA, Place.UNKNOWN);
        } catch (UnsupportedFeatureException refused) {
            assertTrue(String.valueOf(refused.getMessage()).contains("of the pattern"), refused.getMessage());
        }
    }
}
