package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.core.testing.TestData;
import dev.espalier.schemas.options.Draft;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The official JSON Schema Test Suite, the frames as recognisers of the documents' texts. */
class OfficialSuiteTest {

    @Test
    void noVerdictIsWrong() throws IOException {
        Path file = TestData.of("json-schema-test-suite", "json-schema-test-suite.tar.gz");
        List<String> wrong = new ArrayList<>();
        Map<String, String> remotes = CorpusRun.remotes(file);
        for (Draft draft : Draft.values()) {
            String name = "draft" + draft.name().substring(6).replace('_', '-').toLowerCase(Locale.ROOT);
            Map<String, Verdicts> all = CorpusRun.suite(CorpusRun.tar(file, "/tests/" + name + "/"), draft, remotes);
            int right = 0;
            int refused = 0;
            for (Verdicts verdicts : all.values()) {
                right += verdicts.right;
                refused += verdicts.refusedDocuments;
                verdicts.wrong.forEach(one -> wrong.add(name + " " + one));
            }
            System.out.println(
                    "official suite, " + name + ": " + right + " cases right, " + refused + " refused at compile time");
        }
        assertEquals(List.of(), wrong);
    }
}
