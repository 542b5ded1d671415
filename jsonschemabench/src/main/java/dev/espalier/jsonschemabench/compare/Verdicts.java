// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.compare;

import dev.espalier.jsonschemabench.maskbench.SchemaResult;
import dev.espalier.jsonschemabench.maskbench.TestResult;
import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.SchemaOutcome.Status;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * How many schemas ended how.
 *
 * @param engine the name of the engine
 * @param results what it made of them
 */
record Verdicts(String engine, Collection<SchemaResult> results) {

    static final List<Column<Verdicts>> COLUMNS = List.of(
            Column.of("engine", Verdicts::engine),
            Column.both("schemas", each -> each.results.size()),
            Column.both("passing", Verdicts::passing),
            Column.of("share", each -> Table.percent(each.passing(), each.results.size())),
            Column.of("wrong verdict", Verdicts::wrong),
            Column.member("wrong", Verdicts::wrong),
            Column.both("refused", each -> each.ended(Status.REFUSED)),
            Column.both("error", each -> each.ended(Status.ERROR)),
            Column.both("timeout", each -> each.ended(Status.TIMEOUT)),
            Column.member("valid", each -> each.tests(TestResult::valid)),
            Column.both("valid refused", each -> each.sum(SchemaResult::falselyRefused)),
            Column.of("of", each -> each.tests(TestResult::valid)),
            Column.member("invalid", each -> each.tests(test -> !test.valid())),
            Column.both("invalid accepted", each -> each.sum(SchemaResult::falselyAccepted)),
            Column.of("of", each -> each.tests(test -> !test.valid())));

    long passing() {
        return results.stream().filter(SchemaResult::passes).count();
    }

    long wrong() {
        return ended(Status.COMPILED) - passing();
    }

    long ended(Status status) {
        return results.stream().filter(one -> one.schema().status() == status).count();
    }

    private long tests(Predicate<TestResult> which) {
        return sum(one -> one.tests().stream().filter(which).count());
    }

    private long sum(ToLongFunction<SchemaResult> figure) {
        return results.stream().mapToLong(figure).sum();
    }
}
