// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.languages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.Recognizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The grammars of languages, byte by byte. */
class LanguageTest {

    private static final Map<Language, PushdownAutomaton> AUTOMATA = new EnumMap<>(Language.class);

    /** With seed 0 it begins with the last part of the sample, and goes on with the first. */
    @ParameterizedTest
    @EnumSource
    void theSampleOfALanguageIsReadAlsoWhereItBeginsAgain(Language language) {
        String text = language.text(5000, 0);
        assertTrue(text.length() >= 5000);
        assertEquals("", refusal(language, text));
        assertEquals("", refusal(language, language.text(5000, 7)));
    }

    /** A text with a bracket too many or too few is none of its language, wherever that is. */
    @ParameterizedTest
    @EnumSource
    void aBracketMoreIsRefused(Language language) {
        long seed = language.ordinal();
        String text = language.text(1000, seed);
        String closing = switch (language) {
            case JSON -> "]";
            case XML -> "</a>";
            default -> ")";
        };
        assertTrue(!refusal(language, text + closing).isEmpty(), "seed " + seed);
    }

    @Test
    void verdictsAreAsListed() throws IOException {
        int count = 0;
        for (String line : resource("verdicts.txt").lines().toList()) {
            if (!line.startsWith("#")) {
                String[] parts = line.split(" ", 3);
                String text =
                        parts[2].replace("\\\\", "\u0000").replace("\\n", "\n").replace('\u0000', '\\');
                String refusal = refusal(Language.parse(parts[0]), text);
                assertEquals(parts[1].equals("+"), refusal.isEmpty(), line + ": " + refusal);
                count++;
            }
        }
        assertTrue(count > 70);
    }

    /** The grammars were not made for these files alone, but they had better take them. */
    @ParameterizedTest
    @EnumSource(names = {"JAVA", "PYTHON", "XML"})
    void thisProjectsOwnSourcesAreRead(Language language) throws IOException {
        Path root = root();
        assumeTrue(Files.isRegularFile(root.resolve("grammar/pom.xml")), "the project's sources are not there");
        long seed = language.ordinal();
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(root, language == Language.XML ? 2 : 20)) {
            all.filter(file -> file.toString().endsWith("." + language.extension()))
                    .filter(file -> !file.toString().contains("target") && !file.endsWith("module-info.java"))
                    .forEach(files::add);
        }
        Collections.sort(files);
        Collections.shuffle(files, new Random(seed));
        for (Path file : files.subList(0, Math.min(8, files.size()))) {
            assertEquals("", refusal(language, Files.readString(file)), file.toString());
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        Path parent = folder.getParent();
        return parent == null || Files.isDirectory(folder.resolve("jsonschemabench")) ? folder : parent;
    }

    /** Where a text is refused; empty if it is not. */
    private static String refusal(Language language, String text) {
        PushdownAutomaton automaton = AUTOMATA.computeIfAbsent(
                language,
                one -> AutomatonCompiler.compile(
                        new GbnfReader().read(one.grammar()), Map.of(), WorkBudget.standard()));
        Recognizer recognizer = new Recognizer(automaton, Limits.DEFAULT);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int read = recognizer.read(bytes);
        if (read == bytes.length) {
            return recognizer.isAccepting() ? "" : "it may not end";
        }
        String before = new String(bytes, Math.max(0, read - 60), Math.min(60, read), StandardCharsets.UTF_8);
        return "byte " + read + ", after " + before;
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(LanguageTest.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
