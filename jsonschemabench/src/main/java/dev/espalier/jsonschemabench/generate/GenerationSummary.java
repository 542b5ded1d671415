package dev.espalier.jsonschemabench.generate;

import dev.espalier.jsonschemabench.generate.Writing.End;
import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.ReasonCounts;
import dev.espalier.jsonschemabench.report.Summary;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Figures over many results. Declared coverage is the share of schemas that compiled; empirical coverage the share with a
 * complete, valid text; compliance the share of valid ones among declared. Immutable once made.
 */
public final class GenerationSummary implements Summary {

    private final List<GenerationResult> results;
    private final Counts total = new Counts();
    private final Map<String, Counts> datasets = new TreeMap<>();
    private final ReasonCounts refusedFor = new ReasonCounts();
    private final LatencyHistogram compile = new LatencyHistogram();
    private final Texts constrained = new Texts();
    private final Texts free = new Texts();

    GenerationSummary(List<GenerationResult> results) {
        this.results = List.copyOf(results);
        for (GenerationResult result : results) {
            total.add(result);
            datasets.computeIfAbsent(result.schema().shownDataset(), unused -> new Counts())
                    .add(result);
            refusedFor.add(result.schema().reasons());
            if (result.schema().isCompiled()) {
                compile.add(result.schema().compileNanos());
            }
            result.constrained().ifPresent(constrained::add);
            result.free().ifPresent(free::add);
        }
    }

    /** Schemas of one data set, or of all. */
    static final class Counts {

        int schemas;
        int declared;
        int checkedAtEnd;
        int complete;
        int valid;

        void add(GenerationResult result) {
            schemas++;
            declared += result.schema().isCompiled() ? 1 : 0;
            checkedAtEnd += result.schema().checkedAtEnd().isEmpty() ? 0 : 1;
            complete += result.constrained().map(Writing::isComplete).orElse(false) ? 1 : 0;
            valid += result.isCovered() ? 1 : 0;
        }

        int wrong() {
            return complete - valid;
        }
    }

    /** Texts written with, or without, the constraint. */
    static final class Texts {

        final int[] ends = new int[End.values().length];
        final LatencyHistogram first = new LatencyHistogram();
        final LatencyHistogram token = new LatencyHistogram();
        int texts;
        int valid;
        long tokens;
        long forced;

        void add(Writing text) {
            texts++;
            ends[text.end().ordinal()]++;
            valid += text.isValid() ? 1 : 0;
            tokens += text.tokens();
            forced += text.forcedTokens();
            if (text.firstTokenNanos() > 0) {
                first.add(text.firstTokenNanos());
            }
            if (text.tokenNanos() > 0) {
                token.add(text.tokenNanos());
            }
        }

        int count(End end) {
            return ends[end.ordinal()];
        }

        void write(ObjectNode node) {
            node.put("texts", texts);
            for (End end : End.values()) {
                node.put(end.name().toLowerCase(Locale.ROOT), count(end));
            }
            node.put("valid", valid).put("complete_invalid", count(End.COMPLETE) - valid);
            node.put("tokens", tokens).put("forced_tokens", forced);
            node.set("first_token_us", first.figures());
            node.set("token_us", token.figures());
        }
    }

    /** How many schemas there are results of. */
    public int schemas() {
        return total.schemas;
    }

    List<GenerationResult> results() {
        return results;
    }

    Counts total() {
        return total;
    }

    Map<String, Counts> datasets() {
        return datasets;
    }

    Texts constrained() {
        return constrained;
    }

    Texts free() {
        return free;
    }

    /** Complete texts that the validator does not accept. */
    public int wrong() {
        return total.wrong();
    }

    /** How many schemas each keyword, or kind of error, kept from compiling. */
    ReasonCounts refusedFor() {
        return refusedFor;
    }

    /** All distributions of times, by name. */
    Map<String, LatencyHistogram> times() {
        Map<String, LatencyHistogram> all = new LinkedHashMap<>();
        all.put("grammar compile time", compile);
        all.put("time to first token", constrained.first);
        all.put("time per output token", constrained.token);
        if (free.texts > 0) {
            all.put("time to first token, unconstrained", free.first);
            all.put("time per output token, unconstrained", free.token);
        }
        return all;
    }

    /** Coverage of each data set. */
    Table datasetTable() {
        Table table = Table.of(
                "Coverage by data set",
                "data set",
                "schemas",
                "compiled",
                "complete",
                "valid",
                "declared",
                "empirical",
                "compliance");
        for (Map.Entry<String, Counts> entry : datasets.entrySet()) {
            table = row(table, entry.getKey(), entry.getValue());
        }
        return row(table, "total", total);
    }

    private static Table row(Table table, String name, Counts counts) {
        return table.row(
                name,
                counts.schemas,
                counts.declared,
                counts.complete,
                counts.valid,
                Table.percent(counts.declared, counts.schemas),
                Table.percent(counts.valid, counts.schemas),
                Table.percent(counts.valid, counts.declared));
    }

    /** How texts ended. */
    Table endTable() {
        Table table = Table.of(
                "Texts", "", "texts", "complete", "valid", "cut", "dead end", "timeout", "error", "tokens", "forced");
        table = row(table, "constrained", constrained);
        return free.texts == 0 ? table : row(table, "unconstrained", free);
    }

    private static Table row(Table table, String name, Texts texts) {
        return table.row(
                name,
                texts.texts,
                texts.count(End.COMPLETE),
                texts.valid,
                texts.count(End.CUT),
                texts.count(End.DEAD_END),
                texts.count(End.TIMEOUT),
                texts.count(End.ERROR),
                texts.tokens,
                texts.forced);
    }

    @Override
    public JsonNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("schemas", total.schemas).put("compiled", total.declared).put("checked_at_end", total.checkedAtEnd);
        node.put("complete", total.complete).put("valid", total.valid).put("complete_invalid", total.wrong());
        node.put("declared_coverage", share(total.declared, total.schemas));
        node.put("empirical_coverage", share(total.valid, total.schemas));
        node.put("compliance", share(total.valid, total.declared));
        node.set("compile_us", compile.figures());
        constrained.write(node.putObject("constrained"));
        if (free.texts > 0) {
            free.write(node.putObject("unconstrained"));
        }
        node.set("refused_for", refusedFor.toJson());
        return node;
    }

    private static double share(int part, int whole) {
        return whole == 0 ? 0 : Math.round(1e6 * part / whole) / 1e6;
    }

    /** The tables for a terminal, and every complete text that is not valid. */
    @Override
    public String toString() {
        String end = System.lineSeparator();
        StringBuilder text = new StringBuilder(datasetTable().toString());
        text.append(end).append(endTable()).append(end).append(LatencyChart.table("Times", times()));
        Table ways = refusedFor.table("Schemas that did not compile, by keyword or kind of error", "schemas");
        if (!ways.rows().isEmpty()) {
            text.append(end).append(ways);
        }
        for (GenerationResult result : results) {
            result.constrained()
                    .filter(writing -> result.isWrong())
                    .ifPresent(writing -> text.append(end)
                            .append("complete, but not valid: ")
                            .append(result.id())
                            .append(": ")
                            .append(writing.faults()));
        }
        return text.append(wrong() == 0 ? "" : end).toString();
    }
}
