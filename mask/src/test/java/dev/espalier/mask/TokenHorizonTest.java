package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.Horizon;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What tokens can be, against a search through all of them as text. */
class TokenHorizonTest {

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

    private static int longestEnd(Vocabulary vocabulary, String name) {
        int most = 0;
        for (int from = name.length(); from > 0; ) {
            from = name.offsetByCodePoints(from, -1);
            List<String> ends = spellings(name.substring(from));
            boolean some = false;
            for (int id = 0; id < vocabulary.size(); id++) {
                String token = vocabulary.text(id);
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
            Vocabulary vocabulary = RandomVocabulary.of(new Random(SEED + round), 80, ALPHABET, 9);
            Horizon horizon = vocabulary.tokens().horizon();
            for (String name : NAMES) {
                int most = longestEnd(vocabulary, name);
                assertEquals(most, horizon.longestEnd(name), "seed " + (SEED + round) + ", " + name);
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
            Vocabulary vocabulary = RandomVocabulary.of(new Random(SEED + round), 80, ALPHABET, 9);
            Set<String> expected = new HashSet<>();
            for (int id = 0; id < vocabulary.size(); id++) {
                String bytes = new String(vocabulary.bytes(id).toByteArray(), StandardCharsets.ISO_8859_1);
                Matcher matcher = quote.matcher(bytes);
                for (int at = 0; matcher.find(at); at = matcher.start() + 1) {
                    expected.add(bytes.substring(matcher.end()));
                }
            }
            assertEquals(expected, vocabulary.tokens().horizon().behindQuote(","), "seed " + (SEED + round));
            found += expected.size();
        }
        assertTrue(found > 200, "only " + found + " texts");
    }

    @Test
    void tooManyTextsAreNotListed() {
        Vocabulary vocabulary = RandomVocabulary.of(new Random(SEED), 4_000, "ab\",", 9);
        assertNull(vocabulary.tokens().horizon().behindQuote(","));
        assertNull(Horizon.of(3).behindQuote(","));
        assertEquals(2, Horizon.of(1).longestEnd("ab"));
    }
}
