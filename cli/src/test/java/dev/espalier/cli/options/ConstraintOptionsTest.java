// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.cli.ConsoleRun;
import dev.espalier.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options that say how schemas are read, by what `check` says of texts. */
class ConstraintOptionsTest {

    @TempDir
    Path folder = Path.of("");

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private int check(String text, String... options) throws IOException {
        String[] line = new String[options.length + 2];
        line[0] = "check";
        System.arraycopy(options, 0, line, 1, options.length);
        line[line.length - 1] = file("text.json", text);
        return ConsoleRun.of(line).code();
    }

    @Test
    void referencesLeadToSuppliedDocuments() throws IOException {
        String schema = "{\"items\":{\"$ref\":\"https://example.org/word#/$defs/word\"}}";
        String words = file(
                "words.json",
                "{\"$id\":\"https://example.org/word\",\"$defs\":{\"word\":{\"type\":\"string\",\"maxLength\":3}}}");
        assertEquals(ExitCode.BAD_INPUT, check("[]", "--schema", schema), "nothing is fetched");
        assertEquals(ExitCode.DONE, check("[\"abc\"]", "--schema", schema, "--document", words));
        assertEquals(ExitCode.NOT_VALID, check("[\"abcd\"]", "--schema", schema, "--document", words));
        String named = "https://example.org/word=" + words;
        assertEquals(ExitCode.NOT_VALID, check("[\"abcd\"]", "--schema", schema, "--document", named));
        String nameless = file("nameless.json", "{}");
        ConsoleRun run = ConsoleRun.of("compile", "--schema", schema, "--document", nameless);
        assertEquals(ExitCode.BAD_INPUT, run.code());
        assertTrue(run.err().contains("$id"), run.err());
    }

    @Test
    void stringsAreQuotedFromSources() throws IOException {
        String schema = "{\"items\":{\"type\":\"string\",\"x-from-source\":true}}";
        String letter = file("letter.txt", "Dear Ada,\n");
        assertEquals(ExitCode.BAD_INPUT, check("[]", "--schema", schema), "there is no source");
        assertEquals(ExitCode.DONE, check("[\"Ada,\\n\"]", "--schema", schema, "--from-source", letter));
        assertEquals(ExitCode.NOT_VALID, check("[\"ada\"]", "--schema", schema, "--from-source", letter));
        String named = schema.replace("true", "{\"source\":\"letter\",\"match\":\"folded\"}");
        assertEquals(ExitCode.DONE, check("[\"ada\"]", "--schema", named, "--from-source", "letter=" + letter));
        String without =
                "{\"properties\":{\"a\":{\"not\":{\"x-from-source\":true}},\"b\":{\"x-from-source\":true},\"c\":{\"maximum\":1}}}";
        String text = file("text.json", "{\"a\":\"ada\",\"b\":\"ada\",\"c\":2}");
        ConsoleRun run = ConsoleRun.of("check", "--schema", without, "--from-source", letter, text);
        assertEquals(ExitCode.NOT_VALID, run.code());
        assertTrue(run.out().contains("#/b: \"ada\" is not a span of the source"), run.out());
        assertTrue(run.out().contains("#/c: 2 is more than 1") && !run.out().contains("#/a"), run.out());
        ConsoleRun twice =
                ConsoleRun.of("compile", "--schema", schema, "--from-source", letter, "--from-source", letter);
        assertEquals(ExitCode.BAD_INPUT, twice.code());
        assertTrue(twice.err().contains("two --from-source"), twice.err());
    }

    @Test
    void limitsAreThoseOfTheCommandLineAlsoForWhatWasSaved() throws IOException {
        String saved = folder.resolve("saved").toString();
        String schema = "{\"not\":{\"not\":{\"not\":{\"type\":\"string\"}}}}";
        assertEquals(
                ExitCode.DONE,
                ConsoleRun.of("compile", "--schema", schema, "--out", saved).code());
        assertEquals(ExitCode.DONE, check("1", "--compiled", saved));
        assertEquals(ExitCode.BAD_INPUT, check("1", "--schema", schema, "--with-limit", "maxNesting=2"));
        assertEquals(ExitCode.BAD_INPUT, check("1", "--compiled", saved, "--with-limit", "maxNesting=2"));
    }

    @Test
    void keywordsThatNoDraftHasAreInForceIfAskedFor() throws IOException {
        String schema = "{\"propertyDependencies\":{\"kind\":{\"circle\":{\"required\":[\"radius\"]}}}}";
        String text = "{\"kind\":\"circle\"}";
        assertEquals(ExitCode.DONE, check(text, "--schema", schema));
        String[] asked = {"--schema", schema, "--extra-keyword", "propertyDependencies"};
        assertEquals(ExitCode.NOT_VALID, check(text, asked));
        assertEquals(ExitCode.DONE, check("{\"kind\":\"circle\",\"radius\":1}", asked));
        assertEquals(ExitCode.BAD_INPUT, check(text, "--schema", schema, "--extra-keyword", "circle"));
    }

    @Test
    void formatsAndNumbersAreReadAsAskedFor() throws IOException {
        String date = "{\"format\":\"date\"}";
        assertEquals(ExitCode.NOT_VALID, check("\"soon\"", "--schema", date));
        assertEquals(ExitCode.DONE, check("\"soon\"", "--schema", date, "--no-formats"));
        String json = "{\"contentMediaType\":\"application/json\"}";
        assertEquals(ExitCode.DONE, check("\"{\"", "--schema", json));
        assertEquals(ExitCode.NOT_VALID, check("\"{\"", "--schema", json, "--contents"));
        String hundred = "{\"const\":100}";
        assertEquals(ExitCode.DONE, check("1e2", "--schema", hundred));
        assertEquals(ExitCode.NOT_VALID, check("1e2", "--schema", hundred, "--numbers", "plain"));
        String pretty = "{\"items\":{\"type\":\"integer\"}}";
        assertEquals(ExitCode.DONE, check("[\n  1,\n  2\n]", "--schema", pretty, "--white-space", "pretty"));
        assertEquals(ExitCode.NOT_VALID, check("[1, 2]", "--schema", pretty, "--white-space", "pretty"));
    }

    @Test
    void grammarsAreReadByTheirExtensionOrTheDialectThatIsNamed() throws IOException {
        String abnf = file("word.abnf", "word = 1*(ALPHA)\nnumber = 1*DIGIT\n");
        assertEquals(ExitCode.DONE, check("aB", "--grammar", abnf));
        assertEquals(ExitCode.NOT_VALID, check("12", "--grammar", abnf));
        assertEquals(ExitCode.DONE, check("12", "--grammar", abnf, "--start-rule", "Number"));
        String iso = file("word.ebnf", "word = {letter}-; letter = 'a' | 'b';");
        assertEquals(ExitCode.DONE, check("ab", "--grammar", iso));
        assertEquals(ExitCode.NOT_VALID, check("", "--grammar", iso));
        String w3c = file("word.txt", "word ::= [a-z]+ - 'no'");
        assertEquals(ExitCode.DONE, check("yes", "--grammar", w3c, "--dialect", "ebnf-w3c"));
        assertEquals(ExitCode.NOT_VALID, check("no", "--grammar", w3c, "--dialect", "ebnf-w3c"));
        assertEquals(ExitCode.BAD_INPUT, check("no", "--grammar", w3c));
        String tags = file("tags.ebnf", "root ::= TagDispatch((\"<a>\", rule))\nrule ::= [0-9]");
        assertEquals(ExitCode.DONE, check("x<a>1y", "--grammar", tags, "--dialect", "ebnf-xgrammar"));
        assertEquals(ExitCode.NOT_VALID, check("x<a>y", "--grammar", tags, "--dialect", "ebnf-xgrammar"));
        String bytes = file("bytes.abnf", "character = %xC3 %xA9");
        assertEquals(ExitCode.DONE, check("\u00e9", "--grammar", bytes, "--dialect", "abnf-bytes"));
        assertEquals(ExitCode.NOT_VALID, check("\u00e9", "--grammar", bytes));
    }

    @Test
    void namesInAGrammarOfAnyDialectStandForParts() throws IOException {
        String iso = file("reply.ebnf", "reply = 'n = ', value;");
        String part = "value=" + file("digits.abnf", "digits = 2DIGIT");
        assertEquals(ExitCode.DONE, check("n = 42", "--grammar", iso, "--part", part));
        assertEquals(ExitCode.NOT_VALID, check("n = 4", "--grammar", iso, "--part", part));
    }

    @Test
    void dialectsAndStartRulesOfGrammarsAreChecked() throws IOException {
        refused("did you mean ebnf-iso?", "compile", "--grammar", "-", "--dialect", "ebnf_iso");
        refused("--dialect says how a grammar is read", "compile", "--regex", "a", "--dialect", "abnf");
        refused("--start-rule says how a grammar is read", "compile", "--choice", "a", "--start-rule", "a");
        String abnf = file("word.abnf", "word = 1*ALPHA\n");
        refused("did you mean word?", "compile", "--grammar", abnf, "--start-rule", "wort");
        refused("dialects ebnf-w3c and ebnf-xgrammar", "compile", "--grammar", file("w.ebnf", "a ::= 'b'"));
    }

    @Test
    void aSavedGrammarKeepsItsDialectAndStartRule() throws IOException {
        String abnf = file("word.abnf", "word = 1*ALPHA\nnumber = 1*DIGIT\n");
        String saved = folder.resolve("saved").toString();
        String[] line = {"compile", "--grammar", abnf, "--start-rule", "number", "--out", saved};
        assertEquals(ExitCode.DONE, ConsoleRun.of(line).code());
        assertEquals(ExitCode.DONE, check("42", "--compiled", saved));
        assertEquals(ExitCode.NOT_VALID, check("ab", "--compiled", saved));
    }

    private static void refused(String because, String... line) {
        ConsoleRun run = ConsoleRun.of(line);
        assertEquals(ExitCode.BAD_INPUT, run.code(), String.join(" ", line));
        assertEquals("", run.out());
        assertTrue(run.err().contains(because), run.err());
    }

    @Test
    void optionsForSchemasAreRefusedWithoutASchema() throws IOException {
        String document = file("word.json", "{\"$id\":\"https://example.org/word\"}");
        String grammar = file("talk.gbnf", "root ::= n");
        String digits = "n=" + file("n.gbnf", "root ::= [0-9]");
        String number = "n=" + file("n.json", "{\"type\":\"integer\"}");
        List<List<String>> all = List.of(
                List.of("--order", "any"),
                List.of("--white-space", "any"),
                List.of("--allow", "not-enforced"),
                List.of("--numbers", "any"),
                List.of("--formats"),
                List.of("--no-formats"),
                List.of("--contents"),
                List.of("--bounds", "none"),
                List.of("--document", document),
                List.of("--from-source", document),
                List.of("--draft", "7"));
        for (List<String> option : all) {
            String name = option.get(0).replace("no-", "");
            refused(name, line(option, "compile", "--regex", "a"));
            refused(name, line(option, "check", "--choice", "a", "-"));
            refused(name, line(option, "next", "--grammar", grammar, "--part", digits));
            refused(name, line(option, "generate", "--prompt", "p", "--grammar", grammar, "--part", digits));
            String[] used = line(option, "compile", "--grammar", grammar, "--part", number);
            assertEquals(ExitCode.DONE, ConsoleRun.of(used).code(), name);
        }
    }

    private static String[] line(List<String> option, String... command) {
        return Stream.concat(Stream.of(command), option.stream()).toArray(String[]::new);
    }

    @Test
    void aNameInAGrammarMayStandForASchema() throws IOException {
        String grammar = file("talk.gbnf", "root ::= \"n = \" n \"!\"");
        String part = "n=" + file("n.json", "{\"type\":\"integer\",\"uniqueItems\":true}");
        assertEquals(ExitCode.DONE, check("n = 7!", "--grammar", grammar, "--part", part));
        assertEquals(ExitCode.NOT_VALID, check("n = x!", "--grammar", grammar, "--part", part));
        assertEquals(ExitCode.BAD_INPUT, check("n = 7!", "--grammar", grammar));
        refused("\"m\"", "compile", "--grammar", grammar, "--part", part, "--part", part.replace("n=", "m="));
        refused("--part n", "compile", "--grammar", grammar, "--part", part, "--part", part);
        refused("--grammar", "compile", "--schema", "{}", "--part", part);
        refused("--grammar", "compile", "--regex", "a", "--part", part);
        ConsoleRun run = ConsoleRun.of("compile", "--grammar", grammar, "--part", part);
        assertEquals(ExitCode.DONE, run.code(), run.err());
        assertTrue(run.out().contains("part n:"), run.out());
    }
}
