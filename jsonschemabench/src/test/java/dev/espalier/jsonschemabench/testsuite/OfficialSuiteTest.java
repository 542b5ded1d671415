// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.testsuite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.testing.TestData;
import dev.espalier.jsonschemabench.run.Workers;
import dev.espalier.schemas.options.Draft;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The official JSON Schema Test Suite, the frames as recognisers of the documents' texts. */
class OfficialSuiteTest {

    @Test
    void noVerdictIsWrong() throws InterruptedException {
        Path file = TestData.of("json-schema-test-suite", "json-schema-test-suite.tar.gz");
        SuiteView view = new SuiteRun(file, EnumSet.allOf(Draft.class), Limits.DEFAULT)
                .run(new Workers(2, new Cancellation()), () -> {});
        System.out.println("official suite: " + view.view("").toJson().path("parts"));
        assertTrue(view.results().size() > 5000, view.results().size() + " tests");
        List<String> wrong = view.results().stream()
                .filter(result -> result.verdict().isWrong())
                .map(SuiteResult::toJson)
                .toList();
        assertEquals(List.of(), wrong);
    }
}
