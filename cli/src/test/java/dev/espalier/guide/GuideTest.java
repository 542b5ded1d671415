// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.espalier.cli.ConsoleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the documentation are run: commands print what the page shows, Java compiles and returns it. */
class GuideTest {

    private static final Path SOURCES = Path.of("src/test/java/dev/espalier/guide");
    private static final String BEGIN = "// guide: begin\n";
    private static final String END = "    // guide: end";
    private static final List<String> LABELS = List.of("Problem", "Idea", "Invariant", "Oracle", "Gain");
    private static final List<String> NO_MECHANISM = List.of("architecture.md", "glossary.md", "canvas-behaviours.md");

    @TempDir
    static Path written;

    private static boolean hasModel() {
        return GuideTest.class.getResource("/dev/espalier/sprig/tokenizer.json") != null;
    }

    /** The snippet of each example, by the name of its class. */
    private static Map<String, String> snippets() throws IOException {
        Map<String, String> snippets = new TreeMap<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith("Example.java"))
                    .toList()) {
                String source = Files.readString(file);
                int begin = source.indexOf(BEGIN) + BEGIN.length();
                snippets.put(
                        file.getFileName().toString().replace(".java", ""),
                        source.substring(begin, source.indexOf(END))
                                .stripTrailing()
                                .stripIndent());
            }
        }
        return snippets;
    }

    /** Whether a text is what is shown, where … stands for anything on a line, and by itself for any lines. */
    private static boolean isShown(String shown, String text) {
        return areShown(shown.strip().lines().toList(), text.strip().lines().toList());
    }

    private static boolean areShown(List<String> shown, List<String> lines) {
        if (shown.isEmpty()) {
            return lines.isEmpty();
        }
        List<String> rest = shown.subList(1, shown.size());
        if (shown.get(0).strip().equals("…")) {
            return IntStream.rangeClosed(0, lines.size()).anyMatch(i -> areShown(rest, lines.subList(i, lines.size())));
        }
        String pattern =
                Arrays.stream(shown.get(0).split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return !lines.isEmpty()
                && Pattern.matches(pattern, lines.get(0))
                && areShown(rest, lines.subList(1, lines.size()));
    }

    @TestFactory
    List<DynamicTest> commandsPrintWhatIsShown() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        List<Page> pages = new ArrayList<>(Page.below("guide"));
        pages.add(Page.read(Page.DOCS.resolve("index.md")));
        pages.addAll(Page.below("design"));
        pages.addAll(Page.below("reference"));
        for (Page page : pages) {
            for (Page.Block block : page.blocks()) {
                if (block.language().equals("sh")) {
                    tests.addAll(tests(page, block));
                }
            }
        }
        assertFalse(tests.isEmpty());
        return tests;
    }

    private static List<DynamicTest> tests(Page page, Page.Block block) {
        List<DynamicTest> tests = new ArrayList<>();
        List<ShownCommand> commands = new ArrayList<>();
        for (String line : block.text().replaceAll("\\\\\n\\s*", "").split("\n")) {
            ShownCommand.of(line)
                    .filter(command ->
                            !List.of("bench", "serve").contains(command.words().get(0)))
                    .ifPresent(commands::add);
        }
        if (block.parsedOnly()) {
            commands.forEach(command -> tests.add(DynamicTest.dynamicTest(
                    page.name() + ": " + command.words(), () -> assertEquals(List.of(), command.unknownOptions()))));
        } else if (!commands.isEmpty()) {
            tests.add(DynamicTest.dynamicTest(
                    page.name() + ": " + commands.get(0).words(), () -> run(page, block, commands)));
        }
        return tests;
    }

    private static void run(Page page, Page.Block block, List<ShownCommand> commands) {
        assumeTrue(hasModel(), "the embedded model is not among the resources");
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        for (ShownCommand command : commands) {
            ConsoleRun run = command.run(written);
            if (command.showsCode()) {
                err.append(run.err());
                out.append(run.out());
                (run.out().isEmpty() ? err : out)
                        .append(run.out().isEmpty() && run.err().isEmpty() ? "" : "\n")
                        .append(run.code());
            } else {
                assertEquals(0, run.code(), run.out() + run.err());
                out.append(run.out()).append('\n');
                err.append(run.err()).append('\n');
            }
        }
        page.shown(block).ifPresent(shown -> {
            String both = out.toString().strip() + "\n" + err.toString().strip();
            assertTrue(
                    isShown(shown, out.toString()) || isShown(shown, err.toString()) || isShown(shown, both),
                    () -> "shown:\n" + shown + "\nprinted:\n" + both);
        });
    }

    @Test
    void javaBlocksOfTheGuideAreTheExamples() throws IOException {
        TreeSet<String> blocks = new TreeSet<>();
        for (Page page : Page.below("guide")) {
            page.blocks().stream()
                    .filter(block -> block.language().equals("java"))
                    .forEach(block -> blocks.add(block.text()));
        }
        assertEquals(new TreeSet<>(snippets().values()), blocks);
    }

    @TestFactory
    List<DynamicTest> examplesReturnWhatIsShown() throws IOException {
        Map<String, String> snippets = snippets();
        List<DynamicTest> tests = new ArrayList<>();
        List<Page> pages = Page.below("guide");
        for (Map.Entry<String, GuideExamples.Example> example :
                GuideExamples.all(written).entrySet()) {
            String snippet = snippets.get(example.getKey());
            tests.add(DynamicTest.dynamicTest(example.getKey(), () -> {
                assumeTrue(hasModel(), "the embedded model is not among the resources");
                String returned = example.getValue().run();
                for (Page page : pages) {
                    for (Page.Block block : page.blocks()) {
                        if (block.text().equals(snippet)) {
                            String shown = page.shown(block).orElse("…");
                            assertTrue(
                                    isShown(shown, returned),
                                    () -> page.name() + " shows:\n" + shown + "\nreturned:\n" + returned);
                        }
                    }
                }
            }));
        }
        return tests;
    }

    @Test
    void theReferenceHasAllOptions() throws IOException {
        String page = Files.readString(Page.DOCS.resolve("reference/command-line.md"));
        for (String command : List.of("generate", "sample", "infill", "check", "compile", "next", "vocabulary")) {
            Matcher options = Pattern.compile("(?m)^ +(?:-\\w, )?(--[\\w\\[\\]-]+)")
                    .matcher(ConsoleRun.of(command, "--help").out());
            while (options.find()) {
                String name = options.group(1).replace("[no-]", "");
                assertTrue(
                        Pattern.compile("`" + name + "\\b|`" + name.replace("--", "--no-") + "`")
                                .matcher(page)
                                .find(),
                        command + " has " + name);
            }
        }
    }

    @Test
    void eachMechanismHasProblemIdeaInvariantOracleAndGain() throws IOException {
        try (Stream<Path> files = Files.list(Page.DOCS.resolve("design"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".md"))
                    .filter(path -> !NO_MECHANISM.contains(path.getFileName().toString()))
                    .toList()) {
                List<String> labels = Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith("- **"))
                        .limit(LABELS.size())
                        .map(line -> line.replaceAll("- \\*\\*(\\w+)\\.\\*\\*.*", "$1"))
                        .toList();
                assertEquals(LABELS, labels, file.toString());
            }
        }
    }
}
