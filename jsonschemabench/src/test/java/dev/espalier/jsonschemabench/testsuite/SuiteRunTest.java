// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.testsuite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.run.Workers;
import dev.espalier.schemas.options.Draft;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A suite of a few tests in a folder and in an archive. */
class SuiteRunTest {

    private static final String SIZES = """
            [{"description": "bounds", "schema": {"maximum": 3},
              "tests": [{"description": "below", "data": 2.50, "valid": true},
                        {"description": "above <b>", "data": 3.50, "valid": true},
                        {"description": "far above", "data": 4, "valid": false}]},
             {"description": "nothing", "schema": false,
              "tests": [{"description": "any", "data": {"b": 1, "a": 1}, "valid": false}]},
             {"description": "no schema", "schema": {"type": 7},
              "tests": [{"description": "any", "data": 1, "valid": true}]}]
            """;

    private static final String DATES = """
            [{"description": "date", "schema": {"format": "date"},
              "tests": [{"description": "no date", "data": "2024-13-01", "valid": %s}]}]
            """;

    @TempDir
    Path folder;

    @Test
    void eachTestHasItsVerdict() throws IOException, InterruptedException {
        SuiteView summary = run(suite(), EnumSet.of(Draft.DRAFT_7));
        JsonNode counts = summary.view("").toJson();
        assertEquals(7, counts.path("tests").asInt());
        assertEquals(5, counts.path("pass").asInt());
        assertEquals(1, counts.path("wrong_refuse").asInt(), "the one that the suite itself has wrong");
        assertEquals(1, counts.path("refused").asInt());
        assertTrue(counts.path("refused_for").has("syntax"));
        String text = summary.view("").toString();
        assertTrue(text.contains("wrong_refuse  draft7/size.json: bounds: above <b>"), text);
    }

    @Test
    void formatsAreAssertedWhereTheSuiteSaysSo() throws IOException, InterruptedException {
        SuiteView summary = run(suite(), EnumSet.of(Draft.DRAFT_7));
        JsonNode parts = summary.view("").toJson().path("parts");
        assertEquals(1, parts.path("draft7 optional/format").path("pass").asInt());
        assertEquals(1, parts.path("draft7 optional").path("pass").asInt());
    }

    @Test
    void anArchiveIsReadAsItsFolder() throws IOException, InterruptedException {
        Path clone = suite();
        Path archive = folder.resolve("suite.tar.gz");
        try (OutputStream file = Files.newOutputStream(archive);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
            for (String name : SuiteFiles.read(clone).texts().keySet()) {
                byte[] bytes = Files.readAllBytes(clone.resolve(name));
                TarArchiveEntry entry = new TarArchiveEntry("some-suite/" + name);
                entry.setSize(bytes.length);
                tar.putArchiveEntry(entry);
                tar.write(bytes);
                tar.closeArchiveEntry();
            }
        }
        assertEquals(SuiteFiles.read(clone), SuiteFiles.read(archive));
        assertEquals(
                run(clone, EnumSet.allOf(Draft.class)).view("").toJson(),
                run(archive, EnumSet.allOf(Draft.class)).view("").toJson());
    }

    @Test
    void remotesHaveTheSuitesAddress() throws IOException {
        assertEquals(
                Set.of("http://localhost:1234/draft7/a.json"),
                SuiteFiles.read(suite()).remotes().keySet());
    }

    @Test
    void everyTestHasALineAndTheSummaryIsTheLast() throws IOException, InterruptedException {
        SuiteView summary = run(suite(), EnumSet.of(Draft.DRAFT_7));
        summary.write(folder.resolve("out"));
        List<String> lines = Files.readAllLines(folder.resolve("out/results.jsonl"));
        assertEquals(8, lines.size());
        JsonNode wrong = lines.stream()
                .map(line -> JsonMapper.shared().readTree(line))
                .filter(line -> line.path("verdict").asString("").equals("wrong_refuse"))
                .findFirst()
                .orElseThrow();
        assertEquals("3.50", wrong.path("data").asString());
        assertEquals(
                summary.view("").toJson().toString(),
                JsonMapper.shared().readTree(lines.get(7)).path("summary").toString());
        Path page = folder.resolve("out/report.html");
        summary.view("setting").page().write(page);
        assertTrue(Files.readString(page).contains("above &lt;b&gt;"));
    }

    @Test
    void whatIsNoSuiteIsRefused() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThrows(InvalidInputException.class, () -> SuiteFiles.read(empty));
        assertThrows(InvalidInputException.class, () -> SuiteFiles.read(folder.resolve("none.tar.gz")));
        Path suite = suite();
        assertThrows(
                InvalidInputException.class,
                () -> new SuiteRun(suite, EnumSet.of(Draft.DRAFT_2019_09), Limits.DEFAULT));
    }

    private static SuiteView run(Path data, Set<Draft> drafts) throws InterruptedException {
        return new SuiteRun(data, drafts, Limits.DEFAULT).run(new Workers(2, new Cancellation()), () -> {});
    }

    private Path suite() throws IOException {
        Path suite = folder.resolve("suite");
        write(suite, "tests/draft7/size.json", SIZES);
        write(suite, "tests/draft7/optional/date.json", String.format(DATES, true));
        write(suite, "tests/draft7/optional/format/date.json", String.format(DATES, false));
        write(suite, "tests/draft6/size.json", SIZES);
        write(suite, "remotes/draft7/a.json", "{\"type\": \"integer\"}");
        write(suite, "README.json", "{}");
        return suite;
    }

    private static void write(Path suite, String name, String text) throws IOException {
        Path file = suite.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
