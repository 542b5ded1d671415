// SPDX-License-Identifier: Apache-2.0
package dev.espalier.example.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs the example as its command does. */
@Tag("integration")
class MailOrdersTest {

    private static final Pattern TABLE = Pattern.compile("```text\n(\\+--.*?)…\n```", Pattern.DOTALL);

    @Test
    void itPrintsTheTableThatThePageShows() throws IOException {
        int java = Runtime.version().feature();
        assumeTrue(java == 17 || java == 21, "Spark does not know Java " + java);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream usual = System.out;
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            // Spark shows tables by Scala's console, which is the stream of its own that it had first
            scala.Console.withOut(out, () -> {
                MailOrders.main(new String[] {"mails.jsonl"});
                return null;
            });
        } finally {
            System.setOut(usual);
        }
        String printed = bytes.toString(StandardCharsets.UTF_8);
        Matcher page = TABLE.matcher(Files.readString(Path.of("../../docs/frameworks/spark.md")));
        assertTrue(page.find());
        List<String> shown = page.group(1).lines().toList();
        assertEquals(7, shown.size());
        for (String line : shown) {
            assertTrue(printed.contains(line + "\n"), line + " is not in\n" + printed);
        }
    }
}
