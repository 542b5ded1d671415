// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CommandLineTest {

    private static final String SCHEMA = "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},"
            + "\"age\":{\"type\":\"integer\",\"minimum\":0}},\"required\":[\"name\"],\"additionalProperties\":false}";

    @TempDir
    Path folder = Path.of("");

    private String tokenizer = "";

    @BeforeEach
    void tokenizer() throws IOException {
        tokenizer = ToyTokenizer.write(folder, "\":", "true", "name", "12", "ab");
    }

    private String file(String name, String content) throws IOException {
        Path path = folder.resolve(name);
        Files.writeString(path, content);
        return path.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"generate", "sample", "compile", "check", "next", "vocabulary", "grammar", "schema", ""})
    void helpGoesToStandardOutputAndHasExamples(String command) {
        ConsoleRun run = command.isEmpty() ? ConsoleRun.of("--help") : ConsoleRun.of(command, "--help");
        assertEquals(ExitCode.DONE, run.code());
        assertTrue(run.out().contains("Examples:"), run.out());
        assertEquals("", run.err());
    }

    @Test
    void preparedVocabulariesAreTakenInPlaceOfTokenizers() throws IOException {
        String prepared = folder.resolve("toy.vocabulary").toString();
        JsonNode made = ConsoleRun.of("vocabulary", "--tokenizer", tokenizer, "--out", prepared, "--json")
                .json()
                .get(0);
        JsonNode read = ConsoleRun.of("vocabulary", "--tokenizer", prepared, "--json")
                .json()
                .get(0);
        assertEquals(made.get("fingerprint"), read.get("fingerprint"));
        assertEquals(262, read.get("size").asInt());
        String[] next = {"next", "--schema", SCHEMA, "--prefix", "{", "--ids", "--tokenizer"};
        ConsoleRun fromJson = ConsoleRun.of(with(next, tokenizer));
        ConsoleRun fromPrepared = ConsoleRun.of(with(next, prepared));
        assertEquals(ExitCode.DONE, fromPrepared.code(), fromPrepared.err());
        assertEquals(fromJson.out(), fromPrepared.out());
        byte[] bytes = Files.readAllBytes(Path.of(prepared));
        Files.write(Path.of(prepared), java.util.Arrays.copyOf(bytes, bytes.length - 9));
        ConsoleRun cut = ConsoleRun.of(with(next, prepared));
        assertEquals(ExitCode.BAD_INPUT, cut.code());
        assertTrue(cut.err().contains("were written"), cut.err());
    }

    @Test
    void compiledConstraintsAreTakenInPlaceOfTheirSources() throws IOException {
        String compiled = folder.resolve("name.compiled").toString();
        String example = file("example.json", "{\"name\":\"ab\",\"age\":12}");
        ConsoleRun made = ConsoleRun.of("compile", "--schema", SCHEMA, "--tokenizer", tokenizer, "--out", compiled);
        assertEquals(ExitCode.DONE, made.code(), made.err());
        assertTrue(made.err().contains("wrote " + compiled), made.err());
        String[] next = {"next", "--prefix", "{\"name\":\"", "--ids", "--stats", "--tokenizer", tokenizer};
        ConsoleRun fromSource = ConsoleRun.of(with(with(next, "--schema"), SCHEMA));
        ConsoleRun fromFile = ConsoleRun.of(with(with(next, "--compiled"), compiled));
        assertEquals(ExitCode.DONE, fromFile.code(), fromFile.err());
        assertEquals(fromSource.out(), fromFile.out());
        assertEquals(
                ExitCode.DONE,
                ConsoleRun.of("check", "--compiled", compiled, "--tokenizer", tokenizer, example)
                        .code());
    }

    private static String[] with(String[] line, String last) {
        String[] all = java.util.Arrays.copyOf(line, line.length + 1);
        all[line.length] = last;
        return all;
    }

    @Test
    void theVersionIsOneLine() {
        ConsoleRun run = ConsoleRun.of("--version");
        assertEquals(ExitCode.DONE, run.code());
        assertTrue(run.out().startsWith("espalier "), run.out());
        assertEquals(1, run.out().lines().count());
    }

    @Test
    void badUsageEndsWithTwoAndSaysWhereToLook() {
        List<String[]> lines = List.of(
                new String[] {"frob"},
                new String[] {"check", "--choice", "a"},
                new String[] {"check", "file"},
                new String[] {"check", "--choice", "a", "--regex", "b", "file"},
                new String[] {"next", "--limit", "many", "--choice", "a"},
                new String[] {"compile"},
                new String[] {"compile", "--schema", "{}", "--draft", "5"},
                new String[] {"generate", "--choice", "a"},
                new String[] {"generate", "--choice", "a", "--prompt", "p", "-n", "0"},
                new String[] {"generate", "--choice", "a", "--prompt", "p", "--attempts", "0"},
                new String[] {"generate", "--choice", "a", "--prompt", "p", "--prompt-file", "q"},
                new String[] {"generate", "--choice", "a", "--prompt", "p", "--seed", "7"},
                new String[] {"generate", "--choice", "a", "--prompt", "p", "--top-k", "3"},
                new String[] {"generate", "--choice", "a", "--prompt", "p", "--top-p", "0.9"},
                new String[] {"generate", "--choice", "a", "--prompt", "p", "--min-p", "0.1"},
                new String[] {"generate", "--choice", "a", "--prompt", "p", "--attempts", "3"},
                new String[] {"compile", "--regex", "a", "--show", "gbnf", "--json"},
                new String[] {"compile", "--regex", "a", "--show", "gbnf", "--report", "text"},
                new String[] {"compile", "--regex", "a", "--show", "gbnf", "--tokenizer", tokenizer},
                new String[] {"compile", "--regex", "a", "--report", "text", "--json"},
                new String[] {"compile", "--regex", "a", "--choice", "b", "--out", "f"},
                new String[] {"next", "--choice", "a", "--ids", "--json"},
                new String[] {"next", "--choice", "a", "--ids", "--limit", "3"},
                new String[] {"next", "--choice", "a", "--limit", "-1"});
        for (String[] line : lines) {
            ConsoleRun run = ConsoleRun.of(line);
            String shown = String.join(" ", line) + "\n" + run.err();
            assertEquals(ExitCode.BAD_INPUT, run.code(), shown);
            assertEquals("", run.out(), shown);
            assertTrue(run.err().startsWith("espalier: ") && run.err().contains("--help"), shown);
        }
    }

    @Test
    void badInputFilesEndWithTwoAndOneMessage() throws IOException {
        String binary = folder.resolve("binary").toString();
        Files.write(Path.of(binary), new byte[] {'r', 'o', (byte) 0xff});
        List<String[]> lines = List.of(
                new String[] {"check", "--grammar", folder.resolve("missing").toString(), "-"},
                new String[] {"check", "--grammar", folder.toString(), "-"},
                new String[] {"check", "--grammar", binary, "-"},
                new String[] {
                    "check", "--choice", "a", folder.resolve("missing").toString()
                },
                new String[] {"check", "--schema", file("bad.json", "{\"type\":"), "-"},
                new String[] {"check", "--regex", "[a", "-"},
                new String[] {
                    "next",
                    "--choice",
                    "a",
                    "--tokenizer",
                    folder.resolve("missing").toString()
                },
                new String[] {"next", "--choice", "a", "--tokenizer", binary},
                new String[] {
                    "generate",
                    "--choice",
                    "a",
                    "--prompt-file",
                    folder.resolve("missing").toString()
                });
        for (String[] line : lines) {
            ConsoleRun run = ConsoleRun.of(line);
            String shown = String.join(" ", line) + "\n" + run.err();
            assertEquals(ExitCode.BAD_INPUT, run.code(), shown);
            assertEquals("", run.out(), shown);
            assertTrue(run.err().startsWith("espalier: "), shown);
            assertFalse(run.err().contains("\tat "), shown);
        }
    }

    @Test
    void aSyntaxErrorHasPlaceAndCaret() throws IOException {
        ConsoleRun run = ConsoleRun.of("compile", "--grammar", file("g.gbnf", "root ::= \"a\" |\n  (\"b\" "));
        assertEquals(ExitCode.BAD_INPUT, run.code());
        assertTrue(run.err().contains("line 2") || run.err().contains(":2:"), run.err());
        assertTrue(run.err().contains("^"), run.err());
        String schema = file("s.json", "{\"type\":\n  \"strong\"}");
        for (String command : List.of("check", "compile", "next")) {
            ConsoleRun named = command.equals("check")
                    ? ConsoleRun.of(command, "--schema", schema, "-")
                    : ConsoleRun.of(command, "--schema", schema, "--tokenizer", tokenizer);
            assertEquals(ExitCode.BAD_INPUT, named.code());
            assertTrue(named.err().startsWith("espalier: " + schema + ": "), named.err());
        }
    }

    @Test
    void checkAcceptsWhatTheSchemaAllowsInAnyOrderAndWhiteSpace() throws IOException {
        ConsoleRun run = ConsoleRun.of(
                "check",
                "--schema",
                file("s.json", SCHEMA),
                file("a.json", "{ \"age\" : 7,\n \"name\": \"Ada\" }\n"),
                file("b.json", "{\"name\":\"Bo\"}"));
        assertEquals(ExitCode.DONE, run.code(), run.err());
        assertEquals(
                2, run.out().lines().filter(line -> line.endsWith(": valid")).count());
    }

    @Test
    void whiteSpaceAroundAValueIsReadButNotWritten() throws IOException {
        String ended = file("a.json", "\n{\"name\":\"Ada\"}\n\n");
        for (String space : List.of("flexible", "any")) {
            ConsoleRun check = ConsoleRun.of("check", "--schema", SCHEMA, "--white-space", space, ended);
            assertEquals(ExitCode.DONE, check.code(), check.out());
            String[] next = {
                "next", "--schema", SCHEMA, "--tokenizer", tokenizer, "--json", "--white-space", space, "--prefix"
            };
            ConsoleRun begin = ConsoleRun.of(with(next, ""));
            assertEquals(1, begin.json().get(0).get("allowed").asInt(), begin.out());
            ConsoleRun end = ConsoleRun.of(with(next, "{ \"name\":\"Ada\" }"));
            assertEquals(1, end.json().get(0).get("allowed").asInt(), end.out());
            assertTrue(end.json().get(0).get("accepting").asBoolean(), end.out());
        }
    }

    @Test
    void checkSaysWhereAndWhatWasAllowed() throws IOException {
        String file = file("a.json", "{\n  \"name\": \"Ä\",\n  \"age\": -1 }");
        ConsoleRun run = ConsoleRun.of("check", "--schema", SCHEMA, "--json", file);
        assertEquals(ExitCode.NOT_VALID, run.code(), run.err());
        JsonNode verdict = run.json().get(0);
        assertFalse(verdict.get("valid").asBoolean());
        assertEquals(3, verdict.get("line").asInt());
        assertEquals(11, verdict.get("column").asInt());
        assertEquals(28, verdict.get("offset").asInt());
        assertTrue(verdict.get("expected").toString().contains("0"), verdict.toString());
        ConsoleRun text = ConsoleRun.of("check", "--schema", SCHEMA, file);
        assertTrue(text.out().startsWith(file + ":3:10: #/age: -1 is less than 0 (byte 27)"), text.out());
    }

    @Test
    void checkSaysAllFaultsInWordsOfTheSchema() throws IOException {
        String file = file("a.json", "{\"age\": \"x\",\n \"customer\": 1}");
        ConsoleRun run = ConsoleRun.of("check", "--schema", SCHEMA, file);
        assertEquals(ExitCode.NOT_VALID, run.code(), run.err());
        assertEquals(
                List.of(
                        file + ":1:1: #: \"name\" is missing (byte 0)",
                        file + ":1:9: #/age: \"x\" is not an integer (byte 8)",
                        file + ":2:2: \"customer\" is not a property of # (byte 14)"),
                run.out().lines().toList());
        JsonNode faults = ConsoleRun.of("check", "--schema", SCHEMA, "--json", file)
                .json()
                .get(0)
                .get("faults");
        assertEquals(3, faults.size());
        assertEquals("additionalProperties", faults.get(2).get("keyword").asString());
        assertEquals(14, faults.get(2).get("offset").asInt());
    }

    @Test
    void checkNamesTheMemberThatAnotherAsksFor() throws IOException {
        String file = file("a.json", "{\"a\":1}");
        for (String keyword : List.of("dependencies", "dependentRequired")) {
            String schema = "{\"" + keyword + "\":{\"c\":[],\"a\":[\"a\",\"b\"]}}";
            ConsoleRun run = ConsoleRun.of("check", "--schema", schema, "--extra-keyword", "dependencies", file);
            assertEquals(file + ":1:1: #: \"b\" is missing, which \"a\" asks for (byte 0)\n", run.out(), run.err());
        }
    }

    @Test
    void whatIsAboutTemplatesNeedsAModelThatBringsOne() {
        for (String option : List.of(
                "--system=y",
                "--messages=y",
                "--continue",
                "--tools=y",
                "--reasoning=on",
                "--template-variable=a=1",
                "--schema-form=none",
                "--no-template")) {
            for (String[] line : new String[][] {
                {"generate", "--choice", "a", "--prompt", "x", option},
                {"sample", "--choice", "a", "--prompt", "x", option},
                {"infill", "--regex", "a", "--prompt", "x", "--slots", "2", option},
                {"infill", "--regex", "a", "--autoregressive", "--canvas", "[[1]]", option}
            }) {
                ConsoleRun run = ConsoleRun.of(line);
                assertEquals(ExitCode.BAD_INPUT, run.code(), run.err());
                String name = option.replaceFirst("(?<=.)=.*", "");
                assertTrue(
                        run.err()
                                .contains(name
                                        + " is about the chat template of a model, but the embedded model has none"),
                        run.err());
            }
        }
    }

    @Test
    void numbersOfOneAreSingular() {
        String report = ConsoleRun.of("compile", "--regex", "a").out();
        assertTrue(report.contains("(1 token), shortest text 1 byte"), report);
    }

    @Test
    void checkSaysWhatBytesWereAllowedWhereAValueHasNoFault() throws IOException {
        String file = file("a.json", "{\"name\":\"Ada\",\"name\":\"Bo\"}");
        ConsoleRun run = ConsoleRun.of("check", "--schema", SCHEMA, file);
        assertEquals(ExitCode.NOT_VALID, run.code(), run.err());
        assertTrue(run.out().contains("^"), run.out());
        assertTrue(run.out().contains("expected "), run.out());
    }

    @Test
    void checkSaysThatATextEndsTooEarly() {
        ConsoleRun run = ConsoleRun.withInput("{\"name\":\"Ada\"", "check", "--schema", SCHEMA, "--json", "-");
        assertEquals(ExitCode.NOT_VALID, run.code());
        JsonNode verdict = run.json().get(0);
        assertEquals("the text ends too early", verdict.get("problem").asString());
        assertEquals(13, verdict.get("offset").asInt());
    }

    @Test
    void checkGoesOnAfterAFileThatIsNotValid() throws IOException {
        ConsoleRun run =
                ConsoleRun.of("check", "--choice", "yes,no", file("a", "maybe"), file("b", "no"), file("c", "yes\n"));
        assertEquals(ExitCode.NOT_VALID, run.code());
        assertTrue(run.out().contains("b: valid"), run.out());
        assertEquals(
                1,
                ConsoleRun.of("check", "--choice", "yes,no", folder.resolve("c").toString())
                        .code());
        assertEquals(
                0,
                ConsoleRun.of(
                                "check",
                                "--chomp",
                                "--choice",
                                "yes,no",
                                folder.resolve("c").toString())
                        .code());
    }

    @Test
    void checkNamesTheTokenThatFails() {
        ConsoleRun run =
                ConsoleRun.withInput("abab", "check", "--regex", "(ab)*c", "--tokenizer", tokenizer, "--json", "-");
        assertEquals(ExitCode.NOT_VALID, run.code(), run.err());
        assertFalse(run.json().get(0).has("token"), "the end of a text has no token");
        run = ConsoleRun.withInput("ababa1", "check", "--regex", "(ab)*", "--tokenizer", tokenizer, "--json", "-");
        JsonNode token = run.json().get(0).get("token");
        assertEquals(3, token.get("index").asInt(), run.out());
        assertEquals(5, run.json().get(0).get("offset").asInt(), run.out());
    }

    @Test
    void nextCountsAndListsTheAllowedTokens() {
        ConsoleRun run = ConsoleRun.of("next", "--choice", "name,nab", "--prefix", "na", "--tokenizer", tokenizer);
        assertEquals(ExitCode.DONE, run.code(), run.err());
        assertTrue(run.out().startsWith("choice: 2 of 262 tokens allowed"), run.out());
        ConsoleRun ids = ConsoleRun.of("next", "--choice", "name,nab", "--ids", "--tokenizer", tokenizer);
        assertEquals(List.of("110", "258"), ids.out().lines().toList());
        ConsoleRun json = ConsoleRun.of("next", "--choice", "name", "--json", "--tokenizer", tokenizer);
        assertEquals("name", json.json().get(0).get("forced").asString());
    }

    @Test
    void nextRefusesAPrefixThatIsNotAllowed() {
        ConsoleRun run = ConsoleRun.of("next", "--choice", "a", "--prefix", "b", "--tokenizer", tokenizer);
        assertEquals(ExitCode.NOT_VALID, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().contains("prefix"), run.err());
    }

    @Test
    void theStringStateOfASecondSchemaIsFoundInTheStore() {
        ConsoleRun run = ConsoleRun.of(
                "next",
                "--schema",
                SCHEMA,
                "--prefix",
                "{\"name\":\"",
                "--schema",
                "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}",
                "--prefix",
                "[\"",
                "--tokenizer",
                tokenizer,
                "--stats",
                "--json");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        assertEquals(
                2,
                run.err()
                        .lines()
                        .filter(line -> line.contains("trie nodes visited"))
                        .count());
        JsonNode second = run.json().get(1).get("stats");
        assertEquals(0, second.get("nodesVisited").asInt(), second.toString());
        assertTrue(second.get("storeHits").asInt() > 0, second.toString());
    }

    @Test
    void compileReportsEveryKeyword() {
        ConsoleRun run = ConsoleRun.of("compile", "--schema", SCHEMA, "--report", "json", "--tokenizer", tokenizer);
        assertEquals(ExitCode.DONE, run.code(), run.err());
        JsonNode report = run.json().get(0);
        assertTrue(report.get("exact").asBoolean());
        assertTrue(report.get("keywords").toString().contains("#/properties/age/minimum"), report.toString());
        ConsoleRun text = ConsoleRun.of("compile", "--schema", SCHEMA, "--tokenizer", tokenizer);
        assertTrue(text.out().contains("all exact"), text.out());
    }

    @Test
    void compileShowsGrammarsInGbnfAndRefusesSchemas() throws IOException {
        ConsoleRun run = ConsoleRun.of("compile", "--regex", "[a-z]+", "--show", "gbnf");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        ConsoleRun again = ConsoleRun.of("check", "--grammar", file("g.gbnf", run.out()), file("t", "word"));
        assertEquals(ExitCode.DONE, again.code(), again.out() + again.err());
        ConsoleRun schema = ConsoleRun.of("compile", "--schema", SCHEMA, "--show", "gbnf");
        assertEquals(ExitCode.BAD_INPUT, schema.code());
        assertTrue(schema.err().contains("#"), schema.err());
    }

    @Test
    void standardInputIsReadForOnePurposeOnly() {
        for (List<String> line : List.of(
                List.of("check", "--choice", "a", "-", "-"),
                List.of("check", "--grammar", "-", "-"),
                List.of("generate", "--grammar", "-", "-"))) {
            ConsoleRun run = ConsoleRun.withInput("root ::= \"a\"", line.toArray(String[]::new));
            assertEquals(ExitCode.BAD_INPUT, run.code(), run.out());
            assertTrue(run.err().contains("standard input"), run.err());
        }
    }

    @Test
    void aGrammarMayComeFromStandardInput() {
        ConsoleRun run =
                ConsoleRun.withInput("root ::= [0-9]+", "next", "--grammar", "-", "--tokenizer", tokenizer, "--json");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        assertEquals(11, run.json().get(0).get("allowed").asInt());
    }

    @Test
    void serverAndHarnessAreNamedWhereTheyAreNotOnTheClassPath() {
        ConsoleRun bench = ConsoleRun.of("bench", "sprig", "--data", "x");
        assertEquals(ExitCode.BAD_INPUT, bench.code());
        assertTrue(bench.err().contains("bin/espalier bench"), bench.err());
        ConsoleRun serve = ConsoleRun.of("serve", "--port", "8000");
        assertEquals(ExitCode.BAD_INPUT, serve.code());
        assertTrue(serve.err().contains("bin/espalier serve"), serve.err());
    }

    @Test
    void theProgramAloneShowsItsCommands() {
        ConsoleRun run = ConsoleRun.of();
        assertEquals(ExitCode.DONE, run.code(), run.err());
        assertTrue(run.out().contains("generate") && run.out().contains("Exit codes"), run.out());
    }

    @Test
    void wordsThatAreNearlyRightAreGuessed() {
        assertTrue(ConsoleRun.of("genrate").err().contains("did you mean generate?"));
        assertTrue(ConsoleRun.of("compile", "--shema", "x").err().contains("did you mean --schema?"));
        assertTrue(ConsoleRun.of("compile", "--schema", "{}", "--order", "anyy")
                .err()
                .contains("--order is one of declared, any, not anyy; did you mean any?"));
    }

    @Test
    void limitsAreSetByTheNamesInMessages() {
        ConsoleRun low = ConsoleRun.of("compile", "--regex", "((((a))))", "--with-limit", "maxNesting=2");
        assertEquals(ExitCode.BAD_INPUT, low.code());
        assertTrue(low.err().contains("raise it with --with-limit maxNesting=N"), low.err());
        assertEquals(
                ExitCode.DONE,
                ConsoleRun.of("compile", "--regex", "((((a))))", "--with-limit", "maxNesting=4")
                        .code());
        for (String wrong : List.of("maxNestin=4", "maxNesting=x", "maxNesting=0", "compileDeadline=4")) {
            ConsoleRun run = ConsoleRun.of("compile", "--regex", "a", "--with-limit", wrong);
            assertEquals(ExitCode.BAD_INPUT, run.code(), wrong);
        }
    }

    @Test
    void aByteOrderMarkBeforeASchemaIsNoPartOfIt() throws IOException {
        assertEquals(
                ExitCode.DONE,
                ConsoleRun.of("compile", "--schema", file("bom.json", "\uFEFF{\"type\":\"string\"}"))
                        .code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void shellsAreToldCommandsAndOptions(String shell) {
        ConsoleRun run = ConsoleRun.of("completion", shell);
        assertEquals(ExitCode.DONE, run.code(), run.err());
        assertTrue(run.out().contains("generate") && run.out().contains("white-space"), run.out());
    }
}
