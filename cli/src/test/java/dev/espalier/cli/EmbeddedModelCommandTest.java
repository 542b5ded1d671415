// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.espalier.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
