// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.cli.console.ExitCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is said of weights when a model of one's own is loaded. */
class ModelDirectoryCommandTest {

    private static final String MODEL = "../backends/src/test/resources/dev/espalier/backends/models/llama-wide";

    private static ConsoleRun run(String... more) {
        List<String> line = new ArrayList<>(
                List.of("generate", "--model", MODEL, "--threads", "1", "--choice", "ab,ba", "--prompt", "ab"));
        line.addAll(List.of(more));
        ConsoleRun run = ConsoleRun.of(line.toArray(String[]::new));
        assertEquals(ExitCode.DONE, run.code(), run.err());
        return run;
    }

    @Test
    void roundedWeightsAreToldOnStandardErrorAndKeptOnesAreNot() {
        String rounded = run("--precision", "int8").err();
        assertTrue(rounded.startsWith("espalier: loaded llama-wide in int8, 1 MB: 0 tensors kept, "), rounded);
        assertTrue(rounded.endsWith(" % of their largest weight\n"), rounded);
        assertEquals("", run("--precision", "f32").err());
    }

    @Test
    void statisticsSayItOfEachKindOfTensors() {
        String told = run("--precision", "int4", "--stats").err();
        assertTrue(told.contains("weights in int4, 1 MB: "), told);
        assertTrue(told.matches("(?s).*\n  F32 as int4, rounded: \\d+ tensors, 0\\.\\d MB, \\d\\.\\d\\d %\n.*"), told);
        assertTrue(told.matches("(?s).*\n  F32 as int8, rounded: [12] tensors, 0\\.\\d MB, 0\\.\\d\\d %\n.*"), told);
    }

    @Test
    void aModelThatDraftsForItselfIsRight() {
        String plain = run("--forced-text", "drawn").out();
        ConsoleRun drafted = run("--forced-text", "drawn", "--draft-model", MODEL, "--stats");
        assertEquals(plain, drafted.out());
        assertTrue(drafted.err().matches("(?s).*  (\\d+) of \\1 guessed tokens were right.*"), drafted.err());
    }

    @Test
    void aDraftModelNeedsAModelAndMustBeThere() {
        ConsoleRun alone = ConsoleRun.of("generate", "--choice", "a,b", "--prompt", "a", "--draft-model", MODEL);
        assertEquals(ExitCode.BAD_INPUT, alone.code());
        assertTrue(alone.err().contains("--draft-model drafts for a --model"), alone.err());
        ConsoleRun missing = ConsoleRun.of(
                "generate", "--model", MODEL, "--choice", "a,b", "--prompt", "a", "--draft-model", "nowhere");
        assertEquals(ExitCode.BAD_INPUT, missing.code());
        assertTrue(missing.err().contains("nowhere"), missing.err());
    }

    @Test
    void eachObjectOfJsonHasIt() {
        JsonNode weights = JsonMapper.shared()
                .readTree(run("--precision", "f32", "--json").out())
                .get("weights");
        assertEquals("float32", weights.get("precision").asString());
        assertEquals(0, weights.get("tensors").get("rounded").asInt());
        assertTrue(weights.get("tensors").get("kept").asInt() > 0);
        assertEquals(0, weights.get("largestDifference").asDouble());
        ConsoleRun embedded = ConsoleRun.of("generate", "--choice", "a,b", "--prompt", "a", "--json");
        assertFalse(JsonMapper.shared().readTree(embedded.out()).has("weights"), embedded.out());
    }
}
