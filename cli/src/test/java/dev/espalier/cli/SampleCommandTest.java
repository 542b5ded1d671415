// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.espalier.cli.console.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code espalier sample} with the embedded model. */
class SampleCommandTest {

    private static final Set<String> CHOICE = Set.of("red", "green", "blue");

    @TempDir
    Path folder = Path.of("");

    private static ConsoleRun sample(String... more) {
        String[] line = new String[more.length + 5];
        System.arraycopy(
                new String[] {"sample", "--choice", "red,green,blue", "--prompt", "The sky is "}, 0, line, 0, 5);
        System.arraycopy(more, 0, line, 5, more.length);
        return ConsoleRun.of(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"masked", "asap", "smc", "mcmc", "aprad", "exact"})
    void everySamplerWritesWhatIsAllowed(String sampler) {
        ConsoleRun run = sample("--sampler", sampler, "-n", "3");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        assertTrue(run.out().lines().count() >= 3, run.out());
        assertTrue(run.out().lines().allMatch(CHOICE::contains), run.out());
        assertTrue(run.err().contains("questions to the model"), run.err());
    }

    @Test
    void theBestTextsComeFirst() {
        List<JsonNode> lines = sample("--sampler", "beam", "-n", "3", "--json").json();
        for (int i = 1; i < lines.size() - 1; i++) {
            assertTrue(lines.get(i).path("logProbability").doubleValue()
                    <= lines.get(i - 1).path("logProbability").doubleValue());
        }
        assertEquals(
                "heuristic",
                lines.get(lines.size() - 1).path("summary").path("guarantee").stringValue());
        assertEquals(
                ExitCode.BAD_INPUT,
                sample("--sampler", "beam", "--beams", "3", "-n", "4").code());
        assertEquals(
                ExitCode.BAD_INPUT,
                sample("--sampler", "exact", "--groups", "2").code());
    }

    @Test
    void machinesGetASampleALineAndASummary() {
        List<JsonNode> lines = sample("--sampler", "exact", "-n", "4", "--json").json();
        assertEquals(5, lines.size());
        JsonNode summary = lines.get(4).path("summary");
        assertEquals("exact", summary.path("guarantee").stringValue());
        for (JsonNode line : lines.subList(0, 4)) {
            assertTrue(CHOICE.contains(line.path("text").stringValue()));
            assertEquals(
                    summary.path("logEvidence").doubleValue(),
                    line.path("logWeight").doubleValue(),
                    1e-9);
            assertEquals("restricted", line.path("target").stringValue());
        }
    }

    @Test
    void weightsComeBeforeTheTexts() {
        String line = sample("-n", "1", "--weights").out().strip();
        String[] parts = line.split("\t");
        assertTrue(Double.parseDouble(parts[0]) < 0, line);
        assertTrue(CHOICE.contains(parts[1]), line);
    }

    @Test
    void theSameSeedGivesTheSameSamples() {
        assertEquals(
                sample("-n", "6", "--seed", "4").out(),
                sample("-n", "6", "--seed", "4").out());
    }

    @Test
    void aConditionIsAskedTokenByToken() {
        ConsoleRun run = sample("--sampler", "awrs", "--where", "[a-z]{4,5}", "-n", "12", "--json");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        List<JsonNode> lines = run.json();
        for (JsonNode line : lines.subList(0, 12)) {
            assertTrue(
                    !line.path("complete").booleanValue()
                            || Set.of("green", "blue")
                                    .contains(line.path("text").stringValue()),
                    line.toString());
        }
        assertTrue(lines.get(12).path("summary").path("predicateCalls").longValue() > 0);
    }

    @Test
    void whatWasLearnedIsKeptAndReadAgain() throws Exception {
        Path file = folder.resolve("learned.bin");
        ConsoleRun first = sample("--sampler", "asap", "-n", "60", "--learned", file.toString(), "--json");
        assertEquals(ExitCode.DONE, first.code(), first.err());
        assertTrue(Files.size(file) > 0);
        ConsoleRun second = sample("--sampler", "asap", "-n", "60", "--learned", file.toString(), "--json");
        assertEquals(ExitCode.DONE, second.code(), second.err());
        // once all is learned, each weight is Z
        assertTrue(spread(first) > 1e-3, first.out());
        assertEquals(0, spread(second), 1e-6, second.out());
        ConsoleRun other = ConsoleRun.of(
                "sample", "--choice", "a,b", "--prompt", "x", "--sampler", "asap", "--learned", file.toString());
        assertEquals(ExitCode.BAD_INPUT, other.code(), other.err());
    }

    @Test
    void whatCannotBeWrittenIsToldBeforeAnythingIsSampled() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self"))); // a folder in which nobody can make a file
        ConsoleRun run = sample("--sampler", "asap", "-n", "3", "--learned", "/proc/self/learned.bin");
        assertEquals(ExitCode.BAD_INPUT, run.code(), run.err());
        assertEquals("", run.out());
        assertTrue(run.err().contains("cannot be written"), run.err());
    }

    @Test
    void aFolderThatIsNotThereIsToldBeforeAnythingIsSampled() {
        ConsoleRun run = sample(
                "--sampler",
                "asap",
                "--learned",
                folder.resolve("none/learned.bin").toString());
        assertEquals(ExitCode.BAD_INPUT, run.code(), run.err());
        assertEquals("", run.out());
        assertTrue(run.err().contains("cannot be written"), run.err());
        assertFalse(run.err().contains("questions to the model"), run.err());
    }

    @Test
    void noWeightAboveZeroIsNotCalledAProbability() {
        ConsoleRun run = sample("-n", "2", "--max-tokens", "0");
        assertEquals(ExitCode.NOT_VALID, run.code());
        assertFalse(run.err().contains("Infinity"), run.err());
        assertTrue(run.err().contains("no text of a weight above 0"), run.err());
    }

    @Test
    void probabilitiesBelowDoublePrecisionAreWritten() {
        ConsoleRun run =
                ConsoleRun.of("sample", "--regex", "(q7\\}~){40}", "--prompt", "x", "--temperature", "0.2", "-n", "1");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        assertTrue(run.err().contains("probability of about 10^-"), run.err());
    }

    private static double spread(ConsoleRun run) {
        DoubleSummaryStatistics weights = run.json().stream()
                .filter(line -> line.has("logWeight"))
                .mapToDouble(line -> line.path("logWeight").doubleValue())
                .summaryStatistics();
        return weights.getMax() - weights.getMin();
    }

    @Test
    void runsAreBounded() {
        ConsoleRun run = sample("--sampler", "rejection", "-n", "5", "--max-runs", "3", "--max-tokens", "20");
        assertEquals(ExitCode.NOT_VALID, run.code());
        assertTrue(run.err().contains("3 texts begun"), run.err());
    }

    @Test
    void optionsOfOtherSamplersAreRefused() {
        for (String[] options : List.of(
                new String[] {"--particles", "3"},
                new String[] {"--sampler", "smc", "--steps", "3"},
                new String[] {"--sampler", "exact", "--learned", "x"},
                new String[] {"--sampler", "awrs"},
                new String[] {"--sampler", "best"},
                new String[] {"-n", "0"},
                new String[] {"--weights", "--json"},
                new String[] {"--temperature", "0"})) {
            ConsoleRun run = sample(options);
            assertEquals(ExitCode.BAD_INPUT, run.code(), String.join(" ", options) + run.err());
            assertFalse(run.err().contains("internal error"), run.err());
        }
    }
}
