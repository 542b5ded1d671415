// SPDX-License-Identifier: Apache-2.0
package dev.espalier.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.espalier.cli.ConsoleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The README's examples are the tested ones, and its commands work as written. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..");
    private static final Path SOURCES = Path.of("src/test/java/dev/espalier/readme");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(readme());
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    @Test
    void javaSnippetsAreTheOnesThatCompileHere() throws IOException {
        List<String> snippets = new ArrayList<>();
        try (var files = Files.list(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith("Example.java"))
                    .toList()) {
                String source = Files.readString(file);
                int start = source.indexOf("// README: ");
                int end = source.indexOf("    // end");
                String imports = source.lines()
                        .filter(line -> line.startsWith("import "))
                        .map(line -> line + "\n")
                        .collect(Collectors.joining());
                snippets.add(imports + "\n"
                        + source.substring(source.indexOf('\n', start) + 1, end)
                                .stripTrailing()
                                .stripIndent() + "\n");
            }
        }
        List<String> blocks = blocks("java");
        assertEquals(snippets.size(), blocks.size());
        assertFalse(readme().contains("dev.espalier.readme"), "what only tests can import");
        for (String block : blocks) {
            assertTrue(snippets.contains(block), "not in " + SOURCES + ":\n" + block);
        }
    }

    @Test
    void theOutputShownIsWhatTheFirstCommandPrints() throws IOException {
        String schema = ROOT.resolve("examples/invoice.schema.json").toString();
        String mail = ROOT.resolve("examples/invoice.txt").toString();
        ConsoleRun run = ConsoleRun.of("generate", "--schema", schema, "--prompt-file", mail);
        assertEquals(blocks("json").get(0), run.out(), run.err());
    }

    @Test
    void theGrammarShownIsTheExample() throws IOException {
        assertEquals(List.of(Files.readString(ROOT.resolve("examples/arithmetic.gbnf"))), blocks("gbnf"));
    }

    @TestFactory
    List<DynamicTest> commandsWorkAsWritten() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String block : blocks("sh")) {
            for (String line : block.replace("\\\n", " ").lines().toList()) {
                if (line.startsWith("bin/espalier ")
                        && !line.equals("bin/espalier serve")) { // it does not end by itself: ReadmeServerTest
                    tests.add(DynamicTest.dynamicTest(line, () -> run(line)));
                }
            }
        }
        assertFalse(tests.isEmpty());
        return tests;
    }

    private static void run(String line) {
        assumeTrue(!line.contains("--model DIR"), "needs a model directory");
        assumeTrue(
                ReadmeTest.class.getResource("/dev/espalier/sprig/tokenizer.json") != null,
                "the embedded model is not among the resources");
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            String word = matcher.group().startsWith("\"")
                    ? matcher.group(1)
                    : matcher.group().startsWith("'") ? matcher.group(2) : matcher.group(3);
            int file = word.startsWith("examples/") ? 0 : word.indexOf("=examples/") + 1;
            boolean named = file > 0 || word.startsWith("examples/");
            words.add(named ? word.substring(0, file) + ROOT.resolve(word.substring(file)) : word);
        }
        ConsoleRun run = ConsoleRun.of(words.subList(1, words.size()).toArray(new String[0]));
        assertEquals(0, run.code(), run.out() + run.err());
        assertFalse(run.out().isEmpty());
    }
}
