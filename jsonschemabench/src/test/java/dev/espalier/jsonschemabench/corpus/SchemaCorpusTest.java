// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCorpusTest {

    @TempDir
    Path folder;

    @Test
    void linesWithoutAnIdAreNamedByFileAndNumber() throws IOException {
        Path one = file("one.jsonl", "{\"schema\": {}}\n\n{\"schema\": {}}\n");
        Path two = file("two.jsonl", "{\"schema\": {}}\n{\"schema\": ");
        assertEquals(List.of("one.jsonl:1", "one.jsonl:3", "two.jsonl:1", "two.jsonl:2"), ids(one, two));
        assertEquals(List.of("two.jsonl:1", "two.jsonl:2"), ids(two));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\": \"a/x---é\", \"schema\": {\"id\": \"no\"}} | a/x---é",
                "{\"schema\": {\"id\": \"no\"}, \"id\": \"a/x\"} | a/x",
                "{ \"id\" : \"a/x\", \"schema\": {}} | a/x",
                "{\"id\": \"a\\u002fx\", \"schema\": {}} | a/x",
                "{\"id\": \"\", \"schema\": {}} | one.jsonl:1",
                "{\"id\": 5, \"schema\": {}} | one.jsonl:1"
            })
    void theSchemaHasTheIdThatTheCorpusKnowsItBy(String line, String id) throws IOException {
        SchemaCorpus corpus = SchemaCorpus.read(List.of(file("one.jsonl", line)));
        assertEquals(id, corpus.id(0));
        assertEquals(id, corpus.schema(0).id());
    }

    @Test
    void theIdOfAFileOfItsOwnIsItsName() throws IOException {
        SchemaCorpus corpus = SchemaCorpus.read(List.of(file("One---a.json", "{\"id\": \"other\", \"schema\": {}}")));
        assertEquals("maskbench/data/One---a.json", corpus.id(0));
        assertEquals(corpus.id(0), corpus.schema(0).id());
    }

    @Test
    void whatIsNotUtf8IsOneSchemaThatCannotBeRead() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("One---a.json"), "{\"schema\": {}}");
        Files.write(
                data.resolve("One---b.json"), "{\"schema\": {\"const\": \"é\"}}".getBytes(StandardCharsets.ISO_8859_1));
        Files.write(
                data.resolve("two.jsonl"),
                "{\"schema\": {\"const\": \"é\"}}\n{\"schema\": {}}".getBytes(StandardCharsets.ISO_8859_1));
        SchemaCorpus corpus = SchemaCorpus.read(List.of(data));
        assertEquals(4, corpus.size());
        assertEquals("{}", corpus.schema(0).schema());
        for (int i : new int[] {1, 2}) {
            String message = assertThrows(InvalidInputException.class, () -> corpus.schema(i))
                    .getMessage();
            assertTrue(String.valueOf(message).startsWith(corpus.id(i) + ": not UTF-8"), message);
        }
        assertEquals("{}", corpus.schema(3).schema());
    }

    @Test
    void aSchemaThatIsNamedTwiceCountsOnce() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path file = Files.writeString(data.resolve("One---a.json"), "{\"schema\": {}}");
        assertEquals(1, SchemaCorpus.read(List.of(data, file)).size());
    }

    @Test
    void differentSchemasOfOneIdAreRefused() throws IOException {
        Path one = file("one.jsonl", "{\"id\": \"x\", \"schema\": {}}\n{\"id\": \"x\", \"schema\": true}");
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> SchemaCorpus.read(List.of(one)));
        assertTrue(String.valueOf(refused.getMessage()).contains("two schemas have the id x"), refused.getMessage());
    }

    @Test
    void aDamagedArchiveIsNamed() throws IOException {
        Path file = Files.write(folder.resolve("one.jsonl.gz"), new byte[] {31, (byte) 139, 8, 0, 0});
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> SchemaCorpus.read(List.of(file)));
        assertTrue(String.valueOf(refused.getMessage()).contains("one.jsonl.gz"), refused.getMessage());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<String> ids(Path... files) {
        SchemaCorpus corpus = SchemaCorpus.read(List.of(files));
        return IntStream.range(0, corpus.size()).mapToObj(corpus::id).toList();
    }
}
