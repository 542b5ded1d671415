// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.schemas.RawJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The format {@code regex}, character by character. */
class RegexReadingTest {

    private static final TextKind REGEX = new TextKind.Regexes();

    @Test
    void expressionsAreJudgedAsAnEngineOfTheStandardJudgesThem() throws IOException {
        int read = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(getClass().getResourceAsStream("regex-format.txt")), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    String text = RawJson.string(line.substring(2));
                    assertEquals(line.startsWith("+"), REGEX.contains(text), text);
                    read++;
                }
            }
        }
        assertTrue(read > 500);
    }

    @Test
    void modifiersAreRead() {
        for (String good : List.of("(?i:a)", "(?-i:a)", "(?im-s:a)", "(?i-:a)*")) {
            assertTrue(REGEX.contains(good), good);
        }
        for (String bad : List.of("(?-:a)", "(?ii:a)", "(?i-i:a)", "(?x:a)", "(?i)a", "(?i")) {
            assertFalse(REGEX.contains(bad), bad);
        }
    }

    /** All texts over a few pieces: a reading exists exactly for those that can be completed, and knows how soon. */
    @Test
    void readingsKnowHowSoonTheyCanBeWhole() {
        checkLeast(List.of("(", ")", "?", "<", "a", ">", "=", "|", "\\", "k", "1"), 6);
        checkLeast(List.of("[", "]", "-", "a", "b", "\\", "d"), 6);
        checkLeast(List.of("a", "{", "}", "1", "2", ",", "?"), 7);
        checkLeast(List.of("[", "-", "]", "\\", "u", "0", "f", "{", "}"), 6);
    }

    private static void checkLeast(List<String> pieces, int length) {
        Map<String, Integer> least = new HashMap<>();
        walk("", RegexReading.START, pieces, length, least);
        least.forEach((text, left) -> {
            TextReading reading = read(text);
            int known = reading == null ? Integer.MAX_VALUE : reading.charactersLeft();
            if (left < Integer.MAX_VALUE) {
                assertTrue(known <= left, () -> text + ": " + known + " instead of " + left);
            }
            // within the bound and with these pieces nothing shorter exists, so that a better answer would be wrong
            boolean decided = known + text.length() <= length && !needsMore(text);
            if (decided) {
                assertEquals(left, known, text);
            }
        });
    }

    /** Whether the shortest completion may need a letter that is no piece. */
    private static boolean needsMore(String text) {
        return text.contains("\\") || text.contains("?");
    }

    private static int walk(
            String text, @Nullable TextReading reading, List<String> pieces, int length, Map<String, Integer> least) {
        int best = reading != null && reading.isAccepted() ? 0 : Integer.MAX_VALUE;
        if (reading != null && text.length() < length) {
            for (String piece : pieces) {
                int after = walk(text + piece, reading.next(piece.charAt(0), Integer.MAX_VALUE), pieces, length, least);
                best = Math.min(best, after == Integer.MAX_VALUE ? after : after + 1);
            }
        }
        least.put(text, best);
        return best;
    }

    private static @Nullable TextReading read(String text) {
        TextReading reading = RegexReading.START;
        for (int i = 0; i < text.length() && reading != null; i++) {
            reading = reading.next(text.charAt(i), Integer.MAX_VALUE);
        }
        return reading;
    }

    @Test
    void promisesOfBackReferencesCountTowardsTheLength() {
        assertEquals(6, Objects.requireNonNull(read("\\3")).charactersLeft());
        assertEquals(4, Objects.requireNonNull(read("()\\3")).charactersLeft());
        assertEquals(6, Objects.requireNonNull(read("\\k<n>")).charactersLeft());
        assertEquals(5, Objects.requireNonNull(read("\\k<n>(")).charactersLeft());
        assertEquals(1, Objects.requireNonNull(read("\\k<n>(?<n>")).charactersLeft());
        assertEquals(2, Objects.requireNonNull(read("(?<name>)\\k<nam")).charactersLeft());
    }

    @Test
    void charactersOfNamesAreAlikeUpToTheFirstThatIsNot() {
        Random random = new Random(5);
        for (int trial = 0; trial < 300; trial++) {
            int from = random.nextInt(random.nextBoolean() ? 0x3000 : Character.MAX_CODE_POINT - 1);
            int until = RegexName.alikeUntil(from);
            for (int c = from; c <= Math.min(until, from + 500); c++) {
                assertEquals(places(from), places(c), Integer.toHexString(c));
            }
            assertTrue(until == Character.MAX_CODE_POINT || !places(until + 1).equals(places(from)));
        }
    }

    /** Whether a character may begin a name, and go on with one. */
    private static List<Boolean> places(int codePoint) {
        String text = Character.toString(codePoint);
        return List.of(RegexName.isBeginning(text), RegexName.isBeginning("a" + text));
    }
}
