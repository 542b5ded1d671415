// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Output;
import dev.espalier.cli.check.ByteCheck;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.hard.Clock;
import dev.espalier.jsonschemabench.hard.HardBench;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.ByteTokens;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.source.SourceCompiler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The grammars of {@code examples/grammars} and their texts, which each language's own tool has judged. */
class ExampleGrammarsTest {

    private static final Path FOLDER = Path.of("../examples/grammars");
    private static final int LEAST = 20;

    static Stream<Named<ExampleGrammar>> grammars() {
        return ExampleGrammar.readAll(FOLDER).stream().map(grammar -> Named.of(grammar.name(), grammar));
    }

    @ParameterizedTest
    @MethodSource("grammars")
    void validTextsAreReadAndInvalidOnesAreNot(ExampleGrammar grammar) {
        assertTrue(grammar.texts().valid().size() >= LEAST && grammar.texts().invalid().size() >= LEAST, grammar.name());
        assertFalse(grammar.texts().judge().isBlank(), grammar.name());
        SourceCompiler compiler = new SourceCompiler(Limits.DEFAULT);
        ByteCheck check = new ByteCheck(
                compiler.compile(Output.grammar(grammar.dialect(), grammar.source()).source(), new Cancellation()),
                Limits.DEFAULT);
        for (String text : grammar.texts().valid()) {
            ByteCheck.Verdict verdict = check.check(text.getBytes(StandardCharsets.UTF_8));
            assertTrue(verdict.valid(), () -> grammar.name() + ": " + text + ": " + verdict);
        }
        for (String text : grammar.texts().invalid()) {
            ByteCheck.Verdict verdict = check.check(text.getBytes(StandardCharsets.UTF_8));
            assertFalse(verdict.valid(), () -> grammar.name() + ": " + text);
        }
    }

    @Test
    void everyFileOfTextsHasAGrammarAndEveryGrammarIsInTheGuide() throws IOException {
        List<String> names = grammars().map(Named::getName).toList();
        String guide = Files.readString(Path.of("../docs/guide/grammars.md"));
        for (String name : names) {
            assertTrue(guide.contains("examples/grammars/" + name + "."), name);
        }
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<String> texts = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".texts.json"))
                    .map(file -> file.replace(".texts.json", ""))
                    .sorted()
                    .toList();
            assertEquals(names.stream().sorted().toList(), texts);
        }
    }

    @Test
    void aGrammarWithoutTextsIsRefused(@TempDir Path folder) throws IOException {
        assertThrows(InvalidInputException.class, () -> ExampleGrammar.readAll(folder));
        Files.writeString(folder.resolve("a.gbnf"), "root ::= \"a\"\n");
        String message = assertThrows(InvalidInputException.class, () -> ExampleGrammar.readAll(folder))
                .getMessage();
        assertTrue(message.endsWith("a.gbnf: expected its texts in a.texts.json"), message);
    }

    @Test
    void masksAreTimedAndCasesAreWrittenForOtherEngines(@TempDir Path folder) throws IOException, InterruptedException {
        Path examples = Files.createDirectories(folder.resolve("examples"));
        Files.writeString(examples.resolve("json.gbnf"), "root ::= [0-9]+\n");
        Files.writeString(examples.resolve("json.texts.json"), "{\"judge\":\"t 1\",\"valid\":[\"12\"],\"invalid\":[\"\"]}");
        Files.writeString(examples.resolve("b.ebnf"), "a ::= [a-z]+ - 'if'\n");
        Files.writeString(
                examples.resolve("b.texts.json"),
                "{\"judge\":\"t 1\",\"dialect\":\"ebnf-w3c\",\"valid\":[\"iff\"],\"invalid\":[\"if\"]}");
        List<ExampleGrammar> grammars = ExampleGrammar.readAll(examples);
        ExamplesBench bench = new ExamplesBench(
                grammars,
                new HardBench(
                        ExamplesBench.cases(grammars),
                        ByteTokens.builder().build(),
                        ByteTokens::of,
                        Settings.none(),
                        Clock.WALL,
                        100,
                        1,
                        60,
                        "two grammars"));
        View view = new BenchRunner<>(bench).run(folder, new Cancellation(), () -> {});
        assertTrue(view.isRight(), view.toString());
        assertTrue(view.toString().contains("2 of 2 grammars were read"), view.toString());
        String lark = Files.readString(folder.resolve("cases/llguidance/json.json"));
        assertTrue(lark.contains("\"kind\":\"lark\"") && lark.contains("\"texts\":[\"12\"]"), lark);
        assertTrue(Files.exists(folder.resolve("cases/xgrammar/json.json")));
    }
}
