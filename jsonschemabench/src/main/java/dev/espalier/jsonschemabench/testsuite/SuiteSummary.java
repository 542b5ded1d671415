package dev.espalier.jsonschemabench.testsuite;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.report.ReasonCounts;
import dev.espalier.jsonschemabench.report.Summary;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.JsonLines;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.testsuite.SuiteResult.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Verdicts counted by draft, part and file. Immutable once made. */
public final class SuiteSummary implements Summary {

    private final List<SuiteResult> results;
    private final Map<String, int[]> parts = new LinkedHashMap<>();
    private final Map<String, int[]> files = new LinkedHashMap<>();
    private final int[] total = new int[Verdict.values().length];
    private final ReasonCounts refusedFor = new ReasonCounts();

    SuiteSummary(List<SuiteResult> results) {
        this.results = List.copyOf(results);
        for (SuiteResult result : results) {
            String draft = SuiteResult.folder(result.group().draft());
            count(result, parts, draft + " " + result.group().part());
            count(result, files, draft + "/" + result.group().file());
            total[result.verdict().ordinal()]++;
            refusedFor.add(result.reasons());
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

    /** How many tests each keyword, or kind of error, kept from a verdict. */
    ReasonCounts refusedFor() {
        return refusedFor;
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
    @Override
    public JsonNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        write(total, node);
        ObjectNode byPart = node.putObject("parts");
        parts.forEach((name, counts) -> write(counts, byPart.putObject(name)));
        ObjectNode byFile = node.putObject("files");
        files.forEach((name, counts) -> write(counts, byFile.putObject(name)));
        node.set("refused_for", refusedFor.toJson());
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
            new JsonLines(folder.resolve(ResultsFile.NAME))
                    .replace(results.stream().map(SuiteResult::toJson).toList(), toJson());
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
        Table ways = refusedFor.table("Refused tests by keyword or kind of error", "tests");
        if (!ways.rows().isEmpty()) {
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
