// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What templates make of the arguments of calls. */
class CallArgumentsTest {

    /** With what JSON, Python and quoting write in different ways. */
    private static final String TEXT = "{\"city\":\"Paris \\\"x\\\"\",\"n\":3,\"ok\":true,\"z\":null,\"l\":[\"it's\"]}";

    private static final String SPACED =
            "{\"city\": \"Paris \\\"x\\\"\", \"n\": 3, \"ok\": true, \"z\": null, \"l\": [\"it's\"]}";

    private static @Nullable Object values(String json) {
        return PlainJson.read(json, "arguments");
    }

    private static List<ChatMessage> conversation(String id, @Nullable Object arguments) {
        Map<String, @Nullable Object> function = new LinkedHashMap<>();
        function.put("name", "look");
        function.put("arguments", arguments);
        Map<String, @Nullable Object> call = new LinkedHashMap<>();
        call.put("id", id);
        call.put("type", "function");
        call.put("function", function);
        Map<String, @Nullable Object> said = new LinkedHashMap<>();
        said.put("role", "assistant");
        said.put("content", "");
        said.put("tool_calls", List.of(call));
        ChatMessage result =
                new ChatMessage("tool", "Done.").with("tool_call_id", id).with("name", "look");
        return List.of(new ChatMessage("user", "Well?"), new ChatMessage(said), result);
    }

    private static String prompt(ChatPrompting template, String id, @Nullable Object arguments) {
        return template.withMessages(conversation(id, arguments)).pieces("", Output.regex("a")).stream()
                .map(TextPiece::text)
                .collect(Collectors.joining());
    }

    private static String prompt(String template, @Nullable Object arguments) {
        return prompt(ChatPrompting.of(new ToyModel(template)), "abcdef123", arguments);
    }

    /** What a template makes of the arguments as they are given. */
    private static String plain(String template, String id, @Nullable Object arguments, @Nullable Object tools) {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put(
                "messages",
                conversation(id, arguments).stream().map(ChatMessage::members).toList());
        values.put("add_generation_prompt", true);
        values.put("tools", tools);
        values.put("documents", null);
        values.putAll(new ToyModel(template).template().orElseThrow().tokens());
        return ChatTemplate.parse(template, "plain").render(values).text();
    }

    private static Map<String, String> templates() throws IOException {
        Map<String, String> templates = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(TestData.of("chat-templates", "golden.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Map<String, ?> one = PlainJson.object(PlainJson.read(line, "golden"), "golden", "#");
                if (String.valueOf(one.get("template")).contains("tool_calls")) {
                    templates.put(String.valueOf(one.get("name")), String.valueOf(one.get("template")));
                }
            }
        }
        return templates;
    }

    @Test
    void publishedTemplatesReadBothSpellings() throws IOException {
        ChatTool tool = ChatTool.function(
                "look", "Looks.", "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}");
        Map<String, String> found = new TreeMap<>();
        templates().forEach((name, template) -> {
            String id = name.contains("Kimi") ? "functions.look:0" : "abcdef123";
            boolean hasTools = ChatTemplate.parse(template, name).variables().contains("tools");
            ChatPrompting prompting =
                    ChatPrompting.of(new ToyModel(template)).withTools(hasTools ? List.of(tool) : List.of());
            String ofText;
            try {
                ofText = prompt(prompting, id, TEXT);
            } catch (TemplateException refused) {
                assertThrows(TemplateException.class, () -> prompt(prompting, id, values(TEXT)), name);
                found.put(name, "refused");
                return;
            }
            String ofValues = prompt(prompting, id, values(TEXT));
            Object tools = hasTools ? List.of(tool.definition()) : null;
            if (ofText.contains(TEXT)) {
                found.put(name, "text");
                assertEquals(plain(template, id, TEXT, tools), ofText, name);
                assertEquals(plain(template, id, SPACED, tools), ofValues, name);
                assertThrows(TemplateException.class, () -> plain(template, id, values(TEXT), tools), name);
            } else {
                found.put(name, "values");
                assertEquals(plain(template, id, values(TEXT), tools), ofText, name);
                assertEquals(ofText, ofValues, name);
            }
        });
        Map<String, List<String>> bySpelling = new TreeMap<>();
        found.forEach((name, spelling) ->
                bySpelling.computeIfAbsent(spelling, any -> new ArrayList<>()).add(name));
        assertEquals(
                List.of("deepseek-ai/DeepSeek-R1", "meetkai/functionary-medium-v2.2"),
                bySpelling.get("text"),
                bySpelling.toString());
        assertEquals(
                List.of("CohereForAI/c4ai-command-r-v01 (JSON Schema)", "fireworks-ai/firefunction-v1"),
                bySpelling.get("refused"),
                bySpelling.toString());
        assertEquals(14, bySpelling.getOrDefault("values", List.of()).size(), bySpelling.toString());
    }

    private static String template(String call) {
        return "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% for c in m.tool_calls %}" + call
                + "{% endfor %}</end>{% endfor %}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ '[' + c.function.arguments + ']' }}",
                "[{{ c['function']['arguments'] }}]",
                "[{{ c.function.arguments | trim }}]",
                "{{ '[%s]' % c.function.arguments }}",
                "{{ '[' ~ c.function.arguments ~ ']' }}",
                "{{ '[{}]'.format(c.function.arguments) }}",
                "[{{ c.function.arguments | string }}]",
                "{{ ['[', c.function.arguments, ']'] | join }}",
                "{% if c.function.arguments is mapping %}{{ raise_exception('no text') }}{% endif %}[{{ c.function.arguments }}]",
                "{% set c = c.function %}{{ '[' + c.arguments.strip() + ']' }}",
                "{% set a = c.function.arguments %}[{% if a.startswith('{') %}{{ a }}{% endif %}]"
            })
    void templatesOfTextAreGivenText(String call) {
        String before = "<user>Well?</end><assistant>[";
        String after = "]</end><tool>Done.</end>";
        assertEquals(before + TEXT + after, prompt(template(call), TEXT));
        assertEquals(before + SPACED + after, prompt(template(call), values(TEXT)));
        for (Object none : new @Nullable Object[] {null, "", " \n", "null", " null ", "{}", Map.of()}) {
            assertEquals(before + "{}" + after, prompt(template(call), none), "as " + none);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{{ c.function.arguments | tojson }}]",
                "{{ '[' + c.function.arguments | tojson + ']' }}",
                "[{% if c.function.arguments is string %}{{ c.function.arguments }}{% else %}{{ c.function.arguments | tojson }}{% endif %}]",
                "[{% if c.function.arguments is mapping %}{{ c.function.arguments | tojson }}{% else %}{{ c.function.arguments }}{% endif %}]",
                "[{ {%- for name, value in c.function.arguments.items() %}{{ '' if loop.first else ', ' }}{{ name | tojson }}: {{ value | tojson }}{% endfor %}}]",
                "[{ {%- for name, value in c.function.arguments | items %}{{ '' if loop.first else ', ' }}{{ name | tojson }}: {{ value | tojson }}{% endfor %}}]",
                "[{ {%- for name in c.function.arguments %}{{ '' if loop.first else ', ' }}{{ name | tojson }}: {{ c.function.arguments[name] | tojson }}{% endfor %}}]",
                "[{{ dict(c.function.arguments) | tojson }}]"
            })
    void templatesOfValuesAreGivenValues(String call) {
        String before = "<user>Well?</end><assistant>[";
        String after = "]</end><tool>Done.</end>";
        assertEquals(before + SPACED + after, prompt(template(call), TEXT));
        assertEquals(before + SPACED + after, prompt(template(call), values(TEXT)));
        for (Object none : new @Nullable Object[] {null, "", " \n", "null", " null ", "{}", Map.of()}) {
            assertEquals(before + "{}" + after, prompt(template(call), none), "as " + none);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ c.function }}",
                "{{ c.function | tojson }}",
                "{{ [c] }}",
                "{{ {'name': c.function.name, 'parameters': c.function.arguments} }}",
                "{{ m.tool_calls }}",
                "{{ m.tool_calls | tojson(indent=2) }}"
            })
    void textIsNotQuotedInWhatIsWrittenAsAWhole(String call) {
        assertEquals(plain(template(call), "abcdef123", values(TEXT), null), prompt(template(call), TEXT));
        assertEquals(prompt(template(call), TEXT), prompt(template(call), values(TEXT)));
    }

    @Test
    void theFailureOfATemplateThatTakesNeitherIsThatOnValues() {
        String template =
                template("{{ raise_exception('no ' + ('values' if c.function.arguments is mapping else 'text')) }}");
        TemplateException refused = assertThrows(TemplateException.class, () -> prompt(template, TEXT));
        assertTrue(String.valueOf(refused.getMessage()).contains("no values"), refused.getMessage());
        String quoting = template(
                "{{ c.function.arguments + '' if c.function.arguments is mapping }}{{ c.function.arguments | tojson }}");
        refused = assertThrows(TemplateException.class, () -> prompt(quoting, TEXT));
        assertTrue(String.valueOf(refused.getMessage()).contains("dict"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1]",
                "5",
                "true",
                "\"{}\"",
                "{\"a\":1",
                "{\"a\":1}}",
                "{\"a\":1} x",
                "{\"a\":1,\"a\":2}",
                "{a:1}",
                "{'a': 1}",
                "nul",
                "null null",
                "{\"a\":}",
                "rain",
                "[]",
                "{\"a\":\"\n\"}",
                "\uFEFF{}",
                "NaN",
                "{\"a\":NaN}"
            })
    void whatIsNoObjectIsRefused(String arguments) {
        String template = template("{{ c.function.arguments }}");
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> prompt(template, arguments), arguments);
        assertTrue(String.valueOf(refused.getMessage()).contains("message 1, call of look"), refused.getMessage());
        assertThrows(InvalidInputException.class, () -> ChatMessage.call("a", "look", arguments), arguments);
    }

    @Test
    void whatIsNoTextIsRefusedToo() {
        for (Object arguments : List.of(5, true, List.of(1))) {
            assertThrows(EspalierException.class, () -> prompt(template("{{ c }}"), arguments));
            assertThrows(EspalierException.class, () -> ChatMessage.call("a", "look", arguments));
        }
    }

    @ParameterizedTest
    @CsvSource({"a, a", "'', ''"})
    void aCallHasItsMembersInTheUsualOrder(String id, String expected) {
        assertEquals(
                "{id=" + expected + ", type=function, function={name=look, arguments={}}}",
                ChatMessage.call(id, "look", "").toString());
        assertEquals(
                "{id=" + expected + ", type=function, function={name=look, arguments={}}}",
                ChatMessage.call(id, "look", null).toString());
        assertEquals(
                "{id=" + expected + ", type=function, function={name=look, arguments=" + TEXT + "}}",
                ChatMessage.call(id, "look", TEXT).toString());
    }

    @Test
    void callsMayStandWithoutAFunctionAroundThem() {
        ChatMessage said = new ChatMessage("assistant", "")
                .with("tool_calls", List.of(Map.of("name", "look", "arguments", TEXT), Map.of("name", "up")));
        ChatPrompting prompting = ChatPrompting.of(
                new ToyModel("{% for c in messages[1].tool_calls %}{{ c.arguments | tojson }};{% endfor %}"));
        assertEquals(
                SPACED + ";{};",
                prompting
                        .withMessages(List.of(new ChatMessage("user", "Well?"), said))
                        .pieces("x", Output.regex("a"))
                        .stream()
                        .map(TextPiece::text)
                        .collect(Collectors.joining()));
    }
}
