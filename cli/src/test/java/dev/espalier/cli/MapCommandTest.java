// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.espalier.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MapCommandTest {

    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\",\"maxLength\":12}},\"required\":[\"name\"],\"additionalProperties\":false}";

    @TempDir
    private Path folder;

    private Path input = Path.of("");

    @BeforeEach
    void rows() throws IOException {
        assumeTrue(
                MapCommandTest.class.getResource("/dev/espalier/sprig/tokenizer.json") != null,
                "the embedded model is not among the resources");
        input = folder.resolve("rows.jsonl");
        Files.write(input, lines());
    }

    private static List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            lines.add("{\"id\":\"k" + i + "\",\"text\":\"Name: "
                    + List.of("Ada", "Kurt", "Emmy").get(i % 3) + " " + i + "\"}");
        }
        return lines;
    }

    private ConsoleRun map(String... more) {
        List<String> line = new ArrayList<>(List.of(
                "map",
                input.toString(),
                "--schema",
                SCHEMA,
                "--threads",
                "1",
                "--key-member",
                "id",
                "--max-tokens",
                "60"));
        line.addAll(List.of(more));
        return ConsoleRun.of(line.toArray(String[]::new));
    }

    private static Map<String, JsonNode> results(String lines) {
        Map<String, JsonNode> results = new HashMap<>();
        for (String line : lines.strip().split("\n")) {
            JsonNode node = JsonMapper.shared().readTree(line);
            results.put(node.get("key").asString(), node);
        }
        return results;
    }

    @Test
    void eachRowHasOneResultInItsPlace() {
        ConsoleRun run = map("-n", "4");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        List<String> keys = run.out()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line).get("key").asString())
                .toList();
        assertEquals(List.of("k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8"), keys);
        assertTrue(run.out().lines().allMatch(line -> line.contains("\"outcome\":\"complete\",\"value\":{\"name\":")));
    }

    @Test
    void aKeyDecidesItsRandomChoicesWhereverItStands() throws IOException {
        Map<String, JsonNode> all = results(map("--temperature", "1", "-n", "1").out());
        List<String> shuffled = new ArrayList<>(lines());
        Collections.shuffle(shuffled, new Random(3));
        Files.write(input, shuffled);
        assertEquals(all, results(map("--temperature", "1", "-n", "1").out()));
    }

    @Test
    void wrongRowsHaveResultsToo() throws IOException {
        Files.write(
                input,
                List.of(
                        "{",
                        "[1]",
                        "{\"id\":\"c\"}",
                        "{\"text\":\"a\"}",
                        "",
                        "{\"id\":\"e\",\"text\":\"Name: Ada\"}",
                        "{\"id\":7,\"text\":3}"));
        ConsoleRun run = map();
        assertEquals(ExitCode.NOT_VALID, run.code());
        Map<String, JsonNode> results = results(run.out());
        assertEquals(
                List.of("1", "2", "4", "7", "c", "e"),
                results.keySet().stream().sorted().toList());
        assertEquals(
                "complete",
                Objects.requireNonNull(results.get("e")).get("outcome").asString());
        assertEquals(
                "line 3 has no text \"text\"",
                Objects.requireNonNull(results.get("c")).get("error").asString());
        assertTrue(run.err().contains("5 of 6 rows have no value"), run.err());
    }

    @Test
    void aRunThatWasBrokenOffGoesOn() throws IOException {
        Path whole = folder.resolve("whole.jsonl");
        assertEquals(ExitCode.DONE, map("--out", whole.toString()).code());
        String all = Files.readString(whole);
        Path cut = folder.resolve("cut.jsonl");
        for (int length : new int[] {0, 10, all.indexOf('\n') + 1, all.length() / 2, all.length()}) {
            Files.writeString(cut, all.substring(0, length));
            ConsoleRun run = map("--out", cut.toString(), "--resume");
            assertEquals(ExitCode.DONE, run.code(), run.err());
            assertEquals(all, Files.readString(cut));
        }
        assertEquals(ExitCode.BAD_INPUT, map("--out", cut.toString()).code());
        Files.writeString(cut, "{\"key\":\"other\",\"outcome\":\"complete\"}\n");
        assertEquals(
                ExitCode.BAD_INPUT, map("--out", cut.toString(), "--resume").code());
        assertEquals(ExitCode.BAD_INPUT, map("--resume").code());
        assertEquals(ExitCode.BAD_INPUT, map("-n", "0").code());
    }
}
