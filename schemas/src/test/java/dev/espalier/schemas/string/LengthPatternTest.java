// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.string;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.regex.RegexReader;
import dev.espalier.schemas.Recogniser;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.pattern.Patterns;
import dev.espalier.schemas.work.Learned;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Patterns that are lengths are found, and mean the same when they are counted. */
class LengthPatternTest {

    private static CharacterAutomaton automaton(String pattern) {
        Patterns patterns =
                new Patterns(new RegexReader(), new HashMap<>(), new Learned<>(1 << 20), false, WorkBudget.standard());
        return patterns.search(pattern).automaton(WorkBudget.standard());
    }

    @Test
    void lengthsAreFound() {
        Map<String, List<Integer>> lengths = Map.of(
                "^[a-z]{3}$", List.of(3, 3),
                "^[a-z]{3,}$", List.of(3, LengthPattern.ENDLESS),
                "^[a-z]{0,2}$", List.of(0, 2),
                "^(?:[a-z]{2}|[a-z]{4,5})$", List.of(2, 2, 4, 5),
                "^[a-z]*$", List.of(0, LengthPattern.ENDLESS));
        lengths.forEach((pattern, expected) -> assertEquals(
                expected,
                Objects.requireNonNull(LengthPattern.of(automaton(pattern), WorkBudget.standard()), pattern)
                        .intervals()));
        for (String pattern : List.of("^[a-z][a-y]$", "^(?:[ab]{2})*$", "^(?:a|bc)$")) {
            assertNull(LengthPattern.of(automaton(pattern), WorkBudget.standard()), pattern);
        }
    }

    @Test
    void eightPatternsBesideALengthCompile() {
        StringBuilder patterns = new StringBuilder();
        for (int i = 0; i < 24; i += 3) {
            patterns.append("{\"pattern\":\"")
                    .append("abcdefghijklmnopqrstuvwxyz", i, i + 3)
                    .append("\"},");
        }
        String schema = "{\"type\":\"string\",\"allOf\":[" + patterns + "{\"pattern\":\"^.{60}$\"}]}";
        Recogniser recogniser = Recogniser.of(schema, SchemaOptions.DEFAULT);
        String words = "abcdefghijklmnopqrstuvwx";
        assertTrue(recogniser.accepts("\"" + words + "-".repeat(36) + "\""));
        assertFalse(recogniser.accepts("\"" + words + "-".repeat(35) + "\""));
        assertFalse(recogniser.accepts("\"" + words + "-".repeat(35) + "\\n\""));
        assertFalse(recogniser.accepts("\"" + words.replace("mno", "nmo") + "-".repeat(36) + "\""));
    }

    @Test
    void countedPatternsJudgeAsWrittenOnes() {
        Random random = new Random(20261121);
        for (int trial = 0; trial < 20; trial++) {
            int least = 20 + random.nextInt(12);
            String length = "^[a-d]{" + least + "," + (random.nextBoolean() ? "" : least + random.nextInt(6)) + "}$";
            String other = "(?:ab|ba){2}" + (random.nextBoolean() ? "c" : "");
            boolean not = random.nextBoolean();
            String schema = "{\"type\":\"string\",\"pattern\":\"" + other + "\"," + (not ? "\"not\":" : "\"allOf\":[")
                    + "{\"pattern\":\"" + length + "\"}" + (not ? "" : "]") + "}";
            Recogniser recogniser = Recogniser.of(schema, SchemaOptions.DEFAULT);
            assertNotNull(recogniser);
            for (int text = 0; text < 60; text++) {
                StringBuilder word = new StringBuilder();
                int size = least - 3 + random.nextInt(12);
                while (word.length() < size) {
                    word.append("abcd".charAt(random.nextInt(random.nextInt(5) == 0 ? 4 : 2)));
                }
                boolean good = Pattern.compile(other).matcher(word).find()
                        && Pattern.compile(length).matcher(word).find() != not;
                assertEquals(good, recogniser.accepts("\"" + word + "\""), schema + " " + word);
            }
        }
    }
}
