// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.grammar.regex.RegexReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Automata of patterns with nested and alternated counters: small, and the language that Java's own engine has. */
class SubsumptionTest {

    private static final int PATTERNS = 1500;

    private static CharacterAutomaton automaton(String pattern, Limits limits) {
        WorkBudget budget = new WorkBudget(limits.withCompileDeadline(Duration.ofMillis(60_000)), new Cancellation());
        Derivatives derivatives = new Derivatives(budget);
        int term = derivatives.of(new RegexReader().read(pattern, RegexReader.Mode.SEARCH, budget));
        return CharacterAutomatonBuilder.of(derivatives, term, budget);
    }

    /** The bounds are the states of the minimal automaton, or some times them: what nobody bounds is millions. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = "  ",
            value = {
                "^(.{1,63}\\.)+$  66",
                "^(.{1,30};){1,30}$  28000",
                "^(\\p{L}{1,50}[ ]?){1,20}$  1100",
                "^([a-z]{1,20} ?){1,200}$  4300",
                "^[^.\\s/:]{1,32}(\\.[^.\\s/:]{1,32}){1,3}$  140",
                "^(?:[a-z]{0,40}|[a-f]{0,50}|[c-k]{3,60}|[a-z ]{1,80}){0,100}$  8100",
                "^((([a-z]{1,10} ?){1,10}\\.?){1,10}){1,10}$  11500",
                "^.{0,200}(error|warn).{0,200}$  157000"
            })
    void countersThatDominateEachOtherMakeSmallAutomata(String pattern, int most) {
        int states = automaton(pattern, Limits.DEFAULT).states();
        assertTrue(states <= most, pattern + ": " + states + " states");
    }

    @Test
    void randomPatternsWithCountersMatchWhatJavaMatches() {
        List<String> texts = texts();
        Limits small = Limits.DEFAULT.withMaxAutomatonStates(10 * 1000); // some are large by nature
        int matched = 0;
        int large = 0;
        for (int seed = 0; seed < PATTERNS; seed++) {
            Random random = new Random(seed);
            String pattern = "^(?:" + expression(random, 2) + ")$";
            CharacterAutomaton automaton;
            try {
                automaton = automaton(pattern, small);
            } catch (LimitExceededException e) {
                large++;
                continue;
            }
            Pattern java = Pattern.compile(pattern);
            for (String text : texts) {
                boolean matches = java.matcher(text).matches();
                matched += matches ? 1 : 0;
                assertEquals(matches, automaton.run(text) == 0, "seed " + seed + ": " + pattern + " on " + text);
            }
        }
        assertTrue(large < PATTERNS / 20, "so many have large automata: " + large);
        assertTrue(matched > 10 * PATTERNS, "the patterns match next to nothing: " + matched);
    }

    /** All texts of up to seven characters of which there are two. */
    private static List<String> texts() {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; texts.get(i).length() < 7; i++) {
            texts.add(texts.get(i) + "a");
            texts.add(texts.get(i) + "b");
        }
        return texts;
    }

    private static String expression(
            Random random, int depth) { // small enough to have small automata without counters, too
        int alternatives = 1 + random.nextInt(2);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < alternatives; i++) {
            text.append(i == 0 ? "" : "|");
            for (int n = 1 + random.nextInt(2); n > 0; n--) {
                boolean isGroup = depth > 0 && random.nextInt(3) == 0;
                text.append(isGroup ? "(?:" + expression(random, depth - 1) + ")" : one(random));
                text.append(repeat(random));
            }
        }
        return text.toString();
    }

    private static String one(Random random) {
        return List.of("a", "b", ".", "[ab]", "[^a]").get(random.nextInt(5));
    }

    private static String repeat(Random random) {
        int min = random.nextInt(3);
        return switch (random.nextInt(6)) {
            case 0 -> "{" + min + "," + (min + random.nextInt(4)) + "}";
            case 1 -> "{" + min + ",}";
            case 2 -> "{" + (min + random.nextInt(2)) + "}";
            case 3 -> List.of("?", "*", "+").get(random.nextInt(3));
            default -> "";
        };
    }
}
