// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.chat.ChatTemplate;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.TemplateException;
import dev.espalier.core.testing.TestData;
import dev.espalier.mask.vocabulary.TextPiece;
import dev.espalier.testing.ToyModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Tools, reasoning and continued messages under templates as they are published with models. */
class PublishedTemplatesTest {

    private static final Output<String> OUTPUT = Output.regex("a");

    /** The templates of models by name. */
    private static Map<String, String> templates() throws IOException {
        Map<String, String> templates = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(TestData.of("chat-templates", "golden.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Map<String, ?> one = PlainJson.object(PlainJson.read(line, "golden"), "golden", "#");
                String name = String.valueOf(one.get("name"));
                if (!name.startsWith("probe: ")) {
                    templates.put(name, String.valueOf(one.get("template")));
                }
            }
        }
        return templates;
    }

    private static String text(ChatPrompting prompting, String prompt) {
        return prompting.pieces(prompt, OUTPUT).stream().map(TextPiece::text).collect(Collectors.joining());
    }

    @Test
    void toolsAreToldOrRefused() throws IOException {
        ChatTool tool = ChatTool.function(
                "find_parcel",
                "Finds a parcel.",
                "{\"type\":\"object\",\"properties\":{\"number\":{\"type\":\"string\",\"description\":\"its number\"}},"
                        + "\"required\":[\"number\"]}");
        Set<String> told = new TreeSet<>();
        Set<String> failed = new TreeSet<>();
        templates().forEach((name, source) -> {
            boolean knows = ChatTemplate.parse(source, name).variables().contains("tools");
            try {
                String text = text(ChatPrompting.of(new ToyModel(source)).withTools(List.of(tool)), "Where is it?");
                assertTrue(text.contains("find_parcel"), name + ": " + text);
                told.add(name);
            } catch (InvalidInputException refused) {
                assertFalse(knows, name + ": " + refused.getMessage());
            } catch (TemplateException failure) {
                failed.add(name);
            }
        });
        assertEquals(Set.of("CohereForAI/c4ai-command-r-v01"), failed, "its tools have another form");
        assertTrue(told.size() >= 15, told.toString());
        assertTrue(told.contains("meta-llama/Llama-3.1-8B-Instruct"), "which sets the variable itself on some ways");
    }

    @Test
    void reasoningIsSwitchedWhereThereIsASwitch() throws IOException {
        Set<String> switched = new TreeSet<>();
        templates().forEach((name, source) -> {
            try {
                ChatPrompting prompting = ChatPrompting.of(new ToyModel(source));
                String on = text(prompting.withReasoning(true), "Why?");
                if (!on.equals(text(prompting.withReasoning(false), "Why?"))) {
                    switched.add(name);
                }
            } catch (InvalidInputException refused) {
                assertFalse(source.contains("enable_thinking"), name + ": " + refused.getMessage());
            }
        });
        assertEquals(
                Set.of("Qwen/Qwen3-0.6B", "Qwen/Qwen3.5-4B", "HuggingFaceTB/SmolLM3-3B", "zai-org/GLM-5.1"), switched);
    }

    @Test
    void continuedMessagesEndWhereTheirContentEnds() throws IOException {
        List<String> refused = new ArrayList<>();
        int continued = 0;
        for (Map.Entry<String, String> one : templates().entrySet()) {
            try {
                ChatPrompting prompting = ChatPrompting.of(new ToyModel(one.getValue()))
                        .withMessages(List.of(
                                new ChatMessage("user", "Where is Rome?"), new ChatMessage("assistant", "It is in")))
                        .withContinuation(true);
                assertTrue(text(prompting, "").endsWith("It is in"), one.getKey());
                continued++;
            } catch (EspalierException e) {
                refused.add(one.getKey() + ": " + e.getMessage());
            }
        }
        assertTrue(continued >= 35, refused.toString());
    }
}
