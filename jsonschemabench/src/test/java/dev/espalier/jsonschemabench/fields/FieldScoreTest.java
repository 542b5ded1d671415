// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.fields;

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
import tools.jackson.databind.json.JsonMapper;

class FieldScoreTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\'',
            value = {
                "{\"a\":1,\"b\":\"x\"}; {\"a\":1.0,\"b\":\"y\",\"c\":3}; 1; 2",
                "{\"a\":[1,2,3]}; {\"a\":[1,3]}; 1; 3",
                "{\"a\":{\"b\":null,\"c\":true}}; {\"a\":{\"b\":null,\"c\":\"true\"}}; 1; 2",
                "{\"a\":1}; 7; 0; 1",
                "\"x\"; \"x\"; 1; 1"
            })
    void leavesCountWhereTheyStandAndByTheirValue(String expected, String actual, int right, int fields) {
        JsonMapper json = JsonMapper.shared();
        assertEquals(new FieldScore(right, fields), FieldScore.of(json.readTree(expected), json.readTree(actual)));
    }

    @Test
    void casesAreReadOneALine(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("cases.jsonl"), """
                {"id":"one","schema":{"type":"object"},"text":"é","expected":{"a":1}}

                """);
        List<FieldCase> cases = FieldCase.read(file);
        assertEquals(1, cases.size());
        assertEquals("{\"type\":\"object\"}", cases.get(0).schema());
        assertThrows(InvalidInputException.class, () -> FieldCase.read(folder.resolve("none.jsonl")));
    }
}
