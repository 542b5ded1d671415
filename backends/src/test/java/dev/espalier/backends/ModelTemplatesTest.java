// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.backends.gguf.GgufBytes;
import dev.espalier.backends.gguf.GgufFile;
import dev.espalier.backends.gguf.GgufTemplate;
import dev.espalier.sampler.ModelTemplate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the chat template of a directory is. */
class ModelTemplatesTest {

    @TempDir
    Path folder = Path.of("");

    private final ModelFiles files = Family.of("llama2").files();

    private Optional<ModelTemplate> of(String config) {
        return ModelTemplates.of(Overlay.of(files, "tokenizer_config.json", config.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aDirectoryMayHaveNone() {
        assertEquals(Optional.empty(), ModelTemplates.of(files));
        assertEquals(Optional.empty(), of("{\"bos_token\": \"<s>\", \"chat_template\": null}"));
    }

    @Test
    void theConfigurationHasItWithTheTextsOfSpecialTokens() {
        ModelTemplate found = of("{\"chat_template\": \"{{ bos_token }}\", \"bos_token\": \"<s>\","
                        + " \"eos_token\": {\"content\": \"</s>\"}, \"pad_token\": null}")
                .orElseThrow();
        assertEquals("{{ bos_token }}", found.source());
        assertEquals(Map.of("bos_token", "<s>", "eos_token", "</s>"), found.tokens());
        assertTrue(found.name().endsWith("tokenizer_config.json"), found.name());
    }

    @Test
    void ofSeveralTheDefaultIsTaken() {
        String named = "{\"chat_template\": [{\"name\": \"tool_use\", \"template\": \"a\"},"
                + " {\"name\": \"default\", \"template\": \"b\"}]}";
        assertEquals("b", of(named).orElseThrow().source());
        assertEquals(Optional.of("a"), of(named).orElseThrow().toolUse());
        assertEquals(
                Optional.empty(), of("{\"chat_template\": \"a\"}").orElseThrow().toolUse());
    }

    @Test
    void theOneForToolsMayBeAFileOfItsOwn() {
        ModelFiles both = Overlay.of(files, "chat_template.jinja", "a".getBytes(StandardCharsets.UTF_8))
                .and("additional_chat_templates/tool_use.jinja", "b".getBytes(StandardCharsets.UTF_8));
        ModelTemplate found = ModelTemplates.of(both).orElseThrow();
        assertEquals("a", found.source());
        assertEquals(Optional.of("b"), found.toolUse());
    }

    @Test
    void ggufFilesHaveTheOneForToolsUnderItsName() {
        Path path = GgufBytes.file(0, 3)
                .text("general.architecture")
                .int32(GgufBytes.STRING)
                .text("llama")
                .text("tokenizer.chat_template")
                .int32(GgufBytes.STRING)
                .text("a")
                .text("tokenizer.chat_template.tool_use")
                .int32(GgufBytes.STRING)
                .text("b")
                .in(folder);
        try (GgufFile file = GgufFile.open(path)) {
            ModelTemplate found = GgufTemplate.of(file.metadata()).orElseThrow();
            assertEquals("a", found.source());
            assertEquals(Optional.of("b"), found.toolUse());
        }
    }

    @Test
    void aFileOfItsOwnComesFirst() {
        ModelFiles both = Overlay.of(
                        files, "tokenizer_config.json", "{\"chat_template\": \"a\"}".getBytes(StandardCharsets.UTF_8))
                .and("chat_template.jinja", "c".getBytes(StandardCharsets.UTF_8));
        assertEquals("c", ModelTemplates.of(both).orElseThrow().source());
    }
}
