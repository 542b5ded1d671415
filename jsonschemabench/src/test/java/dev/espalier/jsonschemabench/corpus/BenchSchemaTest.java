// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.core.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchSchemaTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "maskbench/data/Github_easy---o1.json,Github_easy",
        "maskbench/data/BFCL_parallel_multiple_7.json,BFCL",
        "plain.json,''"
    })
    void theIdNamesTheDataSet(String id, String dataset) {
        assertEquals(dataset, new BenchSchema(id, "{}", List.of()).dataset());
    }

    @Test
    void aCloneOfTheRepositoryIsReadAsItStands() throws IOException {
        Path data = Files.createDirectories(folder.resolve("clone/maskbench/data"));
        Files.writeString(folder.resolve("clone/package.json"), "{}");
        Files.writeString(data.resolve("One---a.json"), """
                {
                  "description": "x",
                  "meta": {"full_size": 3},
                  "schema": { "maximum": 1.50,
                              "b": 1, "a": 2 },
                  "tests": [
                    { "description": "t", "valid": true, "data": { "z": 1e2, "a": "\\u00e9" } },
                    { "description": "u", "valid": false, "data": [ ] }
                  ]
                }
                """);
        SchemaCorpus corpus = SchemaCorpus.read(List.of(folder.resolve("clone")));
        assertEquals(1, corpus.size());
        assertEquals("maskbench/data/One---a.json", corpus.id(0));
        BenchSchema schema = corpus.schema(0);
        assertEquals("{\"maximum\":1.50,\"b\":1,\"a\":2}", schema.schema().replaceAll("\\s", ""));
        assertEquals("{ \"z\": 1e2, \"a\": \"\\u00e9\" }", schema.tests().get(0).data());
        assertEquals("[ ]", schema.tests().get(1).data());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[1]", "{\"schema\": ", "{\"schema\": {}, \"tests\": {}}", "{\"tests\": []}", "''"})
    void whatIsNoSchemaWithTestsIsRefused(String text) {
        assertThrows(InvalidInputException.class, () -> BenchSchema.read(text, "x"));
    }
}
