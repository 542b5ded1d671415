// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.testing.TestData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Templates as they are published with models. */
class GoldenTest {

    @Test
    void publishedTemplatesGiveTheTextThatJinja2Gives() throws IOException {
        try (InputStream golden = Files.newInputStream(TestData.of("chat-templates", "golden.jsonl.gz"))) {
            List<TemplateCases.Case> cases = TemplateCases.read(golden);
            assertTrue(cases.size() >= 78, "only " + cases.size());
            TemplateCases.check(cases);
        }
    }
}
