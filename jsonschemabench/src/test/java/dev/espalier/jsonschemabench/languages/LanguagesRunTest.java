// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.languages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.ByteTokens;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.jsonschemabench.run.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Texts of languages with a vocabulary of bytes. */
class LanguagesRunTest {

    @TempDir
    Path folder;

    @Test
    void everyTokenIsTimedAndTheSummaryIsTheLastLine() throws IOException {
        LanguageText json = LanguageText.generated(Language.JSON, 500, 1);
        LanguageText xml = new LanguageText(Language.XML, "by hand", "<a>\n</a>");
        View summary = run(new Cancellation(), json, xml);
        assertTrue(summary.isRight(), summary.toString());
        LanguageResult first = result(0);
        int bytes = json.text().getBytes(StandardCharsets.UTF_8).length;
        assertEquals(bytes, first.tokens());
        assertEquals(bytes, first.steps().count());
        assertEquals(TextReading.PARTS, first.parts().size());
        assertEquals(
                bytes,
                first.parts().stream().mapToInt(LanguageResult.Part::tokens).sum());
        assertTrue(first.mostNodes() > 0 && first.stacks().mostTops() > 0);
        assertEquals(8, result(1).steps().count());
        List<String> lines = Files.readAllLines(folder.resolve("results.jsonl"));
        assertEquals(3, lines.size());
        assertEquals(lines.get(0), first.toJson(), "what is written is read again");
        assertEquals(
                summary.toJson().toString(),
                JsonMapper.shared().readTree(lines.get(2)).path("summary").toString());
        assertTrue(summary.toString().contains("xml (by hand)"), summary.toString());
        Path page = folder.resolve("report.html");
        summary.page().write(page);
        assertTrue(Files.readString(page).contains("Mask and commit by position"));
    }

    @Test
    void aTextOutsideItsLanguageIsToldWithThePlace() throws IOException {
        View summary = run(
                new Cancellation(),
                new LanguageText(Language.JSON, "by hand", "[1,]"),
                new LanguageText(Language.SQL, "by hand", "SELECT 1"));
        assertEquals(2, summary.toJson().path("failed").asInt());
        assertTrue(summary.toString().contains("token 3 of 4 is refused"), summary.toString());
        assertTrue(summary.toString().contains("the text may not end where it does"), summary.toString());
        assertEquals(3, result(0).steps().count());
    }

    @Test
    void aRunGoesOnWhereItWas() throws IOException {
        LanguageText json = LanguageText.generated(Language.JSON, 100, 1);
        run(new Cancellation(), json);
        String line = Files.readAllLines(folder.resolve("results.jsonl")).get(0);
        run(new Cancellation(), json, LanguageText.generated(Language.EXPRESSION, 50, 1));
        assertTrue(Files.readAllLines(folder.resolve("results.jsonl")).contains(line));
        Cancellation stop = new Cancellation();
        stop.cancel();
        assertEquals(
                2,
                run(stop, LanguageText.generated(Language.JAVA, 100, 1))
                        .toJson()
                        .path("languages")
                        .asInt());
    }

    @Test
    void filesOfAFolderAreReadOneAfterTheOther() throws IOException {
        Files.writeString(folder.resolve("b.sql"), "SELECT 2;");
        Files.createDirectories(folder.resolve("target"));
        Files.writeString(folder.resolve("target/c.sql"), "SELECT 3;");
        Files.createDirectories(folder.resolve("a"));
        Files.writeString(folder.resolve("a/a.sql"), "SELECT 1;");
        assertEquals(
                "SELECT 1;\nSELECT 2;\n",
                LanguageText.read(Language.SQL, folder, 1000).text());
        assertEquals("SELECT 1;\n", LanguageText.read(Language.SQL, folder, 5).text());
        assertEquals(
                "SELECT 2;",
                LanguageText.read(Language.SQL, folder.resolve("b.sql"), 5).text());
        assertThrows(InvalidInputException.class, () -> LanguageText.read(Language.XML, folder, 5));
        assertThrows(InvalidInputException.class, () -> LanguageText.read(Language.JAVA, folder, 5));
        assertThrows(InvalidInputException.class, () -> LanguageText.read(Language.XML, folder.resolve("d.xml"), 5));
        assertThrows(InvalidInputException.class, () -> Language.parse("cobol"));
    }

    @Test
    void validInstancesOfACorpusAreOneArray() throws IOException {
        Path file = folder.resolve("some.jsonl");
        Files.writeString(file, """
                {"id": "a", "schema": {}, "tests": [{"valid": true, "data": {"x": 1}}, {"valid": false, "data": 7}]}
                {"id": "b", "schema": {}, "tests": [{"valid": true, "data": [2]}]}
                """);
        String text =
                LanguageText.documents(SchemaCorpus.read(List.of(file)), 1000).text();
        assertTrue(text.contains("{\"x\": 1}") && text.contains("[2]") && !text.contains("7"), text);
        JsonNode array = JsonMapper.shared().readTree(text);
        assertEquals(2, array.size());
    }

    private View run(Cancellation stop, LanguageText... texts) {
        AtomicInteger steps = new AtomicInteger();
        LanguagesBench bench = new LanguagesBench(
                List.of(texts), ByteTokens.builder().build(), ByteTokens::of, 2, 60, Settings.none(), "Some.");
        try {
            View view = new BenchRunner<>(bench).run(folder, stop, steps::incrementAndGet);
            assertEquals(stop.isRequested() ? 0 : texts.length, steps.get());
            return view;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The result of a line of the file. */
    private LanguageResult result(int line) throws IOException {
        String text = Files.readAllLines(folder.resolve("results.jsonl")).get(line);
        return ResultJson.read(JsonMapper.shared().readTree(text), LanguageResult.class);
    }
}
