// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A corpus of small cases, some of which are wrong on purpose: the harness has to notice. */
class HostileRunTest {

    private static final List<CaseResult> heard = new ArrayList<>();
    private static List<CaseResult> results = List.of();
    private static Map<String, CaseResult> byId = Map.of();

    @BeforeAll
    static void run() throws URISyntaxException, InterruptedException {
        Path corpus = Path.of(Objects.requireNonNull(HostileRunTest.class.getResource("/hostile"))
                .toURI());
        results = new HostileRun(corpus, corpus.resolve("missing"), 2, id -> true).run(heard::add);
        byId = results.stream().collect(Collectors.toMap(CaseResult::id, Function.identity()));
    }

    @Test
    void everyCaseAndEveryLineHasOneResult() {
        assertEquals(17, results.size());
        assertEquals(results.size(), heard.size());
        assertEquals(Verdict.SERVED, verdict("many:1"));
        assertEquals(Verdict.REFUSED, verdict("many:2"));
    }

    @Test
    void whatHoldsPasses() {
        assertEquals(Verdict.SERVED, verdict("holds"));
        assertEquals(Verdict.REFUSED, verdict("refused-as-expected"));
        assertEquals(Verdict.SERVED, verdict("other-arguments"));
    }

    @Test
    void scenariosAreRunAsTheySay() {
        assertEquals(Verdict.SERVED, verdict("compiled-in-parallel"), reason("compiled-in-parallel"));
        assertEquals(Verdict.SERVED, verdict("temperatures-as-strings"), reason("temperatures-as-strings"));
        assertEquals(Verdict.SERVED, verdict("constraint-that-is-not-utf8"), reason("constraint-that-is-not-utf8"));
    }

    @Test
    void bytesThatAreNotUtf8AreNotTaken() {
        assertEquals(Verdict.REFUSED, verdict("pattern-that-is-not-utf8"), reason("pattern-that-is-not-utf8"));
    }

    @Test
    void wrongTextsAreNoticed() {
        assertEquals(Verdict.UNSAFE, verdict("accepts-a-reject"));
        assertTrue(reason("accepts-a-reject").contains("\"ab\""));
        assertEquals(Verdict.UNSAFE, verdict("misses-an-accept"));
        assertEquals(Verdict.UNSAFE, verdict("compiled-though-malformed"));
    }

    @Test
    void refusalsThatDoNotFitAreNoticed() {
        assertEquals(Verdict.MISSED, verdict("refused-for-another-reason"));
        assertEquals(Verdict.MISSED, verdict("refused-though-fine"));
    }

    @Test
    void aHangEndsItsMachineAndTheRestRunsInAnother() {
        assertEquals(Verdict.UNSAFE, verdict("out-of-time"));
        assertTrue(reason("out-of-time").contains("no end within"));
        assertEquals(Verdict.SERVED, verdict("after-the-hang"));
    }

    @Test
    void missingInputsAreSkippedAndCounted() {
        assertEquals(Verdict.SKIPPED, verdict("no-input"));
        assertTrue(new HostileTable(results).summary().contains("skipped 1"));
    }

    @Test
    void theTableCountsSafePassedAndServedApart() {
        HostileTable table = new HostileTable(results, HostileTable.disputed("# none\n"));
        assertEquals(
                "hostile: 17 cases, safe 12, passed 10, served 1 (of 2 ok-with-limits), skipped 1, disputed 0",
                table.summary());
        assertEquals(6, table.failures().size());
    }

    @Test
    void disputedCasesDoNotFailARun() {
        Set<String> disputes = HostileTable.disputed("# list\nmisses-an-accept: y is no x\n");
        HostileTable table = new HostileTable(results, disputes);
        assertEquals(5, table.failures().size());
        assertTrue(table.summary().endsWith("disputed 1"));
    }

    @Test
    void resultsSurviveTheirTripThroughJson() {
        CaseResult result = new CaseResult("é", "regex", true, Verdict.UNSAFE, "\"\n", 7);
        assertEquals(result, CaseResult.read(result.toJson()).orElseThrow());
    }

    @Test
    void aLineThatABrokenMachineCutOffIsNoResult() {
        String line = new CaseResult("a", "regex", true, Verdict.SERVED, "why", 5).toJson();
        for (int end = 1; end < line.length(); end++) {
            assertTrue(CaseResult.read(line.substring(0, end)).isEmpty(), line.substring(0, end));
        }
        assertTrue(CaseResult.read("{}").isEmpty());
        assertTrue(CaseResult.read("> some-case").isEmpty());
    }

    private static Verdict verdict(String id) {
        return result(id).verdict();
    }

    private static String reason(String id) {
        return result(id).reason();
    }

    private static CaseResult result(String id) {
        return Objects.requireNonNull(byId.get(id), id);
    }
}
