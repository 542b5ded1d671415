// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import dev.espalier.cli.console.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One command line that was run inside this process: what it wrote where, and how it ended. */
public record ConsoleRun(int code, String out, String err) {

    /** Runs a command line with an empty standard input. */
    public static ConsoleRun of(String... arguments) {
        return withInput("", arguments);
    }

    /** Runs a command line with something on standard input. */
    public static ConsoleRun withInput(String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                false);
        int code = EspalierCommand.run(console, arguments);
        return new ConsoleRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Standard output as one JSON value a line. */
    public List<JsonNode> json() {
        return out.lines().map(line -> JsonMapper.shared().readTree(line)).toList();
    }
}
