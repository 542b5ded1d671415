package dev.espalier.jsonschemabench.compare;

import dev.espalier.jsonschemabench.maskbench.SchemaResult;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Schemas or cases one by one, each with every engine. */
final class CaseTable {

    /** More than these nobody looks at one by one. */
    private static final int MOST = 64;

    private static final List<String> COLUMNS = List.of(
            "case",
            "engine",
            "outcome",
            "right",
            "compile ms",
            "first mask ms",
            "masks",
            "mask mean µs",
            "× first",
            "mask p99 µs",
            "mask max µs",
            "commit mean µs",
            "commit max µs");

    private CaseTable() {}

    /** The table; without rows if there are too many. */
    static Table of(List<EngineResults> all, Collection<String> ids) {
        Table table = new Table("Each case", COLUMNS);
        if (ids.size() > MOST) {
            return table;
        }
        for (String id : ids) {
            double first = 0;
            for (EngineResults one : all) {
                SchemaResult result = one.byId().get(id);
                if (result != null) {
                    double mean = result.steps().mask().mean();
                    first = one.equals(all.get(0)) ? mean : first;
                    table = table.row(cells(one.name(), result, first).toArray());
                }
            }
        }
        return table;
    }

    private static List<Object> cells(String engine, SchemaResult result, double first) {
        LatencyHistogram mask = result.steps().mask();
        LatencyHistogram commit = result.steps().commit();
        boolean compiled = result.schema().compileNanos() > 0;
        boolean read = mask.count() > 0;
        long right = result.tests().stream()
                .filter(test -> test.valid() == test.accepted())
                .count();
        List<Object> cells = new ArrayList<>();
        cells.add(result.id());
        cells.add(engine);
        cells.add(outcome(result));
        cells.add(right + " of " + result.tests().size());
        cells.add(compiled ? millis(result.schema().compileNanos()) : "-");
        cells.add(compiled ? millis(result.firstMaskNanos()) : "-");
        cells.add(mask.count());
        cells.add(read ? TimesTable.micros(mask.mean()) : "-");
        cells.add(read && first > 0 ? String.format(Locale.ROOT, "%.2f", mask.mean() / first) : "-");
        cells.add(read ? TimesTable.micros(mask.percentile(99)) : "-");
        cells.add(read ? TimesTable.micros(mask.max()) : "-");
        cells.add(read ? TimesTable.micros(commit.mean()) : "-");
        cells.add(read ? TimesTable.micros(commit.max()) : "-");
        return cells;
    }

    private static String outcome(SchemaResult result) {
        return result.schema().isCompiled() || result.schema().reasons().isEmpty()
                ? result.schema().status().name().toLowerCase(Locale.ROOT)
                : result.schema().reasons().get(0).keyword();
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / 1e6);
    }
}
