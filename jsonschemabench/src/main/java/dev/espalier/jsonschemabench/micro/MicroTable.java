package dev.espalier.jsonschemabench.micro;

import dev.espalier.jsonschemabench.report.Summary;
import dev.espalier.jsonschemabench.report.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What benchmarks took.
 *
 * @param rows one benchmark of one class of states each
 */
public record MicroTable(List<Row> rows) implements Summary {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /**
     * A benchmark.
     *
     * @param benchmark its name
     * @param stateClass the class of states
     * @param micros mean time of a call in microseconds
     * @param error half of the 99.9 % interval of the mean, in microseconds; not a number of a single iteration
     * @param allocated bytes on the heap of a call; not a number without the profiler {@code gc}
     */
    public record Row(String benchmark, String stateClass, double micros, double error, double allocated) {}

    /** Copies the list. */
    public MicroTable {
        rows = List.copyOf(rows);
    }

    static MicroTable of(Collection<RunResult> results) {
        List<Row> rows = new ArrayList<>();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
            rows.add(new Row(
                    name.substring(name.lastIndexOf('.') + 1),
                    result.getParams().getParam("stateClass").toLowerCase(Locale.ROOT),
                    result.getPrimaryResult().getScore(),
                    result.getPrimaryResult().getScoreError(),
                    allocated == null ? Double.NaN : allocated.getScore()));
        }
        return new MicroTable(rows);
    }

    private Table table() {
        Table table = Table.of("", "benchmark", "state", "µs", "± µs", "B a call");
        for (Row row : rows) {
            table = table.row(
                    row.benchmark,
                    row.stateClass,
                    number(row.micros, 3),
                    number(row.error, 3),
                    number(row.allocated, 0));
        }
        return table;
    }

    private static String number(double value, int digits) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** The table in Markdown. */
    String markdown() {
        Table table = table();
        StringBuilder text = new StringBuilder();
        line(table.columns(), text);
        text.append("|").append("---|".repeat(table.columns().size())).append('\n');
        table.rows().forEach(row -> line(row, text));
        return text.toString();
    }

    private static void line(List<String> cells, StringBuilder text) {
        StringJoiner line = new StringJoiner(" | ", "| ", " |\n");
        cells.forEach(line::add);
        text.append(line);
    }

    @Override
    public JsonNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        for (Row row : rows) {
            node.putObject(row.benchmark + "." + row.stateClass)
                    .put("us", row.micros)
                    .put("error_us", row.error)
                    .put("allocated_bytes", row.allocated);
        }
        return node;
    }

    /** The table for a terminal. */
    @Override
    public String toString() {
        return table().toString();
    }
}
