// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.state.Horizon;
import dev.espalier.schemas.TextHorizon;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What texts have of JSON, against a search through all of them. */
class JsonTextsTest {

    private static final long SEED = 20261121;
    private static final String ALPHABET = "ab\"\"\"\\\\u006 ,{\u00e9n\ud83d\ude00";
    private static final List<String> NAMES =
            List.of("a", "ab", "ba", "aab", "b\"", "\u00e9", "a\u00e9", "\\", "n", "\n", "a\ud83d\ude00", "");

    /** Each way to spell the characters of a text in a JSON string. */
    private static List<String> spellings(String text) {
        List<String> spellings = List.of("");
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            String character = Character.toString(text.codePointAt(at));
            StringBuilder units = new StringBuilder();
            character.chars().forEach(unit -> units.append(String.format("\\u%04x", unit)));
            List<String> more = new ArrayList<>();
            for (String before : spellings) {
                more.add(before + units);
                more.add(before + units.toString().replaceAll("([0-9])a", "$1A"));
                if (!"\"\\\n".contains(character)) {
                    more.add(before + character);
                } else {
                    more.add(before + '\\' + (character.equals("\n") ? "n" : character));
                }
            }
            spellings = more;
        }
        return spellings;
    }

    private static List<String> tokens(Random random, int count, String alphabet) {
        List<String> tokens = new ArrayList<>();
        int[] characters = alphabet.codePoints().toArray();
        for (int i = 0; i < count; i++) {
            StringBuilder token = new StringBuilder();
            for (int length = 1 + random.nextInt(9); length > 0; length--) {
                token.appendCodePoint(characters[random.nextInt(characters.length)]);
            }
            tokens.add(token.toString());
        }
        return tokens;
    }

    private static int longestEnd(List<String> tokens, String name) {
        int most = 0;
        for (int from = name.length(); from > 0; ) {
            from = name.offsetByCodePoints(from, -1);
            List<String> ends = spellings(name.substring(from));
            boolean some = false;
            for (String token : tokens) {
                some |= ends.stream().anyMatch(end -> token.contains(end + '"'));
            }
            if (!some) {
                return most;
            }
            most++;
        }
        return most;
    }

    @Test
    void endsOfStringsAreFoundHoweverTheyAreSpelled() {
        int found = 0;
        for (int round = 0; round < 200; round++) {
            List<String> tokens = tokens(new Random(SEED + round), 80, ALPHABET);
            JsonTexts texts = JsonTexts.of(TextHorizon.of(tokens.toArray(String[]::new)));
            for (String name : NAMES) {
                int most = longestEnd(tokens, name);
                assertEquals(most, texts.longestEnd(name), "seed " + (SEED + round) + ", " + name);
                found += most;
            }
        }
        assertTrue(found > 500, "only " + found + " characters");
    }

    @Test
    void whatStandsBehindQuotationMarksIsListed() {
        Pattern quote = Pattern.compile(",[ \t\r\n]*\"");
        int found = 0;
        for (int round = 0; round < 200; round++) {
            List<String> tokens = tokens(new Random(SEED + round), 80, ALPHABET);
            Set<String> expected = new HashSet<>();
            for (String token : tokens) {
                String bytes = new String(token.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
                Matcher matcher = quote.matcher(bytes);
                for (int at = 0; matcher.find(at); at = matcher.start() + 1) {
                    expected.add(bytes.substring(matcher.end()));
                }
            }
            JsonTexts texts = JsonTexts.of(TextHorizon.of(tokens.toArray(String[]::new)));
            assertEquals(expected, texts.behind(",\""), "seed " + (SEED + round));
            found += expected.size();
        }
        assertTrue(found > 200, "only " + found + " texts");
    }

    @Test
    void tooManyTextsAreNotListed() {
        List<String> tokens = tokens(new Random(SEED), 4_000, "ab\",");
        assertNull(JsonTexts.of(TextHorizon.of(tokens.toArray(String[]::new))).behind(",\""));
        assertNull(JsonTexts.of(Horizon.of(3)).behind(",\""));
        assertEquals(2, JsonTexts.of(Horizon.of(1)).longestEnd("ab"));
    }

    @Test
    void marksAreFoundInOrderAndSideBySide() {
        List<String> asked = List.of("\"", ",", ",{", "\",", "{\"", "a,", "\\", ",\"", "\",\"");
        int found = 0;
        for (int round = 0; round < 200; round++) {
            List<String> tokens = tokens(new Random(SEED + round), 60, "ab\"\" ,,{\\");
            JsonTexts texts = JsonTexts.of(TextHorizon.of(tokens.toArray(String[]::new)));
            for (String marks : asked) {
                String run = marks.chars()
                        .mapToObj(c -> Pattern.quote(Character.toString(c)))
                        .collect(Collectors.joining("[ ]*"));
                String inOrder = marks.chars()
                        .mapToObj(c -> Pattern.quote(Character.toString(c)))
                        .collect(Collectors.joining(".*"));
                Pattern quoted = Pattern.compile("(?=" + run + "[ ]*\"((?:[^\"\\\\]|\\\\.)*)\")");
                String where = "seed " + (SEED + round) + ", " + marks;
                assertEquals(
                        longest(tokens, Pattern.compile("(?=(" + inOrder + "))"), true),
                        texts.longestWith(marks),
                        where);
                assertEquals(
                        longest(tokens, Pattern.compile("(?=(" + run + "))"), true) > 0, texts.hasRun(marks), where);
                int most = longest(tokens, quoted, false);
                assertEquals(most, texts.longestQuoted(marks), where);
                found += most >= 0 ? 1 : 0;
            }
        }
        assertTrue(found > 200, "only " + found + " quoted");
    }

    /** The most characters of the tokens that have a pattern, or of its group; if none has it 0 or -1. */
    private static int longest(List<String> tokens, Pattern pattern, boolean isWhole) {
        int most = isWhole ? 0 : -1;
        for (String token : tokens) {
            Matcher matcher = pattern.matcher(token);
            while (matcher.find()) {
                most = Math.max(
                        most, isWhole ? token.length() : matcher.group(1).length());
            }
        }
        return most;
    }
}
