// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.testing.TestData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Real schemas with judged documents. A sample unless {@code -Despalier.schemas.bench=1} asks for every schema (n: every
 * n-th).
 */
class BenchCorpusTest {

    @Test
    void compiledSchemasJudgeTheirDocumentsAsLabelled() throws IOException {
        Path folder = TestData.of("jsonschemabench");
        int step = Integer.getInteger("espalier.schemas.bench", 61);
        Verdicts verdicts = CorpusRun.bench(folder, step);
        System.out.println(verdicts.summary("JSONSchemaBench, every " + step + ". schema"));
        assertEquals(List.of(), verdicts.wrong);
        assertTrue(verdicts.compiled * 100 >= verdicts.schemas * 95, "too many schemas are refused");
    }
}
