// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.testing.TestData;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The corpus in the data folder, each case under its own heap, stack and clock. */
class HostileCorpusTest {

    @Test
    void everyCaseIsSafe() throws InterruptedException {
        Path corpus = TestData.of("hostile");
        Path generated = Path.of("target", "hostile");
        String missing = GeneratedInputs.write(corpus, generated);
        if (!missing.isEmpty()) {
            System.out.println("hostile: large inputs are missing, their cases are skipped: " + missing);
        }
        List<CaseResult> results = new HostileRun(corpus, generated, 2, id -> true).run(result -> {});
        HostileTable table = new HostileTable(results);
        System.out.println(table.summary());
        System.out.print(table);
        table.failures().forEach(System.out::println);
        String unsafe = table.failures().stream()
                .filter(result -> !result.isSafe())
                .map(CaseResult::toString)
                .collect(Collectors.joining("\n"));
        assertTrue(unsafe.isEmpty(), unsafe);
    }
}
