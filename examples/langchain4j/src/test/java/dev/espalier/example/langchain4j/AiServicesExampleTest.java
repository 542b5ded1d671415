// SPDX-License-Identifier: Apache-2.0
package dev.espalier.example.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs the example as its command does. */
@Tag("integration")
class AiServicesExampleTest {

    @Test
    void itPrintsWhatThePageShows() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream usual = System.out;
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            AiServicesExample.main(new String[0]);
        } finally {
            System.setOut(usual);
        }
        String printed = bytes.toString(StandardCharsets.UTF_8);
        assertEquals(4, printed.lines().count(), printed);
        String page = Files.readString(Path.of("../../docs/frameworks/langchain4j.md"));
        assertTrue(page.contains("```text\n" + printed + "```"), printed);
    }
}
