// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of tools by the weights of the embedded model, with a chat template of the test's. */
class CallCommandTest {

    private static final Path MODEL = Path.of("../sprig/src/main/resources/dev/espalier/sprig");

    private static final String TEMPLATE = """
            {%- for tool in tools or [] %}{{ tool | tojson }}
            {% endfor %}
            {%- for message in messages %}[{{ message.role }}] {{ message.content }}
            {%- for call in message.tool_calls or [] %}
            {%- if not loop.first %}
            {% endif %}<tool_call>{"name": {{ call.function.name | tojson }}, "arguments": {{ call.function.arguments | tojson }}}</tool_call>
            {%- endfor %}
            {% endfor %}
            {%- if add_generation_prompt %}[assistant] {% endif %}""";

    private static final String TOOLS = """
            [{"type": "function", "function": {"name": "toss", "description": "Tosses coins.", "parameters": {"type": "object",
              "properties": {"coins": {"type": "integer", "minimum": 1, "maximum": 9}}, "required": ["coins"]}}},
             {"type": "function", "function": {"name": "wait"}}]""";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void model() throws IOException {
        for (String file : List.of("config.json", "tokenizer.json", "model.safetensors")) {
            Files.copy(MODEL.resolve(file), folder.resolve(file));
        }
        Files.writeString(folder.resolve("chat_template.jinja"), TEMPLATE);
        Files.writeString(folder.resolve("tools.json"), TOOLS);
    }

    private static ConsoleRun run(String... more) {
        List<String> line = new ArrayList<>(List.of(
                "call", "--model", folder.toString(), "--threads", "1", "--prompt", "Heads?", "--max-tokens", "200"));
        line.addAll(List.of(more));
        return ConsoleRun.of(line.toArray(String[]::new));
    }

    private static String tools() {
        return folder.resolve("tools.json").toString();
    }

    @Test
    void requiredCallsAreWrittenAndPrinted() {
        ConsoleRun run = run("--tools", tools(), "--tool-choice", "required", "--max-calls", "1");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        JsonNode call = JsonMapper.shared().readTree(run.out());
        assertTrue(List.of("toss", "wait").contains(call.get("name").asString()), run.out());
    }

    @Test
    void oneToolIsCalledByName() {
        ConsoleRun run = run("--tools", tools(), "--tool-choice", "toss", "--json");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        JsonNode calls = JsonMapper.shared().readTree(run.out()).get("answer").get("calls");
        assertEquals(1, calls.size());
        int coins = calls.get(0).get("arguments").get("coins").asInt();
        assertTrue(coins >= 1 && coins <= 9, run.out());
    }

    @Test
    void theWholeAnswerIsPrintedWhileItIsWritten() {
        String[] line = {"--tools", tools(), "--tool-choice", "required", "--max-calls", "1"};
        String whole = run(line).out();
        for (String form : List.of("text", "json")) {
            List<String> streamed = new ArrayList<>(List.of(line));
            streamed.addAll(List.of("--stream", form));
            assertEquals(whole, run(streamed.toArray(String[]::new)).out());
        }
        List<String> events = new ArrayList<>(List.of(line));
        events.addAll(List.of("--stream", "events"));
        StringBuilder arguments = new StringBuilder();
        String first = "";
        for (String event : run(events.toArray(String[]::new)).out().lines().toList()) {
            JsonNode node = JsonMapper.shared().readTree(event);
            String name = node.get("event").asString();
            if (name.equals("arguments") && node.get("number").asInt() == 0) {
                arguments.append(node.get("text").asString());
            } else if (name.equals("call") && node.get("number").asInt() == 0) {
                first = node.get("name").asString();
            }
        }
        JsonNode call = JsonMapper.shared().readTree(whole.lines().findFirst().orElseThrow());
        assertEquals(call.get("name").asString(), first);
        assertEquals(call.get("arguments"), JsonMapper.shared().readTree(arguments.toString()));
        assertEquals(
                ExitCode.BAD_INPUT,
                run("--tools", tools(), "--json", "--stream", "text").code());
    }

    @Test
    void noCallIsTextAlone() {
        ConsoleRun run = run("--tools", tools(), "--tool-choice", "none", "--json");
        assertEquals(ExitCode.DONE, run.code(), run.err());
        JsonNode answer = JsonMapper.shared().readTree(run.out()).get("answer");
        assertEquals(0, answer.get("calls").size());
    }

    @Test
    void aConventionThatIsNotKnownIsDerivedAndTold() throws IOException {
        String template = TEMPLATE.replace("<tool_call>", "(call) ").replace("</tool_call>", " (end)");
        Files.writeString(folder.resolve("chat_template.jinja"), template);
        try {
            ConsoleRun run = run("--tools", tools(), "--tool-choice", "required", "--max-calls", "1");
            assertEquals(ExitCode.DONE, run.code(), run.err());
            assertTrue(
                    run.err().contains("derived from the chat template: a call is written as \"(call) {"), run.err());
            String name = JsonMapper.shared().readTree(run.out()).get("name").asString();
            assertTrue(List.of("toss", "wait").contains(name), run.out());
            Files.writeString(
                    folder.resolve("chat_template.jinja"),
                    "{{ tools }}{% for m in messages %}{{ m.content }}{% endfor %}");
            ConsoleRun silent = run("--tools", tools());
            assertEquals(ExitCode.BAD_INPUT, silent.code());
            assertTrue(silent.err().contains("writes no calls of tools"), silent.err());
        } finally {
            Files.writeString(folder.resolve("chat_template.jinja"), TEMPLATE);
        }
    }

    @Test
    void whatCannotBeIsToldAtOnce() {
        for (List<String> wrong : List.of(
                List.of("--tool-choice", "tos", "--tools", tools()),
                List.of("--tool-format", "hermis", "--tools", tools()),
                List.of("--thinking", "maybe", "--tools", tools()),
                List.of("--max-calls", "1000", "--tools", tools()),
                List.of("--thinking", "begun", "--tool-format", "llama3", "--tools", tools()),
                List.<String>of())) {
            ConsoleRun run = run(wrong.toArray(String[]::new));
            assertEquals(ExitCode.BAD_INPUT, run.code(), wrong + run.err());
            assertTrue(run.err().contains("espalier: "), run.err());
        }
    }
}
