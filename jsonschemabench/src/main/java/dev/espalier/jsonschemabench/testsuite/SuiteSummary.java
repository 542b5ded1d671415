package dev.espalier.jsonschemabench.testsuite;

import dev.espalier.grammar.error.InvalidInputException;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.testsuite.SuiteResult.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Verdicts counted by draft, part and file. Immutable once made. */
public final class SuiteSummary {

    private final List<SuiteResult> results;
    private final Map<String, int[]> parts = new LinkedHashMap<>();
    private final Map<String, int[]> files = new LinkedHashMap<>();
    private final int[] total = new int[Verdict.values().length];
    private final Map<String, Integer> refusedFor = new TreeMap<>();

    SuiteSummary(List<SuiteResult> results) {
        this.results = List.copyOf(results);
        for (SuiteResult result : results) {
            String draft = SuiteResult.folder(result.group().draft());
            count(result, parts, draft + " " + result.group().part());
            count(result, files, draft + "/" + result.group().file());
            total[result.verdict().ordinal()]++;
            result.reasons().stream()
                    .map(Reason::keyword)
                    .distinct()
                    .forEach(keyword -> refusedFor.merge(keyword, 1, Integer::sum));
        }
    }

    private static void count(SuiteResult result, Map<String, int[]> counts, String name) {
        counts.computeIfAbsent(name, unused -> new int[Verdict.values().length])[
                result.verdict().ordinal()]++;
    }

    /** The results with wrong verdicts. */
    List<SuiteResult> wrong() {
        return results.stream().filter(result -> result.verdict().isWrong()).toList();
    }

    /** The results without a verdict. */
    List<SuiteResult> refused() {
        return results.stream()
                .filter(result -> result.verdict() == Verdict.REFUSED)
                .toList();
    }

    /** How many verdicts are wrong. */
    public int wrongVerdicts() {
        return total[Verdict.WRONG_ACCEPT.ordinal()] + total[Verdict.WRONG_REFUSE.ordinal()];
    }

    int count(Verdict verdict) {
        return total[verdict.ordinal()];
    }

    int tests() {
        return results.size();
    }

    /** Counts by draft and part, indexed as {@link Verdict} is. */
    Map<String, int[]> parts() {
        return parts;
    }

    /** How many tests each keyword, or kind of error, kept from a verdict; the most frequent first. */
    List<Map.Entry<String, Integer>> refusedFor() {
        return refusedFor.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    /** Verdicts by draft and part. */
    Table partTable() {
        Table table = table("Verdicts by draft and part of the suite", parts, counts -> true);
        return row(table, "total", total);
    }

    /** Verdicts of the files where not every test passes. */
    Table fileTable() {
        return table("Files with tests that do not pass", files, counts -> sum(counts) > counts[0]);
    }

    private static Table table(String caption, Map<String, int[]> counts, Function<int[], Boolean> shown) {
        Table table = Table.of(caption, "draft", "tests", "pass", "share", "refused", "wrong accept", "wrong refuse");
        for (Map.Entry<String, int[]> entry : counts.entrySet()) {
            if (shown.apply(entry.getValue())) {
                table = row(table, entry.getKey(), entry.getValue());
            }
        }
        return table;
    }

    private static Table row(Table table, String name, int[] counts) {
        int all = sum(counts);
        return table.row(name, all, counts[0], Table.percent(counts[0], all), counts[1], counts[2], counts[3]);
    }

    private static int sum(int[] counts) {
        return java.util.Arrays.stream(counts).sum();
    }

    /** {@code {"tests", "pass", "refused", "wrong_accept", "wrong_refuse", "parts", "files", "refused_for"}}. */
    public JsonNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        write(total, node);
        ObjectNode byPart = node.putObject("parts");
        parts.forEach((name, counts) -> write(counts, byPart.putObject(name)));
        ObjectNode byFile = node.putObject("files");
        files.forEach((name, counts) -> write(counts, byFile.putObject(name)));
        ObjectNode ways = node.putObject("refused_for");
        refusedFor().forEach(entry -> ways.put(entry.getKey(), entry.getValue()));
        return node;
    }

    private static void write(int[] counts, ObjectNode node) {
        node.put("tests", sum(counts));
        for (Verdict verdict : Verdict.values()) {
            node.put(verdict.text(), counts[verdict.ordinal()]);
        }
    }

    /**
     * Writes {@code results.jsonl} into a folder, which is made if it is not there: a line a test, and
     * {@code {"summary": …}} as the last.
     *
     * @throws InvalidInputException if it cannot be written
     */
    public void write(Path folder) {
        try {
            Files.createDirectories(folder);
            try (PrintWriter lines =
                    new PrintWriter(Files.newBufferedWriter(folder.resolve("results.jsonl"), StandardCharsets.UTF_8))) {
                results.forEach(result -> lines.println(result.toJson()));
                lines.println(JsonMapper.shared().createObjectNode().set("summary", toJson()));
            }
        } catch (IOException e) {
            throw new InvalidInputException("cannot write to " + folder + ": " + e, e);
        }
    }

    /** The tables for a terminal, and every wrong verdict. */
    @Override
    public String toString() {
        String end = System.lineSeparator();
        StringBuilder text = new StringBuilder(partTable().toString());
        if (!fileTable().rows().isEmpty()) {
            text.append(end).append(fileTable());
        }
        if (!refusedFor.isEmpty()) {
            Table ways = Table.of("Refused tests by keyword or kind of error", "keyword", "tests");
            for (Map.Entry<String, Integer> entry : refusedFor()) {
                ways = ways.row(entry.getKey(), entry.getValue());
            }
            text.append(end).append(ways);
        }
        text.append(wrong().isEmpty() ? "" : end);
        for (SuiteResult result : wrong()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s  %s/%s: %s: %s%n",
                    result.verdict().text(),
                    SuiteResult.folder(result.group().draft()),
                    result.group().file(),
                    result.group().description(),
                    result.test().description()));
        }
        return text.toString();
    }
}
