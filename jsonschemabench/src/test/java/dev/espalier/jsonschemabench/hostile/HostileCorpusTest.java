package dev.espalier.jsonschemabench.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The corpus in the data folder, each case under its own heap, stack and clock. */
class HostileCorpusTest {

    @Test
    void everyCaseIsSafe() throws InterruptedException {
        String data = System.getenv("ESPALIER_DATA");
        Path corpus = Path.of(data == null ? "" : data, "hostile");
        boolean present = data != null && Files.isRegularFile(corpus.resolve("index.jsonl"));
        if (!present) {
            System.out.println("hostile: 0 cases ran: ESPALIER_DATA names no folder with hostile/index.jsonl");
        }
        Assumptions.assumeTrue(present, "ESPALIER_DATA");
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
                .filter(result -> !result.verdict().isSafe())
                .map(CaseResult::toString)
                .collect(Collectors.joining("\n"));
        assertTrue(unsafe.isEmpty(), unsafe);
    }
}
