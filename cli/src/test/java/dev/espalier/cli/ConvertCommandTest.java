// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConvertCommandTest {

    private static final String TAGS =
            "{\"title\":\"Some tags\",\"type\":\"array\",\"items\":{\"type\":\"string\",\"format\":\"idn-email\"},\"uniqueItems\":true}";

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "gbnf; root ::= [a-z]{2,3}",
                "lark; start: /[a-z]/~2..3",
                "llguidance; start: /[a-z]/~2..3",
                "ebnf-w3c; root ::= [a-z] [a-z] [a-z]?",
                "ebnf-xgrammar; root ::= [a-z]{2,3}"
            })
    void aPatternIsWrittenInEachNotation(String notation, String written) {
        ConsoleRun run = ConsoleRun.of("grammar", "convert", "--regex", "[a-z]{2,3}", "--to", notation);
        assertEquals(ExitCode.DONE, run.code(), run.err());
        assertEquals(written, run.out().strip());
    }

    @Test
    void theDialectAndTheStartRuleOfTheFileAreGiven() throws IOException {
        Path file = Files.writeString(folder.resolve("some.txt"), "a ::= b 'x'\nb ::= \"y\" c?\nc ::= 'z'\n");
        Path out = folder.resolve("some.gbnf");
        ConsoleRun run = ConsoleRun.of(
                "grammar",
                "convert",
                file.toString(),
                "--dialect",
                "ebnf-w3c",
                "--start-rule",
                "b",
                "--to",
                "gbnf",
                "-o",
                out.toString());
        assertEquals(ExitCode.DONE, run.code(), run.err());
        assertEquals("", run.out());
        assertEquals("root ::= \"y\" c?\na ::= root \"x\"\nc ::= \"z\"\n", Files.readString(out));
    }

    @Test
    void aFaultInTheFileHasItsPlaceAndCaret() throws IOException {
        Path file = Files.writeString(folder.resolve("some.gbnf"), "root ::= \"a\" |\n  ]\n");
        ConsoleRun run = ConsoleRun.of("grammar", "convert", file.toString(), "--to", "lark");
        assertEquals(ExitCode.BAD_INPUT, run.code());
        assertTrue(run.err().contains("line 2, column 3") && run.err().contains("^"), run.err());
    }

    @Test
    void whatTheNotationCannotSayIsRefusedByName() {
        ConsoleRun run = ConsoleRun.of("grammar", "convert", "--regex", "(?!ab)[a-z]+", "--to", "gbnf");
        assertEquals(ExitCode.BAD_INPUT, run.code());
        assertTrue(run.err().contains("GBNF cannot say this Difference in the rule \"root\""), run.err());
    }

    @Test
    void aSchemaWithoutAGrammarIsRefusedWithTheSmallestPartThatHasNone() {
        String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"tags\":" + TAGS
                + "},\"additionalProperties\":false}";
        ConsoleRun run = ConsoleRun.of("grammar", "convert", "--schema", schema, "--formats=false", "--to", "gbnf");
        assertEquals(ExitCode.BAD_INPUT, run.code());
        assertTrue(run.err().contains("schema: #/properties/tags: no grammar"), run.err());
    }

    @Test
    void keysThatMayComeTwiceMakeAnyObjectAGrammar() {
        String schema = "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"null\"}}";
        assertEquals(
                ExitCode.BAD_INPUT,
                ConsoleRun.of("grammar", "convert", "--schema", schema, "--to", "gbnf")
                        .code());
        ConsoleRun run = ConsoleRun.of("grammar", "convert", "--schema", schema, "--to", "gbnf", "--repeated-keys");
        assertTrue(run.out().contains("null"), run.err());
    }

    @Test
    void aRequestHasTheSchemaAndItsName() {
        JsonNode request = JsonMapper.shared()
                .readTree(ConsoleRun.of("schema", "response-format", TAGS, "--for", "vllm")
                        .out());
        assertEquals("json_schema", request.path("type").asString(""));
        assertEquals("Some_tags", request.at("/json_schema/name").asString(""));
        assertEquals(JsonMapper.shared().readTree(TAGS), request.at("/json_schema/schema"));
        JsonNode own = JsonMapper.shared()
                .readTree(ConsoleRun.of("schema", "response-format", TAGS, "--for", "sglang", "--own")
                        .out());
        assertEquals(
                JsonMapper.shared().readTree(TAGS),
                JsonMapper.shared()
                        .readTree(own.at("/sampling_params/json_schema").asString("")));
    }

    @ParameterizedTest
    @CsvSource({
        "openai, #/uniqueItems, unknown",
        "openai, #/items/format, unknown",
        "vllm, #/uniqueItems, refused",
        "vllm, #/items/format, refused",
        "vllm-guidance, #/items/format, refused",
        "sglang, #/uniqueItems, ignored",
        "sglang, #/items/format, ignored",
        "llama.cpp, #/uniqueItems, ignored"
    })
    void theReportSaysByPointerWhatIsNotEnforced(String server, String pointer, String support) {
        ConsoleRun run = ConsoleRun.of("schema", "response-format", TAGS, "--for", server, "--json");
        for (JsonNode entry : JsonMapper.shared().readTree(run.out()).path("keywords")) {
            if (entry.path("pointer").asString("").equals(pointer)) {
                assertEquals(support, entry.path("support").asString(""));
                assertTrue(entry.path("source").asString("").startsWith("https://"), run.out());
                return;
            }
        }
        throw new AssertionError(pointer + " is not in " + run.out() + run.err());
    }

    @Test
    void unknownServersAreNamed() {
        ConsoleRun run = ConsoleRun.of("schema", "response-format", TAGS, "--for", "vlm");
        assertEquals(ExitCode.BAD_INPUT, run.code());
        assertTrue(run.err().contains("did you mean vllm"), run.err());
    }
}
