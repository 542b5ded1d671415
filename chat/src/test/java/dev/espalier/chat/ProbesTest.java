// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Templates of this project with the text, or the failure, that jinja2 3.1.6 answers with. {@code src/test/python} has the templates and the
 * scripts that write the files.
 */
class ProbesTest {

    @Test
    void eachFeatureGivesTheTextThatJinja2Gives() throws IOException {
        check("probes.jsonl.gz", 1000);
    }

    @Test
    void randomExpressionsGiveTheTextThatJinja2Gives() throws IOException {
        check("random.jsonl.gz", 400);
    }

    private static void check(String file, int least) throws IOException {
        try (InputStream packed = Objects.requireNonNull(ProbesTest.class.getResourceAsStream(file))) {
            List<TemplateCases.Case> cases = TemplateCases.read(packed);
            assertTrue(cases.size() >= least, "only " + cases.size());
            TemplateCases.check(cases);
        }
    }
}
