// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The conventions of calls against templates as they are published with models: what a template makes of calls is read as these calls. */
class TemplateConventionTest {

    private static Map<String, String> templates() throws IOException {
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
        return templates;
    }

    @Test
    void publishedTemplatesWriteCallsInAKnownWay() throws IOException {
        Map<String, String> found = new TreeMap<>();
        templates().forEach((name, template) -> {
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
        expected.put("deepseek-ai/DeepSeek-R1", "deepseek_v3");
        expected.put("meetkai/functionary-medium-v2.2", "functionary");
        expected.put("CISCai/Mistral-7B-Instruct-v0.3-SOTA-GGUF", "mistral_id_first");
        expected.put("LiquidAI/LFM2.5-VL-450M", "lfm2");
        expected.put("openbmb/MiniCPM3-4B", "minicpm3");
        expected.put("CohereLabs/c4ai-command-a-03-2025", "command");
        found.values().removeIf(each -> each.contains("writes no calls"));
        assertEquals(expected, found);
    }

    static List<ToolConvention> conventions() {
        return ToolConvention.known();
    }

    @ParameterizedTest
    @MethodSource("conventions")
    void aTemplateThatWritesAConventionIsKnownByIt(ToolConvention convention) {
        ChatPrompting prompting = ChatPrompting.of(new ToyModel(ConventionTemplate.of(convention)));
        assertEquals(convention.id(), TemplateConvention.of(prompting).id());
    }

    @ParameterizedTest
    @MethodSource("conventions")
    void aConventionIsDerivedFromATemplateThatWritesIt(ToolConvention convention) {
        ChatPrompting prompting = ChatPrompting.of(new ToyModel(ConventionTemplate.of(convention)));
        ToolConvention derived = TemplateConvention.propose(prompting).convention();
        assertEquals(convention.style(), derived.style());
        assertSameCalls(prompting, convention, derived, 2);
    }

    /** What a template makes of calls that no derivation has seen is read by both conventions as these. */
    private static void assertSameCalls(
            ChatPrompting prompting, ToolConvention known, ToolConvention derived, int most) {
        List<TemplateRendering.Call> calls = List.of(
                        new TemplateRendering.Call(1, "zq Málaga (\u20ac 5)", 12, false),
                        new TemplateRendering.Call(0, "zq Rio", 999, false))
                .subList(0, most);
        int read = 0;
        for (TemplateRendering rendering : TemplateRendering.all(prompting)) {
            Optional<String> text = rendering.withResults(calls);
            if (text.isPresent() && TemplateRendering.isWritten(known, text.get(), calls)) {
                assertTrue(TemplateRendering.isWritten(derived, text.get(), calls), text.get());
                read++;
            }
        }
        assertTrue(read > 0);
    }

    @Test
    void conventionsOfPublishedTemplatesAreDerivedWithoutKnowingThem() throws IOException {
        Map<String, String> derived = new TreeMap<>();
        templates().forEach((name, template) -> {
            ChatPrompting prompting = ChatPrompting.of(new ToyModel(template));
            Optional<ToolConvention> known = TemplateConvention.among(ToolConvention.known(), prompting);
            if (known.isPresent()) {
                TemplateConvention.Proposal proposal = TemplateConvention.propose(prompting);
                assertSameCalls(prompting, known.get(), proposal.convention(), Math.min(2, proposal.mostCalls()));
                derived.put(name, known.get().id());
            }
        });
        assertEquals(16, derived.size(), derived.toString());
    }

    @Test
    void whatCannotBeDerivedIsSaid() {
        for (Map.Entry<String, String> each : Map.of(
                        "{% for m in messages %}{{ m.content }}{% endfor %}",
                        "writes no calls",
                        "{% for m in messages %}{{ m.content }}{% for c in m.tool_calls or [] %}{{ c.function.arguments | tojson }}{{ c.function.name }};{% endfor %}{% endfor %}",
                        "its name and, behind it, its arguments")
                .entrySet()) {
            ChatPrompting prompting = ChatPrompting.of(new ToyModel(each.getKey()));
            EspalierException refused =
                    assertThrows(EspalierException.class, () -> TemplateConvention.propose(prompting));
            assertTrue(String.valueOf(refused.getMessage()).contains(each.getValue()), refused.getMessage());
        }
    }
}
