// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionAllowedToolChoice;
import com.openai.models.chat.completions.ChatCompletionAllowedTools;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionNamedToolChoice;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.chat.completions.StructuredChatCompletionCreateParams;
import com.openai.models.completions.CompletionUsage;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.responses.ResponseStreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** OpenAI's own Java client against the server, with a model that wants to write given texts. */
class OfficialClientTest {

    private static final String CALLS = "Let me look.\n"
            + "<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Oslo\", \"days\": 3}}\n</tool_call>\n"
            + "<tool_call>\n{\"name\": \"road\", \"arguments\": {\"name\": \"E6\"}}\n</tool_call>";

    private static Served served;
    private static OpenAIClient client;

    /** A record that the client makes a schema of. */
    public static class Person {
        public @Nullable String name;
        public int age;
        public @Nullable List<String> tags;
    }

    static String script(String prompt) {
        if (prompt.contains("sql")) {
            return "<tool_call>\n{\"name\": \"sql\", \"arguments\": {\"input\": \"SELECT \\\"a\\\";\"}}\n</tool_call>";
        } else if (prompt.contains("Think")) {
            return "<think>\nIt is a colour.\n</think>\n\nBlue 😀.";
        } else if (prompt.contains("person")) {
            return "{\"age\":36,\"name\":\"Ada\",\"tags\":[\"maths\"]}";
        } else if (prompt.contains("weather") && !prompt.contains("rainy")) {
            return CALLS;
        } else if (prompt.contains("rainy")) {
            return "Take an umbrella.";
        }
        return "Hello, world. 😀 How are you?";
    }

    @BeforeAll
    static void start() {
        served = new Served(OfficialClientTest::script);
        client = OpenAIOkHttpClient.builder()
                .baseUrl(served.uri("/v1"))
                .apiKey("none")
                .maxRetries(0)
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        served.close();
    }

    private static ChatCompletionCreateParams.Builder ask(String text) {
        return ChatCompletionCreateParams.builder()
                .model("scripted")
                .temperature(0.0)
                .addUserMessage(text);
    }

    private static ChatCompletionFunctionTool tool(String name, String... numbersAndTexts) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String property : numbersAndTexts) {
            properties.put(property, Map.of("type", property.equals("days") ? "integer" : "string"));
        }
        return ChatCompletionFunctionTool.builder()
                .function(FunctionDefinition.builder()
                        .name(name)
                        .parameters(FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty("properties", JsonValue.from(properties))
                                .putAdditionalProperty("required", JsonValue.from(List.of(numbersAndTexts)))
                                .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                                .build())
                        .build())
                .build();
    }

    private static ChatCompletionCreateParams.Builder askTools(String text) {
        return ask(text).addTool(tool("weather", "city", "days")).addTool(tool("road", "name"));
    }

    private static ChatCompletion accumulated(ChatCompletionCreateParams params) {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(params)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator.chatCompletion();
    }

    private static List<String> called(ChatCompletion completion) {
        return completion.choices().get(0).message().toolCalls().orElse(List.of()).stream()
                .map(call -> {
                    ChatCompletionMessageFunctionToolCall.Function function =
                            call.asFunction().function();
                    return call.asFunction().id() + " " + function.name() + " " + function.arguments();
                })
                .toList();
    }

    @Test
    void text() {
        ChatCompletion completion = client.chat().completions().create(ask("Hi").build());
        completion.validate();
        assertEquals(
                "Hello, world. 😀 How are you?",
                completion.choices().get(0).message().content().orElseThrow());
        assertEquals("stop", completion.choices().get(0).finishReason().asString());
        assertTrue(completion.usage().orElseThrow().promptTokens() > 10);
        assertTrue(completion.usage().orElseThrow().completionTokens() > 5);
    }

    @Test
    void whatWasReadForOneRequestIsNotReadAgain() {
        String longer = "Hi. ".repeat(100);
        List<Long> cached = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            CompletionUsage usage = client.chat()
                    .completions()
                    .create(ask(longer).build())
                    .usage()
                    .orElseThrow();
            cached.add(usage.promptTokensDetails().orElseThrow().cachedTokens().orElseThrow());
            assertTrue(cached.get(i) < usage.promptTokens());
        }
        Response response = client.responses()
                .create(ResponseCreateParams.builder()
                        .model("scripted")
                        .temperature(0.0)
                        .input(longer)
                        .build());
        cached.add(response.usage().orElseThrow().inputTokensDetails().cachedTokens());
        assertTrue(cached.get(0) < 100 && cached.get(1) > 200 && cached.get(2) > 200, cached.toString());
    }

    @Test
    void streamedText() {
        ChatCompletion completion = accumulated(ask("Hi")
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build());
        assertEquals(
                "Hello, world. 😀 How are you?",
                completion.choices().get(0).message().content().orElseThrow());
        assertTrue(completion.usage().orElseThrow().completionTokens() > 5);
    }

    @Test
    @Tag("integration")
    void threeAnswers() {
        for (ChatCompletion completion : List.of(
                client.chat().completions().create(ask("Hi").n(3).build()),
                accumulated(ask("Hi").n(3).build()))) {
            assertEquals(3, completion.choices().size());
            completion
                    .choices()
                    .forEach(choice -> assertEquals(
                            "Hello, world. 😀 How are you?",
                            choice.message().content().orElseThrow()));
        }
    }

    @Test
    @Tag("integration")
    void aSchemaFromAClass() {
        StructuredChatCompletionCreateParams<Person> params =
                ask("A person, please.").responseFormat(Person.class).build();
        Person person = client.chat()
                .completions()
                .create(params)
                .choices()
                .get(0)
                .message()
                .content()
                .orElseThrow();
        assertEquals("Ada", person.name);
        assertEquals(36, person.age);
        assertEquals(List.of("maths"), person.tags);
    }

    @Test
    void callsOfTools() {
        List<String> both =
                List.of("call_0 weather {\"city\": \"Oslo\", \"days\": 3}", "call_1 road {\"name\": \"E6\"}");
        for (ChatCompletion completion : List.of(
                client.chat().completions().create(askTools("The weather?").build()),
                accumulated(askTools("The weather?").build()))) {
            assertEquals(both, called(completion));
            assertEquals(
                    "Let me look.",
                    completion.choices().get(0).message().content().orElseThrow());
            assertEquals(
                    "tool_calls", completion.choices().get(0).finishReason().asString());
        }
        ChatCompletion one = client.chat()
                .completions()
                .create(askTools("The weather?").parallelToolCalls(false).build());
        assertEquals(both.subList(0, 1), called(one));
        ChatCompletion none = client.chat()
                .completions()
                .create(askTools("The weather?")
                        .toolChoice(ChatCompletionToolChoiceOption.Auto.NONE)
                        .build());
        assertEquals(List.of(), called(none));
        ChatCompletion required = client.chat()
                .completions()
                .create(askTools("Hi")
                        .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED)
                        .build());
        assertFalse(called(required).isEmpty());
        ChatCompletion named = client.chat()
                .completions()
                .create(askTools("Hi")
                        .toolChoice(ChatCompletionNamedToolChoice.builder()
                                .function(ChatCompletionNamedToolChoice.Function.builder()
                                        .name("road")
                                        .build())
                                .build())
                        .build());
        assertEquals(1, called(named).size());
        assertTrue(
                called(named).get(0).startsWith("call_0 road {"), called(named).get(0));
        ChatCompletion allowed = client.chat()
                .completions()
                .create(askTools("The weather?").toolChoice(roadAlone()).build());
        assertFalse(called(allowed).isEmpty());
        assertTrue(called(allowed).stream().allMatch(call -> call.contains(" road {")), called(allowed)::toString);
    }

    /** Of the tools only {@code road} may be called, and one must be. */
    private static ChatCompletionAllowedToolChoice roadAlone() {
        return ChatCompletionAllowedToolChoice.builder()
                .allowedTools(ChatCompletionAllowedTools.builder()
                        .mode(ChatCompletionAllowedTools.Mode.REQUIRED)
                        .addTool(ChatCompletionAllowedTools.Tool.builder()
                                .putAdditionalProperty("type", JsonValue.from("function"))
                                .putAdditionalProperty("function", JsonValue.from(Map.of("name", "road")))
                                .build())
                        .build())
                .build();
    }

    @Test
    @Tag("integration")
    void aConversationWithResults() {
        ChatCompletion completion =
                client.chat().completions().create(askTools("The weather?").build());
        ChatCompletionCreateParams.Builder next =
                askTools("The weather?").addMessage(completion.choices().get(0).message());
        completion
                .choices()
                .get(0)
                .message()
                .toolCalls()
                .orElseThrow()
                .forEach(call -> next.addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId(call.asFunction().id())
                        .content("rainy")
                        .build()));
        assertEquals(
                "Take an umbrella.",
                client.chat()
                        .completions()
                        .create(next.build())
                        .choices()
                        .get(0)
                        .message()
                        .content()
                        .orElseThrow());
    }

    /** A token, by the parts that the classes of all endpoints have. */
    private static String bytes(List<Long> token) {
        StringBuilder text = new StringBuilder();
        token.forEach(each -> text.append((char) each.intValue()));
        return text.toString();
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    @Test
    void logprobs() {
        Map<String, String> said = Map.of(
                "Hi", "Hello, world. 😀 How are you?", "Think: what?", "Blue 😀.", "The weather?", "Let me look.");
        said.forEach((question, expected) -> {
            ChatCompletionCreateParams params = (question.equals("Hi") ? ask(question) : askTools(question))
                    .logprobs(true)
                    .topLogprobs(2)
                    .build();
            for (ChatCompletion completion : List.of(client.chat().completions().create(params), accumulated(params))) {
                StringBuilder all = new StringBuilder();
                completion
                        .choices()
                        .get(0)
                        .logprobs()
                        .orElseThrow()
                        .content()
                        .orElseThrow()
                        .forEach(token -> {
                            all.append(bytes(token.bytes().orElseThrow()));
                            assertEquals(2, token.topLogprobs().size());
                            assertTrue(token.logprob() <= 0);
                        });
                assertEquals(expected, utf8(all.toString()));
            }
        });
    }

    @Test
    @Tag("integration")
    void logprobsOfResponses() {
        ResponseCreateParams params = ResponseCreateParams.builder()
                .model("scripted")
                .temperature(0.0)
                .input("Think: what?")
                .addInclude(ResponseIncludable.MESSAGE_OUTPUT_TEXT_LOGPROBS)
                .topLogprobs(2)
                .build();
        ResponseAccumulator accumulator = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(params)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        for (Response response : List.of(client.responses().create(params), accumulator.response())) {
            response.validate();
            StringBuilder all = new StringBuilder();
            response.output()
                    .get(1)
                    .asMessage()
                    .content()
                    .get(0)
                    .asOutputText()
                    .logprobs()
                    .orElseThrow()
                    .forEach(token -> {
                        all.append(bytes(token.bytes()));
                        assertEquals(2, token.topLogprobs().size());
                    });
            assertEquals("Blue 😀.", utf8(all.toString()));
        }
    }

    @Test
    void reasoning() {
        ChatCompletion completion = accumulated(ask("Think: what?").build());
        assertEquals("Blue 😀.", completion.choices().get(0).message().content().orElseThrow());
        ChatCompletion whole =
                client.chat().completions().create(ask("Think: what?").build());
        assertEquals(
                JsonValue.from("It is a colour."),
                whole.choices().get(0).message()._additionalProperties().get("reasoning_content"));
        assertTrue(whole.usage()
                        .orElseThrow()
                        .completionTokensDetails()
                        .orElseThrow()
                        .reasoningTokens()
                        .orElseThrow()
                > 3);
    }

    @Test
    void responses() {
        ResponseCreateParams params = ResponseCreateParams.builder()
                .model("scripted")
                .temperature(0.0)
                .input("Hi")
                .build();
        Response response = client.responses().create(params);
        response.validate();
        assertEquals(
                "Hello, world. 😀 How are you?",
                response.output()
                        .get(0)
                        .asMessage()
                        .content()
                        .get(0)
                        .asOutputText()
                        .text());
        for (String text : List.of("Hi", "Think: what?")) {
            ResponseAccumulator accumulator = ResponseAccumulator.create();
            StringBuilder deltas = new StringBuilder();
            try (StreamResponse<ResponseStreamEvent> stream = client.responses()
                    .createStreaming(params.toBuilder().input(text).build())) {
                stream.stream().forEach(event -> {
                    event.outputTextDelta().ifPresent(delta -> deltas.append(delta.delta()));
                    accumulator.accumulate(event);
                });
            }
            Response whole = accumulator.response();
            whole.validate();
            int last = whole.output().size() - 1;
            assertEquals(
                    deltas.toString(),
                    whole.output()
                            .get(last)
                            .asMessage()
                            .content()
                            .get(0)
                            .asOutputText()
                            .text());
            assertEquals(text.equals("Hi") ? 1 : 2, whole.output().size());
        }
    }

    @Test
    @Tag("integration")
    void refusals() {
        BadRequestException unknown = assertThrows(
                BadRequestException.class,
                () -> client.chat()
                        .completions()
                        .create(ask("Hi")
                                .putAdditionalBodyProperty("guided_jsn", JsonValue.from("{}"))
                                .build()));
        assertEquals("guided_jsn", unknown.param().orElseThrow());
        assertThrows(
                NotFoundException.class,
                () -> client.chat()
                        .completions()
                        .create(ask("Hi").model("gpt-7").build()));
    }
}
