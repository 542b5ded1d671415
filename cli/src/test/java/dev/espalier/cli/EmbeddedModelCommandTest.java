// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From a command line to a text, with the embedded model. */
class EmbeddedModelCommandTest {

    private static final Path EXAMPLES = Path.of("../examples");

    @Test
    void theCommandLineBeginsTextsThatTurnOutWrongAgain(@TempDir Path folder) throws IOException {
        Path trace = folder.resolve("trace.jsonl");
        List<String> line = List.of(
                "generate",
                "--schema",
                "{\"type\":\"string\",\"allOf\":[{\"pattern\":\"^[ab]c*[ab]$\"},{\"pattern\":\"^(.)c*\\\\1$\"}]}",
                "--allow",
                "checked-at-end",
                "--prompt",
                "Letters: abab",
                "-n",
                "8",
                "--temperature",
                "2",
                "--trace",
                trace.toString(),
                "--stats",
                "--json");
        ConsoleRun several = ConsoleRun.of(line.toArray(String[]::new));
        assertEquals(ExitCode.DONE, several.code(), several.err());
        assertTrue(Files.readString(trace).contains("\"attempt\":2"), several.err());
        assertTrue(several.err().contains("taken back"), several.err());
        List<String> once = new ArrayList<>(line);
        once.addAll(List.of("--attempts", "1"));
        ConsoleRun single = ConsoleRun.of(once.toArray(String[]::new));
        assertEquals(ExitCode.NOT_VALID, single.code(), single.err());
        assertTrue(single.out().contains("dead-end"), single.out());
    }

    @Test
    void theFirstCommandOfTheReadmePrintsAValidInvoice() throws IOException {
        String schema = EXAMPLES.resolve("invoice.schema.json").toString();
        ConsoleRun run = ConsoleRun.of(
                "generate",
                "--schema",
                schema,
                "--prompt-file",
                EXAMPLES.resolve("invoice.txt").toString(),
                "--stats");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        assertEquals(
                List.of(),
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(Path.of(schema)), InputFormat.JSON)
                        .validate(run.out(), InputFormat.JSON),
                run.out());
        assertTrue(run.err().contains("forward passes"), run.err());
    }

    private static ConsoleRun streamed(String form, String... more) {
        List<String> line = new ArrayList<>(List.of(
                "generate",
                "--schema",
                EXAMPLES.resolve("invoice.schema.json").toString(),
                "--prompt-file",
                EXAMPLES.resolve("invoice.txt").toString(),
                "--stream",
                form));
        line.addAll(List.of(more));
        return ConsoleRun.of(line.toArray(String[]::new));
    }

    @Test
    void membersAndItemsArePrintedWhileTheTextIsWritten() {
        ConsoleRun run = streamed("json", "--json", "--stats");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        List<JsonNode> lines = run.json();
        JsonNode value = lines.get(lines.size() - 1).get("value");
        int parts = 0;
        for (JsonNode part : lines.subList(0, lines.size() - 1)) {
            assertEquals(value.at(part.get("pointer").stringValue()), part.get("value"));
            parts++;
        }
        assertEquals(value.size() - 1 + value.get("items").size(), parts);
    }

    @Test
    void eventsArePrintedWhileTheTextIsWritten() {
        ConsoleRun run = streamed("events");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        StringBuilder customer = new StringBuilder();
        for (JsonNode event : run.json()) {
            boolean isText = event.get("event").stringValue().equals("text")
                    && event.get("pointer").stringValue().equals("/customer");
            customer.append(isText ? event.get("text").stringValue() : "");
        }
        assertEquals("Juniper Row Bakery", customer.toString());
        JsonNode last = run.json().get(run.json().size() - 1);
        assertEquals("{\"event\":\"end\",\"pointer\":\"\"}", last.toString());
    }

    @Test
    void theTextIsPrintedOnceWhetherItIsStreamedOrNot() {
        ConsoleRun text = streamed("text");
        assertEquals(ExitCode.DONE, text.code(), text.err());
        assertEquals(1, text.json().size());
        assertTrue(text.json().get(0).has("total"), text.out());
    }

    @Test
    void whatCannotBeStreamedIsRefused() {
        for (List<String> line : List.of(
                List.of("--text", "--stream", "events"),
                List.of("--text", "--stream", "text", "--stop", "."),
                List.of("--schema", "{}", "--stream", "json", "-n", "2"),
                List.of(
                        "--schema",
                        "{\"type\":\"string\",\"allOf\":[{\"pattern\":\"^[ab]c*[ab]$\"},{\"pattern\":\"^(.)c*\\\\1$\"}]}",
                        "--allow",
                        "checked-at-end",
                        "--temperature",
                        "1",
                        "--stream",
                        "text"))) {
            List<String> all = new ArrayList<>(List.of("generate", "--prompt", "Hello"));
            all.addAll(line);
            ConsoleRun run = ConsoleRun.of(all.toArray(String[]::new));
            assertEquals(ExitCode.BAD_INPUT, run.code(), run.out() + run.err());
            assertTrue(run.err().contains("--stream"), run.err());
        }
    }

    @Test
    void aTextIsShownToAReaderWhileItIsWritten() {
        List<String> written = new ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                written.add(toString(StandardCharsets.UTF_8));
            }
        };
        Console console = new Console(
                InputStream.nullInputStream(),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(OutputStream.nullOutputStream()),
                false,
                true);
        EspalierCommand.run(console, "generate", "--text", "--prompt", "Say hello.", "--max-tokens", "20");
        assertTrue(written.stream().distinct().count() > 5, written.toString());
    }

    @Test
    void freeTextEndsBeforeAStop() {
        ConsoleRun free = ConsoleRun.of("generate", "--text", "--prompt", "Say hello.", "--max-tokens", "30");
        assertEquals(ExitCode.DONE, free.code(), free.err());
        String text = free.out().strip();
        String stop = text.substring(text.length() / 2, text.length() / 2 + 1);
        ConsoleRun stopped =
                ConsoleRun.of("generate", "--text", "--stop", stop, "--prompt", "Say hello.", "--max-tokens", "30");
        assertEquals(
                text.substring(0, text.indexOf(stop)).strip(), stopped.out().strip());
        ConsoleRun alone = ConsoleRun.of("generate", "--stop", "x", "--regex", "a", "--prompt", "a");
        assertEquals(ExitCode.BAD_INPUT, alone.code());
        assertTrue(alone.err().contains("--stop ends a --text"), alone.err());
    }

    @Test
    void guessedTokensAreCounted() {
        String prompt = "Ticket from Margarethe Oppenheimer: the bill of Margarethe Oppenheimer is wrong.";
        List<String> line = List.of("generate", "--regex", "(Margarethe Oppenheimer[, ]*){3}", "--prompt", prompt);
        ConsoleRun plain = ConsoleRun.of(line.toArray(String[]::new));
        List<String> more = new ArrayList<>(line);
        more.addAll(List.of("--draft-tokens", "8", "--forced-text", "drawn", "--stats"));
        ConsoleRun drafted = ConsoleRun.of(more.toArray(String[]::new));
        assertEquals(ExitCode.DONE, drafted.code(), drafted.err());
        assertTrue(plain.out().startsWith("Margarethe") && drafted.out().startsWith("Margarethe"));
        assertTrue(drafted.err().contains("guessed tokens were right"), drafted.err());
    }

    @Test
    void likeliestTokensComeWithJson() {
        ConsoleRun run = ConsoleRun.of(
                "generate",
                "--choice",
                "red,green",
                "--prompt",
                "The sky",
                "--json",
                "--top-logprobs",
                "3",
                "--frequency-penalty",
                "0.5",
                "--logit-bias",
                "5=-Infinity");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        JsonNode first = run.json().get(0).path("probabilities").path(0);
        assertEquals(3, first.path("likeliest").size(), run.out());
        assertTrue(first.path("text").asString().startsWith("\""), run.out());
        assertTrue(first.path("logAllowedMass").asDouble() < 0, run.out());
        assertEquals(
                ExitCode.BAD_INPUT,
                ConsoleRun.of("generate", "--choice", "a,b", "--prompt", "x", "--repetition-penalty", "0")
                        .code());
    }
}
