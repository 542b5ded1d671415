// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.grammars;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.dialect.GrammarDialect;
import dev.espalier.mask.Recognizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The grammars of {@code examples/grammars}, byte by byte, and their texts, which each language's own tool has judged. */
class ExampleGrammarsTest {

    private static final Path FOLDER = Path.of("../examples/grammars");
    private static final int LEAST = 20;

    static List<Named<Path>> grammars() {
        return GrammarFiles.in(FOLDER).stream()
                .map(file -> Named.of(String.valueOf(file.getFileName()), file))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("grammars")
    void validTextsAreReadAndInvalidOnesAreNot(Path file) throws IOException {
        GrammarFiles.Texts texts = GrammarFiles.texts(file);
        assertTrue(texts.valid().size() >= LEAST && texts.invalid().size() >= LEAST, "too few texts");
        assertFalse(texts.judge().isBlank(), "no judge");
        Set<String> all = new HashSet<>(texts.valid());
        all.addAll(texts.invalid());
        assertEquals(texts.valid().size() + texts.invalid().size(), all.size(), "a text is there twice");
        PushdownAutomaton automaton = AutomatonCompiler.compile(
                GrammarFiles.dialect(file, texts).newReader().read(Files.readString(file)),
                Map.of(),
                WorkBudget.standard());
        texts.valid().forEach(text -> assertTrue(isRead(automaton, text), () -> "refused: " + text));
        texts.invalid().forEach(text -> assertFalse(isRead(automaton, text), () -> "read: " + text));
    }

    @Test
    void everyGrammarHasTextsAndIsInTheGuide() throws IOException {
        List<String> names = grammars().stream().map(Named::getName).toList();
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<String> all = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(file -> GrammarDialect.ofFile(file).isPresent())
                    .sorted()
                    .toList();
            assertEquals(all, names, "those without texts are missing");
        }
        String guide = Files.readString(Path.of("../docs/guide/grammars.md"));
        names.forEach(name -> assertTrue(guide.contains("examples/grammars/" + name), name));
    }

    private static boolean isRead(PushdownAutomaton automaton, String text) {
        Recognizer recognizer = new Recognizer(automaton, Limits.DEFAULT);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return recognizer.read(bytes) == bytes.length && recognizer.isAccepting();
    }
}
