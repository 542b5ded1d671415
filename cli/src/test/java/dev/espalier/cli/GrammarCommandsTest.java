// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.cli.console.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GrammarCommandsTest {

    private static final String LEXED = "grammar G;\na : NAME+ '<' EOF ;\nNAME : [a-z]+ ;\n";

    @TempDir
    Path folder = Path.of("");

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void aPageHasADiagramAndALinkForEachRule() throws IOException {
        String out = folder.resolve("page.html").toString();
        ConsoleRun run = ConsoleRun.of("grammar", "show", file("g.g4", LEXED), "-o", out);
        assertEquals(ExitCode.DONE, run.code(), run.err());
        String page = Files.readString(Path.of(out));
        for (String name : new String[] {"a", "NAME", "'&lt;'"}) {
            assertTrue(page.contains("<section data-name=\"" + name + "\" id=\"" + name + "\">"), page);
        }
        assertTrue(page.indexOf("<section data-name=\"a\"") < page.indexOf(">Tokens</h1>"), page);
        assertTrue(page.indexOf(">Tokens</h1>") < page.indexOf("<section data-name=\"NAME\""), page);
        assertTrue(page.contains("<a href=\"#NAME\">"), page);
        assertFalse(page.contains("src="), "it needs nothing besides itself");
    }

    @Test
    void sentencesAreForGrammarsOfCharacters() throws IOException {
        ConsoleRun run = ConsoleRun.of("grammar", "sample", file("g.g4", LEXED));
        assertEquals(ExitCode.BAD_INPUT, run.code(), run.out());
        assertTrue(run.err().contains("grammar convert"), run.err());
    }

    @Test
    void tokensOfALexerAreLeaves() throws IOException {
        String lexed = file("g.g4", LEXED + "BLANK : ' '+ -> skip ;\n");
        ConsoleRun run = ConsoleRun.of("grammar", "explain", lexed, "ab  c<");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        assertTrue(run.out().startsWith("a \"ab  c<\"\n  NAME \"ab\"\n  NAME \"c\"\n  '<' \"<\"\n"), run.out());
        ConsoleRun wrong = ConsoleRun.of("grammar", "explain", lexed, "ab ?", "--json");
        assertEquals(ExitCode.NOT_VALID, wrong.code());
        JsonNode fault = JsonMapper.shared().readTree(wrong.out());
        assertEquals(4, fault.path("column").asInt());
        assertTrue(fault.path("expected").toString().contains("NAME"), wrong.out());
        assertEquals(ExitCode.DONE, ConsoleRun.of("grammar", "check", lexed).code());
    }

    @Test
    void tokensThatAreNeverUsedOrFoundAreNamed() throws IOException {
        String lexed = file("h.g4", "grammar H;\na : IF NAME | NAME ;\nNAME : [a-z]+ ;\nIF : 'if' ;\nSPARE : '+' ;\n");
        ConsoleRun run = ConsoleRun.of("grammar", "check", lexed, "--all", "--json");
        assertEquals(ExitCode.NOT_VALID, run.code());
        JsonNode remarks = JsonMapper.shared().readTree(run.out()).path("remarks");
        assertEquals(
                "unused SPARE",
                remarks.path(0).path("kind").asString() + " "
                        + remarks.path(0).path("rule").asString());
        assertEquals(
                "hidden IF",
                remarks.path(1).path("kind").asString() + " "
                        + remarks.path(1).path("rule").asString());
    }

    @Test
    void treesAndFaultsAreGivenAsJson() throws IOException {
        String grammar = file("g.gbnf", "root ::= \"é\" pair*\npair ::= [0-9] [0-9]\n");
        ConsoleRun valid = ConsoleRun.of("grammar", "explain", grammar, "é12", "--json");
        JsonNode tree = JsonMapper.shared().readTree(valid.out());
        assertTrue(tree.path("valid").asBoolean());
        assertEquals(
                "12",
                tree.path("trees").path(0).path("children").path(0).path("text").asString());
        ConsoleRun wrong = ConsoleRun.of("grammar", "explain", grammar, "é1", "--json");
        assertEquals(ExitCode.NOT_VALID, wrong.code());
        JsonNode fault = JsonMapper.shared().readTree(wrong.out());
        assertEquals(3, fault.path("column").asInt());
        assertEquals("[0-9]", fault.path("expected").path(0).asString());
        ConsoleRun odd =
                ConsoleRun.of("grammar", "check", file("o.gbnf", "root ::= \"a\" | \"a\"\nx ::= x\n"), "--json");
        assertEquals(ExitCode.NOT_VALID, odd.code());
        JsonNode remarks = JsonMapper.shared().readTree(odd.out()).path("remarks");
        assertEquals("duplicate", remarks.path(0).path("kind").asString());
    }

    @Test
    void badInputEndsWithAMessage() throws IOException {
        String endless = file("e.gbnf", "root ::= \"a\" root\n");
        String open = file("o.gbnf", "root ::= \"a\n");
        String plain = file("p.gbnf", "root ::= \"a\"\n");
        Files.write(folder.resolve("latin.gbnf"), "root ::= \"é\"\n".getBytes(StandardCharsets.ISO_8859_1));
        String[][] lines = {
            {"check", endless},
            {"check", open},
            {"check", folder.resolve("latin.gbnf").toString()},
            {"check", folder.resolve("missing.gbnf").toString()},
            {"sample", plain, "--length", "2..x"},
            {"sample", plain, "--length", "2..3"},
            {"explain", plain},
            {"show", plain, "-o", folder.resolve("no/page.html").toString()}
        };
        for (String[] line : lines) {
            String[] whole = new String[line.length + 1];
            whole[0] = "grammar";
            System.arraycopy(line, 0, whole, 1, line.length);
            ConsoleRun run = ConsoleRun.of(whole);
            assertEquals(ExitCode.BAD_INPUT, run.code(), String.join(" ", whole) + run.out() + run.err());
            assertFalse(run.err().isBlank(), String.join(" ", whole));
        }
    }
}
