// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.grammars;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.grammar.dialect.GrammarDialect;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.hard.Clock;
import dev.espalier.jsonschemabench.hard.HardBench;
import dev.espalier.jsonschemabench.hard.HardCase;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.ByteTokens;
import dev.espalier.jsonschemabench.run.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Grammar files with a vocabulary of bytes. */
class GrammarsBenchTest {

    @TempDir
    Path folder;

    @Test
    void everyGrammarIsComparedWithJson() throws IOException, InterruptedException {
        grammar("json.gbnf", "root ::= \"[\" (root (\",\" root)*)? \"]\"", "\"valid\": [\"[]\", \"[[],[]]\"]");
        grammar(
                "list.abnf",
                "list = item *(\",\" item)\nitem = 1*DIGIT\n",
                "\"judge\": \"eyes\", \"valid\": [\"1,23\"]");
        View view = run(List.of());
        assertTrue(view.isRight(), view::toString);
        JsonNode texts = view.toJson().path("texts");
        assertEquals("json", texts.get(0).path("grammar").asString());
        assertEquals(9, texts.get(0).path("tokens").asInt());
        assertEquals(1.0, texts.get(0).path("cold_ratio_to_json").asDouble());
        assertEquals(4, texts.get(1).path("tokens").asInt());
        assertTrue(texts.get(1).path("warm_ratio_to_json").asDouble() > 0);
        assertTrue(view.toString().contains("eyes"), view::toString);
        assertEquals(view.toString(), run(List.of()).toString(), "nothing is run twice");
        Path page = folder.resolve("report.html");
        view.page().write(page);
        assertTrue(Files.readString(page).contains("Slowest masks"));
    }

    @Test
    void otherEnginesStandBeside() throws IOException, InterruptedException {
        grammar("json.gbnf", "root ::= \"[\" root? \"]\"", "\"valid\": [\"[]\"]");
        grammar("list.abnf", "list = 1*DIGIT\n", "\"valid\": [\"1\"]");
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("settings.json"), "{\"engine\": \"another 1.0\"}");
        String times = "{\"count\": 1, \"sum\": 64000, \"max\": 64000, \"buckets\": [639, 1]}";
        Files.writeString(other.resolve("results.jsonl"), """
                {"id": "json", "kind": "lark", "end": "read", "reasons": [], "source_bytes": 9, "tokens": 1, "compile_us": 1.5,\
                 "first_mask_us": 2500.0, "growth": 0, "histograms": {"mask_ns": %1$s, "commit_ns": %1$s, "again_ns": %1$s}}
                {"id": "list", "end": "refused", "reasons": [{"pointer": "#", "keyword": "a", "reason": "no such rule"}]}
                {"summary": {"cases": 1}}
                """.formatted(times));
        OtherEngine read = OtherEngine.read(other);
        assertEquals("another 1.0", read.name());
        View view = run(List.of(read));
        assertTrue(view.isRight(), "what another engine does not read is not wrong here");
        assertTrue(view.toString().contains("another 1.0: list refused: no such rule"), view::toString);
        assertTrue(view.toString().contains("64.00"), view::toString);
        assertTrue(view.toString().contains("2.50"), view::toString);
        assertThrows(InvalidInputException.class, () -> OtherEngine.read(folder.resolve("nowhere")));
    }

    @Test
    void aTextThatIsRefusedIsWrongAndTold() throws IOException, InterruptedException {
        grammar("list.abnf", "list = 1*DIGIT\n", "\"valid\": [\"1\", \"1a\"]");
        View view = run(List.of());
        assertFalse(view.isRight());
        assertTrue(view.toString().contains("list failed: token 1 of a text"), view::toString);
    }

    @Test
    void aNotationIsNamedWhereTheExtensionDoesNotSayIt() throws IOException {
        grammar("one.ebnf", "one ::= [0-9]+", "\"dialect\": \"ebnf-w3c\", \"valid\": [\"1\"]");
        HardCase one = GrammarFiles.read(GrammarFiles.in(folder)).cases().get(0);
        assertEquals(HardCase.Kind.EBNF_W3C, one.kind());
        assertEquals("one", one.name());
    }

    @Test
    void whatCannotBeMeasuredIsToldByName() throws IOException {
        assertThrows(InvalidInputException.class, () -> GrammarFiles.in(folder), "no grammar");
        Path alone = Files.writeString(folder.resolve("alone.gbnf"), "root ::= \"a\"");
        assertThrows(InvalidInputException.class, () -> GrammarFiles.read(List.of(alone)), "no texts");
        grammar("none.gbnf", "root ::= \"a\"", "\"valid\": []");
        grammar("odd.txt", "root ::= \"a\"", "\"valid\": [\"a\"]");
        grammar("twice.gbnf", "root ::= \"a\"", "\"valid\": [\"a\"]");
        for (String name : List.of("none.gbnf", "odd.txt")) {
            List<Path> files = List.of(folder.resolve(name));
            InvalidInputException refusal = assertThrows(InvalidInputException.class, () -> GrammarFiles.read(files));
            assertTrue(String.valueOf(refusal.getMessage()).contains(name.substring(0, name.indexOf('.'))), name);
        }
        List<Path> twice = List.of(folder.resolve("twice.gbnf"), folder.resolve("twice.gbnf"));
        assertThrows(InvalidInputException.class, () -> GrammarFiles.read(twice));
    }

    @ParameterizedTest
    @EnumSource
    void everyNotationIsAKindOfCase(GrammarDialect dialect) {
        assertEquals(dialect.name(), HardCase.Kind.of(dialect).name());
    }

    private void grammar(String name, String text, String members) throws IOException {
        Files.writeString(folder.resolve(name), text);
        String stem = name.substring(0, name.indexOf('.'));
        Files.writeString(folder.resolve(stem + ".texts.json"), "{" + members + "}");
    }

    private View run(List<OtherEngine> others) throws InterruptedException {
        HardBench files = new HardBench(
                GrammarFiles.read(GrammarFiles.in(folder)),
                ByteTokens.withEnd(),
                ByteTokens::of,
                Settings.none().with("a", 1),
                Clock.WALL,
                Integer.MAX_VALUE,
                1,
                20,
                "a test");
        return new BenchRunner<>(new GrammarsBench(files, others))
                .run(folder.resolve("out"), new Cancellation(), () -> {});
    }
}
