// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.cli.console.ExitCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages of {@code --help} list all commands, each with a whole sentence. */
class HelpTest {

    private static final Pattern NAMED = Pattern.compile("  (\\S+) +(\\S.*)");

    /** The commands that a page lists, and what it says of each. */
    private static Map<String, String> commands(String... command) {
        List<String> words = new ArrayList<>(List.of(command));
        words.add("--help");
        ConsoleRun run = ConsoleRun.of(words.toArray(String[]::new));
        assertEquals(ExitCode.DONE, run.code(), run.err());
        Map<String, String> commands = new LinkedHashMap<>();
        String last = "";
        boolean isInside = false;
        for (String line : run.out().lines().toList()) {
            Matcher named = NAMED.matcher(line);
            if (line.equals("Commands:")) {
                isInside = true;
            } else if (line.isBlank()) {
                isInside = false;
            } else if (isInside && named.matches()) {
                last = named.group(1);
                commands.put(last, named.group(2));
            } else if (isInside) {
                commands.merge(last, line.strip(), (before, more) -> before + " " + more);
            }
        }
        return commands;
    }

    private static void assertSentences(Map<String, String> commands) {
        commands.forEach((name, summary) ->
                assertTrue(summary.matches("[A-Z].*[^.]\\.") && !summary.contains(". "), name + ": " + summary));
    }

    @Test
    void allCommandsAreListedWithAWholeSentence() {
        Map<String, String> all = commands();
        assertEquals(
                List.of(
                        "generate",
                        "call",
                        "sample",
                        "map",
                        "infill",
                        "compile",
                        "check",
                        "next",
                        "vocabulary",
                        "grammar",
                        "schema",
                        "completion",
                        "serve",
                        "bench"),
                List.copyOf(all.keySet()));
        assertSentences(all);
        for (String each : all.keySet()) {
            if (!each.equals("serve") && !each.equals("bench")) { // those are of other modules
                Map<String, String> below = commands(each);
                assertSentences(below);
                assertEquals(each.equals("grammar") ? 5 : each.equals("schema") ? 1 : 0, below.size(), each);
            }
        }
    }
}
