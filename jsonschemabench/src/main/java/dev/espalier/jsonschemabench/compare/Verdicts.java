package dev.espalier.jsonschemabench.compare;

import dev.espalier.jsonschemabench.maskbench.SchemaResult;
import dev.espalier.jsonschemabench.maskbench.TestResult;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.SchemaOutcome.Status;
import java.util.Collection;
import tools.jackson.databind.node.ObjectNode;

/**
 * How many schemas ended how.
 *
 * @param passing compiled, all instances judged rightly
 * @param wrong compiled, and an instance judged wrongly
 * @param refused an error while compiling
 * @param errors any other error
 * @param timeouts out of time
 * @param valid valid instances that were read
 * @param falselyRefused of these, those refused
 * @param invalid invalid instances that were read
 * @param falselyAccepted of these, those accepted
 */
record Verdicts(
        int passing,
        int wrong,
        int refused,
        int errors,
        int timeouts,
        long valid,
        long falselyRefused,
        long invalid,
        long falselyAccepted) {

    static Verdicts of(Collection<SchemaResult> results) {
        long compiled = count(results, Status.COMPILED);
        long passing = results.stream().filter(SchemaResult::passes).count();
        long tests = results.stream().mapToLong(one -> one.tests().size()).sum();
        long valid = results.stream()
                .flatMap(one -> one.tests().stream())
                .filter(TestResult::valid)
                .count();
        return new Verdicts(
                (int) passing,
                (int) (compiled - passing),
                (int) count(results, Status.REFUSED),
                (int) count(results, Status.ERROR),
                (int) count(results, Status.TIMEOUT),
                valid,
                results.stream().mapToLong(SchemaResult::falselyRefused).sum(),
                tests - valid,
                results.stream().mapToLong(SchemaResult::falselyAccepted).sum());
    }

    private static long count(Collection<SchemaResult> results, Status status) {
        return results.stream().filter(one -> one.schema().status() == status).count();
    }

    int schemas() {
        return passing + wrong + refused + errors + timeouts;
    }

    /** An empty table for rows of verdicts. */
    static Table table(String caption) {
        return Table.of(
                caption,
                "engine",
                "schemas",
                "passing",
                "share",
                "wrong verdict",
                "refused",
                "error",
                "timeout",
                "valid refused",
                "of",
                "invalid accepted",
                "of");
    }

    Table row(Table table, String engine) {
        return table.row(
                engine,
                schemas(),
                passing,
                Table.percent(passing, schemas()),
                wrong,
                refused,
                errors,
                timeouts,
                falselyRefused,
                valid,
                falselyAccepted,
                invalid);
    }

    void write(ObjectNode node) {
        node.put("schemas", schemas()).put("passing", passing).put("wrong", wrong);
        node.put("refused", refused).put("error", errors).put("timeout", timeouts);
        node.put("valid", valid).put("valid_refused", falselyRefused);
        node.put("invalid", invalid).put("invalid_accepted", falselyAccepted);
    }
}
