// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.TemplateException;
import dev.espalier.core.testing.TestData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Templates as they are published with models. */
class GoldenTest {

    private static final String MARK = "<|ж|>";

    @Test
    void publishedTemplatesGiveTheTextThatJinja2Gives() throws IOException {
        try (InputStream golden = Files.newInputStream(TestData.of("chat-templates", "golden.jsonl.gz"))) {
            List<TemplateCases.Case> cases = TemplateCases.read(golden);
            assertTrue(cases.size() >= 78, "only " + cases.size());
            TemplateCases.check(cases);
        }
    }

    @Test
    void noTemplateOfAModelTrustsWhatVariablesHold() throws IOException {
        int rendered = 0;
        try (InputStream golden = Files.newInputStream(TestData.of("chat-templates", "golden.jsonl.gz"))) {
            for (TemplateCases.Case one : TemplateCases.read(golden)) {
                Map<String, Object> variables = new HashMap<>();
                one.context()
                        .forEach((name, value) -> variables.put(name, name.endsWith("_token") ? value : marked(value)));
                try {
                    for (RenderedPrompt.Piece piece : ChatTemplate.parse(one.template(), one.name())
                            .render(variables, TemplateCases.OPTIONS)
                            .pieces()) {
                        assertFalse(piece.trusted() && piece.text().contains(MARK), one.name() + ": " + piece.text());
                    }
                    rendered++;
                } catch (TemplateException refused) {
                    assertNotEquals("", refused.getMessage());
                }
            }
        }
        assertTrue(rendered >= 70, "only " + rendered);
    }

    /** A value whose texts, but for roles and types, have a mark. */
    private static @Nullable Object marked(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> all = new LinkedHashMap<>();
            map.forEach((key, item) -> all.put(key, key.equals("role") || key.equals("type") ? item : marked(item)));
            return all;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> all = new ArrayList<>();
            list.forEach(item -> all.add(marked(item)));
            return all;
        }
        return value instanceof String text ? text + MARK : value;
    }
}
