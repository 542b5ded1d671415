// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.ChatPrompting;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.testing.TestData;
import dev.espalier.testing.ToyModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The conventions of calls against templates as they are published with models: what a template makes of calls is read as these calls. */
class TemplateConventionTest {

    @Test
    void publishedTemplatesWriteCallsInAKnownWay() throws IOException {
        Map<String, String> templates = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(TestData.of("chat-templates", "golden.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode one = JsonMapper.shared().readTree(line);
                if (one.get("template").stringValue().contains("tool_call")) {
                    templates.put(
                            one.get("name").stringValue(), one.get("template").stringValue());
                }
            }
        }
        Map<String, String> found = new TreeMap<>();
        templates.forEach((name, template) -> {
            try {
                found.put(
                        name,
                        TemplateConvention.of(ChatPrompting.of(new ToyModel(template)))
                                .id());
            } catch (EspalierException unknown) {
                found.put(
                        name,
                        String.valueOf(unknown.getMessage()).contains("not known")
                                ? "not known"
                                : unknown.getMessage());
            }
        });
        Map<String, String> expected = new TreeMap<>(Map.of(
                "Qwen/Qwen2.5-7B-Instruct", "hermes",
                "Qwen/Qwen3-0.6B", "hermes",
                "Qwen/Qwen3.5-4B", "qwen3_coder",
                "Qwen3-Coder (tools)", "qwen3_coder",
                "meta-llama/Llama-3.1-8B-Instruct", "llama3",
                "meta-llama/Llama-3.2-11B-Vision-Instruct", "llama3",
                "mistralai/Mistral-7B-Instruct-v0.3 (JSON Schema)", "mistral",
                "mistralai/Mistral-Nemo-Instruct-2407", "mistral_nemo",
                "moonshotai/Kimi-K2-Thinking", "kimi_k2",
                "zai-org/GLM-5.1", "glm"));
        expected.put("CISCai/Mistral-7B-Instruct-v0.3-SOTA-GGUF", "mistral_id_first");
        expected.put("LiquidAI/LFM2.5-VL-450M", "lfm2");
        expected.put("openbmb/MiniCPM3-4B", "minicpm3");
        expected.put("CohereLabs/c4ai-command-a-03-2025", "command");
        found.values().removeIf(each -> each.contains("writes no calls"));
        assertEquals(expected, found);
    }
}
