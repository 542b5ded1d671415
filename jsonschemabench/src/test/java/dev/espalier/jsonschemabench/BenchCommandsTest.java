package dev.espalier.jsonschemabench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.cli.Console;
import dev.espalier.cli.EspalierCommand;
import dev.espalier.cli.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The harness' commands as the command line finds and runs them. */
class BenchCommandsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void helpNamesEveryCommand() {
        assertEquals(ExitCode.DONE, run("bench", "--help"));
        for (String name : new String[] {"hostile", "maskbench", "sprig"}) {
            assertTrue(text(out).contains(name), name);
            out.reset();
            assertEquals(ExitCode.DONE, run("bench", name, "--help"));
            assertTrue(text(out).contains("espalier bench " + name), name);
            out.reset();
            run("bench", "--help");
        }
    }

    @Test
    void badUsageIsToldApart() {
        assertEquals(ExitCode.BAD_INPUT, run("bench"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "maskbench"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "hostile", "--data", "no such folder"));
        assertEquals(ExitCode.BAD_INPUT, run("bench", "sprig", "--data", "no such file"));
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
