// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be written is told, and what is written draws nothing. */
class OutputFailureTest {

    @TempDir
    Path folder = Path.of("");

    /** Takes so many writes, then fails as a full disk does. */
    private static final class Full extends OutputStream {
        private final List<String> taken = new ArrayList<>();
        private int room;

        Full(int room) {
            this.room = room;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (room-- <= 0) {
                throw new IOException("no space left on device");
            }
            taken.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
        }
    }

    private static ConsoleRun run(OutputStream out, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                InputStream.nullInputStream(),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                false);
        int code = EspalierCommand.run(console, arguments);
        return new ConsoleRun(code, "", err.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sample --choice red,green --prompt x -n 2",
                "sample --choice red,green --prompt x -n 2 --json",
                "generate --choice red,green --prompt x",
                "compile --choice red,green",
                "compile --choice red,green --show gbnf",
                "next --choice red,green",
                "--version",
                "compile --help"
            })
    void resultsThatCannotBeWrittenAreAFailure(String line) {
        ConsoleRun run = run(new Full(0), line.split(" "));
        assertEquals(ExitCode.FAILED, run.code(), run.err());
        assertTrue(run.err().contains("standard output cannot be written"), run.err());
    }

    @Test
    void verdictsThatCannotBeWrittenAreAFailure() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "1");
        ConsoleRun run = run(new Full(0), "check", "--schema", "{}", file.toString());
        assertEquals(ExitCode.FAILED, run.code(), run.err());
    }

    @Test
    void samplesAreWrittenAsTheyAreDrawnAndNoneBehindAFailure() {
        Full full = new Full(6);
        ConsoleRun run = run(full, "sample", "--choice", "red,green", "--prompt", "x", "-n", "1000000");
        assertEquals(ExitCode.FAILED, run.code(), run.err());
        assertTrue(full.taken.size() >= 3, full.taken.toString());
    }

    @Test
    void controlCharactersOfNamesAreShown() {
        ConsoleRun run = ConsoleRun.of("check", "--schema", "{}", "no\u001b[2Jsuch\u007f\u009b1m\u00e9");
        assertEquals(ExitCode.BAD_INPUT, run.code());
        assertTrue(run.err().contains("no\\u001b[2Jsuch\\u007f\\u009b1m\u00e9"), run.err());
    }

    @Test
    void controlCharactersOfTextsAreShownInTables() throws IOException {
        Path file = Files.writeString(folder.resolve("a\u001b.json"), "\u001b[31m");
        ConsoleRun run = ConsoleRun.of("check", "--schema", "{}", file.toString());
        assertEquals(ExitCode.NOT_VALID, run.code());
        assertFalse(run.out().contains("\u001b"), run.out());
        assertTrue(run.out().contains("\\u001b"), run.out());
    }
}
