// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.grammar.regex.RegexReader;
import dev.espalier.grammar.regex.tree.RegexTree;
import dev.espalier.schemas.CompiledSchema;
import dev.espalier.schemas.RawJson;
import dev.espalier.schemas.Recogniser;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.work.Deadline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Patterns with look-around, word boundaries, modifiers and back-references. */
class LookAroundTest {

    private static final List<String> TEXTS = texts(List.of("a", "b", "-", "\n"), 4);

    private final RegexReader reader = new RegexReader();

    private static List<String> texts(List<String> letters, int length) {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; i < texts.size() && texts.get(i).length() < length; i++) {
            for (String letter : letters) {
                texts.add(texts.get(i) + letter);
            }
        }
        return texts;
    }

    private static WorkBudget budget() {
        return new WorkBudget(Limits.DEFAULT, new Cancellation());
    }

    private static boolean tried(RegexTree tree, String text) {
        Deadline deadline = new Deadline(Limits.DEFAULT);
        deadline.start();
        return new Backtracking(text.codePoints().toArray(), tree, deadline).isFound();
    }

    @Test
    void patternsMatchWhatAnEngineOfTheStandardMatches() throws IOException {
        int automata = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(getClass().getResourceAsStream("look-around.txt")), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                automata += line.startsWith("#") || !agrees(line) ? 0 : 1;
            }
        }
        assertTrue(automata > 200);
    }

    /** Checks one line; whether there is an automaton for it. */
    private boolean agrees(String line) {
        int end = line.lastIndexOf(' ');
        RegexTree tree = reader.tree(RawJson.string(line.substring(0, end)), budget());
        CharacterAutomaton automaton = tree.hasReferences() ? null : LookAround.searching(tree, budget());
        for (int i = 0; i < TEXTS.size(); i++) {
            boolean found = (Character.digit(line.charAt(end + 1 + i / 4), 16) >> (3 - i % 4) & 1) != 0;
            String text = TEXTS.get(i);
            assertEquals(found, tried(tree, text), () -> line + " on " + text);
            if (automaton != null) {
                assertEquals(found, automaton.run(text) >= 0, () -> line + " automaton on " + text);
            }
        }
        return automaton != null;
    }

    /** The automaton against trying, on random patterns with modifiers and deeper nesting. */
    @Test
    void automataAgreeWithTrying() {
        long seed = 20261120;
        Random random = new Random(seed);
        List<String> texts = texts(List.of("a", "B", "ſ", " ", "\n"), 4);
        int large = 0;
        for (int i = 0; i < 150; i++) {
            String pattern = choice(random, 2);
            RegexTree tree = reader.tree(pattern, budget());
            WorkBudget small = new WorkBudget(Limits.DEFAULT.withMaxIrNodes(20_000), new Cancellation());
            try {
                CharacterAutomaton automaton = LookAround.searching(tree, small);
                for (String text : texts) {
                    boolean found = automaton.run(text) >= 0;
                    assertEquals(tried(tree, text), found, () -> "seed " + seed + ": " + pattern + " on " + text);
                }
            } catch (LimitExceededException tooLarge) {
                large++;
            }
        }
        assertTrue(large < 15, large + " were too large");
    }

    private static String choice(Random random, int depth) {
        StringBuilder text = new StringBuilder(sequence(random, depth));
        while (random.nextInt(4) == 0) {
            text.append('|').append(sequence(random, depth));
        }
        return text.toString();
    }

    private static String sequence(Random random, int depth) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            text.append(part(random, depth));
        }
        return text.toString();
    }

    private static String part(Random random, int depth) {
        String inner = depth == 0 ? "a" : choice(random, depth - 1);
        String times = List.of("", "*", "+?", "?", "{2}", "{1,3}").get(random.nextInt(6));
        return switch (random.nextInt(depth == 0 ? 7 : 14)) {
            case 0, 1 -> "a" + times;
            case 2 -> "b" + times;
            case 3 -> "\\w" + times;
            case 4 -> "[^s]" + times;
            case 5 -> List.of("^", "$", "\\b", "\\B").get(random.nextInt(4));
            case 6 -> ".";
            case 7 -> "(?=" + inner + ")";
            case 8 -> "(?!" + inner + ")";
            case 9 -> "(?<=" + inner + ")";
            case 10 -> "(?<!" + inner + ")";
            case 11 -> "(?i:" + inner + ")" + times;
            case 12 -> "(?m-i:" + inner + ")";
            default -> "(?s:" + inner + ")" + times;
        };
    }

    @Test
    void caseIsIgnoredAsTheStandardFoldsIt() {
        for (String[] one : new String[][] {{"ſ", "s"}, {"K", "k"}, {"ẞ", "ß"}, {"Σ", "ς"}, {"µ", "μ"}, {"Ω", "ω"}}) {
            RegexTree tree = reader.tree("^(?i:" + one[1] + ")$", budget());
            assertTrue(LookAround.searching(tree, budget()).run(one[0]) >= 0, one[0]);
        }
        RegexTree dotted = reader.tree("^(?i:i)$", budget());
        assertTrue(LookAround.searching(dotted, budget()).run("İ") < 0);
        assertTrue(LookAround.searching(dotted, budget()).run("ı") < 0);
    }

    @Test
    void aPatternWithBackReferencesIsCheckedAtTheEnd() {
        String schema = "{\"type\":\"string\",\"pattern\":\"^<([a-z]+)>.*</\\\\1>$\"}";
        CompiledSchema compiled =
                new SchemaCompiler().compile(schema, SchemaOptions.CHECKING.allow(Enforcement.CHECKED_AT_END));
        assertEquals(
                Enforcement.CHECKED_AT_END, compiled.report().inexact().get(0).enforcement());
        Recogniser recogniser = new Recogniser(compiled.automaton().start());
        assertTrue(recogniser.accepts("\"<b>x</b>\""));
        assertTrue(!recogniser.accepts("\"<b>x</i>\""));
        CompiledSchema constants = new SchemaCompiler()
                .compile(
                        "{\"enum\":[\"<b></b>\",\"<b></i>\"],\"pattern\":\"^<(.)></\\\\1>$\"}",
                        SchemaOptions.DEFAULT.allow(Enforcement.CHECKED_AT_END));
        Recogniser exact = new Recogniser(constants.automaton().start());
        assertTrue(exact.after("\"<b></i").isEmpty());
        assertTrue(exact.accepts("\"<b></b>\""));
    }
}
