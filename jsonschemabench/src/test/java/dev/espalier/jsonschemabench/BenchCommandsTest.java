// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.cli.EspalierCommand;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.core.testing.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The harness' commands as the command line finds and runs them. */
class BenchCommandsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private static final List<String> COMMANDS = List.of(
            "cold",
            "compare",
            "drafts",
            "endtoend",
            "generate",
            "grammars",
            "hard",
            "hostile",
            "infill",
            "maskbench",
            "micro",
            "quality",
            "reload",
            "samplers",
            "scale",
            "soak",
            "sprig",
            "testsuite",
            "tools",
            "unseen");

    @Test
    void helpNamesEveryCommandAndHasExamplesOfEach() {
        assertEquals(ExitCode.DONE, run("bench", "--help"));
        String all = text(out);
        for (String name : COMMANDS) {
            assertTrue(all.contains("  " + name + " "), name);
            String help = help(name);
            assertTrue(help.contains("Examples:"), name);
            assertTrue(help.substring(help.indexOf("Examples:")).contains("espalier bench " + name + " "), name);
        }
    }

    private String help(String command) {
        out.reset();
        assertEquals(ExitCode.DONE, run("bench", command, "--help"));
        return text(out);
    }

    @ParameterizedTest
    @CsvSource({
        "--out,where results and report are written",
        "--seed,'decides all random choices: what is sampled, generated and drawn (default: 1)'",
        "--threads,threads that work at a time (default",
        "--tokenizer,'tokenizer.json, plain or gzipped'"
    })
    void anOptionOfSeveralCommandsIsDescribedAlike(String option, String description) {
        // where it is another thing: required nowhere, many files, threads of a forward pass
        List<String> others = List.of(
                "hard --out",
                "testsuite --out",
                "drafts --threads",
                "endtoend --threads",
                "quality --threads",
                "unseen --seed");
        int found = 0;
        for (String command : COMMANDS) {
            String help = help(command).replaceAll("\\s+", " ");
            if (help.contains(" " + option + "=") && !others.contains(command + " " + option)) {
                assertTrue(help.contains(description), command + ": " + help);
                found++;
            }
        }
        assertTrue(found > 3, found + " commands with " + option);
    }

    @ParameterizedTest
    @CsvSource({"cold", "endtoend", "grammars", "hard", "maskbench", "micro", "scale", "soak", "tools"})
    void aTokenizerThatIsNotThereIsToldAlike(String command, @TempDir Path folder) throws IOException {
        String out = folder.resolve("out").toString();
        List<String> line = new ArrayList<>(List.of("bench", command, "--tokenizer", "no such file", "--out", out));
        if (command.equals("maskbench") || command.equals("scale")) {
            Path corpus = Files.writeString(
                    folder.resolve("a.jsonl"), "{\"id\": \"a---b\", \"schema\": true, \"tests\": []}\n");
            line.addAll(List.of("--data", corpus.toString()));
        }
        assertEquals(ExitCode.BAD_INPUT, run(line.toArray(String[]::new)));
        assertEquals(
                "espalier: no such file: no such file, or it cannot be read",
                text(err).trim());
    }

    @Test
    void badUsageIsToldApart() {
        assertEquals(ExitCode.BAD_INPUT, run("bench"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "maskbench"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "compare", "--out", "x"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "compare", "no such file", "--out", "x"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "hard"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "hard", "--write-cases", "x", "--only", "no such case"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "hostile", "--data", "no such folder"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "endtoend"));
        assertEquals(
                ExitCode.BAD_INPUT, run("bench", "endtoend", "--without-sprig", "--tokenizer", "no", "--out", "no/x"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "grammars"));
        String[] unknown = {"bench", "grammars", "--tokenizer", "x", "--out", "x", "--languages", "cobol"};
        assertEquals(ExitCode.BAD_INPUT, run(unknown));
        String[] empty = {"bench", "grammars", "--tokenizer", "x", "--out", "x", "--grammars", "no such folder"};
        assertEquals(ExitCode.BAD_INPUT, run(empty));
        String[] alone = {"bench", "grammars", "--tokenizer", "x", "--out", "x", "--beside", "x"};
        assertEquals(ExitCode.BAD_INPUT, run(alone));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "infill"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "infill", "--out", "x", "--models", "none"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "infill", "--out", "x", "--strategies", "none"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "infill", "--out", "x", "--policy", "none"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "infill", "--out", "x", "--data", "no such file"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "micro"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "micro", "--tokenizer", "no such file", "--out", "x"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "quality"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "quality", "--out", "x", "--tasks", "poetry"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "quality", "--out", "x", "--ways", "slowly"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "quality", "--out", "x", "--only-beside"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "quality", "--out", "x", "--model", "no such file"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "quality", "--out", "x", "--llama-cpp", "libllama.so"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "quality", "--write-prompts", "x", "--model", "no such file"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "samplers"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "samplers", "--out", "x", "--data", "no such folder"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "samplers", "--out", "x", "--schemas", "no such file"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "sprig", "--data", "no such file"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "testsuite", "--data", "no such file"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "testsuite", "--data", "x", "--draft", "5"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "generate", "--data", "no such file", "--out", "x"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "generate", "--data", "x", "--out", "x", "--limit", "0"));
    }

    @ParameterizedTest
    @CsvSource({
        "maskbench,--limit",
        "maskbench,--threads",
        "maskbench,--seconds",
        "drafts,--batch",
        "drafts,--lengths",
        "drafts,--rounds",
        "endtoend,--batch",
        "endtoend,--parameters",
        "endtoend,--rounds",
        "endtoend,--seconds",
        "endtoend,--texts",
        "generate,--limit",
        "generate,--threads",
        "generate,--schema-seconds",
        "generate,--max-tokens",
        "testsuite,--threads",
        "testsuite,--seconds",
        "hard,--max-tokens",
        "hard,--runs",
        "hard,--seconds",
        "hostile,--machines",
        "grammars,--size",
        "grammars,--readings",
        "grammars,--seconds",
        "infill,--limit",
        "infill,--slots",
        "infill,--steps",
        "infill,--threads",
        "infill,--timeout",
        "micro,--forks",
        "scale,--threads",
        "soak,--threads",
        "tools,--tools",
        "tools,--rounds",
        "quality,--limit",
        "quality,--threads",
        "samplers,--calls",
        "samplers,--runs",
        "samplers,--threads",
        "sprig,--limit",
        "sprig,--batch",
        "sprig,--max-tokens"
    })
    void whatMustBeAtLeastOneIsRefusedBelow(String command, String option) {
        for (String number : new String[] {"0", "-1", "many", "99999999999"}) {
            assertEquals(ExitCode.BAD_INPUT, run("bench", command, option, number), number);
            assertTrue(text(err).contains("expected a whole number of at least 1, not " + number), text(err));
            assertTrue(text(err).contains(option), text(err));
            err.reset();
        }
    }

    @Test
    void aSuiteDoesNotWriteOverResultsThatCanGoOn(@TempDir Path folder) throws IOException {
        Path tests = Files.createDirectories(folder.resolve("suite/tests/draft6"));
        Files.writeString(tests.resolve("a.json"), """
                [{"description": "d", "schema": true, "tests": [{"description": "t", "data": 1, "valid": true}]}]
                """);
        String[] line = {"bench", "testsuite", "--data", folder.resolve("suite").toString(), "--out", folder.toString()
        };
        assertEquals(ExitCode.DONE, run(line));
        assertEquals(ExitCode.DONE, run(line), "its own results are made anew");
        Files.writeString(folder.resolve("settings.json"), "{}");
        Files.writeString(folder.resolve("results.jsonl"), "kept");
        assertEquals(ExitCode.BAD_INPUT, run(line));
        assertEquals("kept", Files.readString(folder.resolve("results.jsonl")));
    }

    @Test
    void aCorpusWithFailuresEndsWithTheirListAndStatusOne() throws URISyntaxException {
        Path corpus = Path.of(
                Objects.requireNonNull(getClass().getResource("/hostile")).toURI());
        int status = run("bench", "hostile", "--data", corpus.toString(), "--only", "accept");
        assertEquals(ExitCode.NOT_VALID, status);
        assertTrue(text(out).contains("UNSAFE accepts-a-reject"), text(out));
        assertTrue(text(err).contains("hostile: 2 cases"), text(err));
        assertTrue(text(err).contains("large inputs are missing"), text(err));
    }

    @Test
    void aSuiteWithAWrongVerdictEndsWithStatusOne(@TempDir Path folder) throws IOException {
        Path file =
                Files.createDirectories(folder.resolve("suite/tests/draft6")).resolve("a.json");
        Files.writeString(file, """
                [{"description": "d", "schema": {"type": "null"}, "tests": [
                  {"description": "t", "data": null, "valid": true}, {"description": "u", "data": 1, "valid": %s}]}]
                """.formatted(false));
        String suite = folder.resolve("suite").toString();
        assertEquals(ExitCode.DONE, run("bench", "testsuite", "--data", suite, "--draft", "6", "--json"));
        assertTrue(text(out).startsWith("{\"tests\":2,\"pass\":2,"), text(out));
        Files.writeString(file, Files.readString(file).replace("false", "true"));
        String results = folder.resolve("out").toString();
        assertEquals(ExitCode.NOT_VALID, run("bench", "testsuite", "--data", suite, "--out", results));
        assertTrue(text(out).contains("wrong_refuse  draft6/a.json: d: u"), text(out));
        assertTrue(Files.exists(folder.resolve("out/report.html")));
    }

    @Test
    void canvasesAreFilledUnderGrammars(@TempDir Path folder) {
        String[] line = {
            "bench",
            "infill",
            "--out",
            folder.toString(),
            "--models",
            "uniform",
            "--strategies",
            "exact",
            "--slots",
            "16,20"
        };
        assertEquals(ExitCode.DONE, run(line));
        assertTrue(
                text(out).contains("uniform, 16 slots, exact       2        0          0    2  100.00 %"), text(out));
        assertTrue(Files.exists(folder.resolve("report.html")));
        assertTrue(text(err).contains("results.jsonl"), text(err));
    }

    @Test
    void samplersAreComparedOnAGoldenCase(@TempDir Path folder) {
        samplersAreCompared(folder, "gad", "--data", TestData.folder().toString());
    }

    @Test
    void samplersAreComparedOnWords(@TempDir Path folder) {
        samplersAreCompared(folder, "words");
    }

    private void samplersAreCompared(Path folder, String name, String... more) {
        List<String> line = new ArrayList<>(List.of("bench", "samplers", "--out", folder.toString(), "--only", name));
        line.addAll(List.of("--calls", "60,30", "--runs", "2"));
        line.addAll(List.of(more));
        assertEquals(ExitCode.DONE, run(line.toArray(String[]::new)));
        assertTrue(text(out).contains(name + ": KL divergence (nats) from the exact law"), text(out));
        assertTrue(Files.exists(folder.resolve("report.html")));
        assertTrue(text(err).contains("results.jsonl"), text(err));
        out.reset();
        line.add("--json");
        assertEquals(ExitCode.DONE, run(line.toArray(String[]::new)));
        assertTrue(
                text(out).startsWith("{\"cases\":{\"" + name + "\":{\"masked, unweighted (heuristic)\":"), text(out));
    }

    private int run(String... arguments) {
        Console console = new Console(InputStream.nullInputStream(), stream(out), stream(err), false);
        return EspalierCommand.run(console, arguments);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
