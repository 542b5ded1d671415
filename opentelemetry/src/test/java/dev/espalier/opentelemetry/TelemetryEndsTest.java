// SPDX-License-Identifier: Apache-2.0
package dev.espalier.opentelemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.ChatMessage;
import dev.espalier.Output;
import dev.espalier.assistant.Answer;
import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantListener;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.assistant.Turn;
import dev.espalier.assistant.TurnListener;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.testing.ScriptedModel;
import dev.espalier.tool.Tool;
import dev.espalier.tool.ToolChoice;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Telemetry of turns that end badly, of several at a time, of other names, and of texts. */
@Tag("integration")
class TelemetryEndsTest {

    private static final Output<String> MALFORMED = Output.jsonSchema("{\"type\":7}");
    private static final Output<String> TWICE = Output.jsonSchema(
            "{\"allOf\":[{\"pattern\":\"^[ab]c*[ab]$\"},{\"pattern\":\"^(.)c*\\\\1$\"}],\"type\":\"string\"}",
            SchemaOptions.DEFAULT.allow(Enforcement.CHECKED_AT_END));
    private static final String CALL = "<tool_call>\n{\"name\": \"sum\", \"arguments\": {\"a\":2}}\n</tool_call>";
    private static final List<Tool> TOOLS = List.of(
            Tool.of(
                    "sum",
                    "Adds.",
                    "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}},\"required\":[\"a\"],\"additionalProperties\":false}"));

    private static void assertFailed(String type, String finish, Collected collected) {
        SpanData span = collected.span();
        assertEquals(StatusCode.ERROR, span.getStatus().getStatusCode());
        assertEquals("", span.getStatus().getDescription());
        assertEquals(type, Collected.attribute(span.getAttributes(), "error.type"));
        assertEquals(
                finish.equals("none") ? "none" : List.of(finish),
                Collected.attribute(span.getAttributes(), "gen_ai.response.finish_reasons"));
        assertTrue(collected.histogram("gen_ai.client.operation.duration").stream()
                .anyMatch(point -> type.equals(Collected.attribute(point.getAttributes(), "error.type"))));
    }

    @Test
    void aTurnThatIsRefused() {
        for (boolean isSubmitted : new boolean[] {false, true}) {
            try (Collected collected = new Collected();
                    Assistant assistant = collected.assistant(prompt -> "Hello.")) {
                Turn turn = Collected.turn().with(MALFORMED);
                assertThrows(EspalierException.class, () -> {
                    if (isSubmitted) {
                        assistant.submit(turn);
                    } else {
                        assistant.answer(turn);
                    }
                });
                assertFailed("syntax", "none", collected);
                assertEquals(1, collected.count("espalier.refusals", "code", "syntax"));
                assertFalse(collected.metrics().containsKey("espalier.answers"));
            }
        }
    }

    @Test
    void aModelThatFails() {
        try (Collected collected = new Collected();
                Assistant assistant = collected.assistant(prompt -> {
                    throw new ModelException("the cable is out");
                })) {
            assistant.answer(Collected.turn());
            assertFailed("model", "error", collected);
            assertEquals(1, collected.count("espalier.answers", "finish", "failed"));
            assertFalse(collected.metrics().containsKey("gen_ai.server.time_to_first_token"));
        }
    }

    @Test
    void aDeadEnd() {
        try (Collected collected = new Collected();
                Assistant assistant = collected.assistant(prompt -> "\"acb\"")) {
            assistant.answer(Collected.turn().with(TWICE));
            assertFailed("dead-end", "error", collected);
            assertEquals(1, collected.count("espalier.dead.ends"));
        }
    }

    @Test
    void anAnswerThatItsBudgetCloses() {
        try (Collected collected = new Collected();
                Assistant assistant = collected.assistant(prompt -> "abcdefghijklmnopqrstuvwxyz")) {
            assistant.answer(Collected.turn()
                    .with(SamplingParameters.DEFAULT.withMaxTokens(8))
                    .with(Output.regex("[a-z]{1,60}")));
            assertEquals(1, collected.count("espalier.closed"));
            SpanData span = collected.span();
            assertEquals(
                    List.of("length"), Collected.attribute(span.getAttributes(), "gen_ai.response.finish_reasons"));
            assertEquals(true, Collected.attribute(span.getAttributes(), "espalier.closed"));
            assertEquals(StatusCode.UNSET, span.getStatus().getStatusCode());
        }
    }

    @Test
    void aBudgetInWhichNoTextCanEnd() {
        try (Collected collected = new Collected();
                Assistant assistant = collected.assistant(prompt -> "yes")) {
            assistant.answer(Collected.turn()
                    .with(SamplingParameters.DEFAULT.withMaxTokens(3))
                    .with(Output.regex("[a-z]{30}")));
            assertFailed("limit", "error", collected);
            assertEquals(1, collected.count("espalier.refusals", "code", "limit"));
            assertFalse(collected.metrics().containsKey("espalier.answers"));
        }
    }

    @Test
    void aFutureThatIsCancelled() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        AssistantListener last = new AssistantListener() {
            @Override
            public TurnListener onTurn(String model, Turn turn) {
                return new TurnListener() {
                    @Override
                    public void onAnswer(Answer answer) {
                        ended.countDown();
                    }
                };
            }
        };
        Turn slow = Collected.turn().with(new DecodeListener() {
            @Override
            public void onText(String chunk) {
                begun.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        ScriptedModel model = new ScriptedModel(prompt -> "It rains, and rains. ".repeat(90));
        try (Collected collected = new Collected();
                Assistant assistant = Assistant.of(
                        model,
                        AssistantOptions.DEFAULT.with(
                                AssistantTelemetry.of(collected.sdk()).and(last)))) {
            CompletableFuture<Answer> answer = assistant.submit(slow);
            assertTrue(begun.await(60, TimeUnit.SECONDS));
            assertEquals(List.of(), collected.spans());
            answer.cancel(true);
            goOn.countDown();
            assertTrue(ended.await(60, TimeUnit.SECONDS));
            assertFailed("cancelled", "cancelled", collected);
        }
    }

    @Test
    void spansAreChildrenOfWhatAsksWhoeverEndsThem() {
        try (Collected collected = new Collected();
                Assistant assistant = collected.assistant(prompt -> "Hello.")) {
            Span asking =
                    collected.sdk().getTracer("test").spanBuilder("request").startSpan();
            CompletableFuture<Answer> answer;
            try (Scope scope = asking.makeCurrent()) {
                answer = assistant.submit(Collected.turn());
            }
            answer.join();
            assertEquals(asking.getSpanContext().getSpanId(), collected.span().getParentSpanId());
            assertEquals(asking.getSpanContext().getTraceId(), collected.span().getTraceId());
            asking.end();
        }
    }

    @Test
    void severalAtATimeHaveASpanEachOfTheirOwnParents() {
        int turns = 24;
        try (Collected collected = new Collected();
                Assistant assistant = collected.assistant(prompt -> "Hello.")) {
            List<CompletableFuture<Answer>> answers = IntStream.range(0, turns)
                    .mapToObj(i -> {
                        Span asking = collected
                                .sdk()
                                .getTracer("test")
                                .spanBuilder("request " + i)
                                .startSpan();
                        try (Scope scope = asking.makeCurrent()) {
                            return assistant.submit(Collected.turn());
                        } finally {
                            asking.end();
                        }
                    })
                    .toList();
            answers.forEach(CompletableFuture::join);
            List<SpanData> chats = collected.spans().stream()
                    .filter(span -> span.getName().startsWith("chat"))
                    .toList();
            assertEquals(turns, chats.size());
            assertEquals(
                    turns,
                    chats.stream().map(SpanData::getParentSpanId).distinct().count());
            assertEquals(turns, collected.count("espalier.answers"));
            assertEquals(
                    turns,
                    collected
                            .histogram("gen_ai.client.operation.duration")
                            .get(0)
                            .getCount());
        }
    }

    @Test
    void earlierNamesAndBoth() {
        for (ConventionNames names : List.of(ConventionNames.EARLIER, ConventionNames.BOTH)) {
            try (Collected collected = new Collected();
                    Assistant assistant =
                            collected.assistant(prompt -> "Hello.", TelemetryOptions.DEFAULT.with(names))) {
                assistant.answer(Collected.turn());
                String latest = names == ConventionNames.BOTH ? "espalier" : "none";
                List.of(
                                collected.span().getAttributes(),
                                collected
                                        .histogram("gen_ai.client.token.usage")
                                        .get(0)
                                        .getAttributes())
                        .forEach(told -> {
                            assertEquals("espalier", Collected.attribute(told, "gen_ai.system"));
                            assertEquals(latest, Collected.attribute(told, "gen_ai.provider.name"));
                        });
            }
        }
    }

    private static Turn conversation() {
        Map<String, Object> said = Map.of(
                "role",
                "assistant",
                "content",
                "",
                "reasoning_content",
                "Let me add.",
                "tool_calls",
                List.of(Map.of(
                        "id",
                        "c1",
                        "type",
                        "function",
                        "function",
                        Map.of("name", "sum", "arguments", Map.of("a", 1)))));
        Map<String, Object> result = Map.of("role", "tool", "tool_call_id", "c1", "content", "SECRET 1");
        return Turn.of(List.of(
                        new ChatMessage("system", "SECRET system"),
                        new ChatMessage("user", "SECRET question"),
                        new ChatMessage(said),
                        new ChatMessage(result)))
                .with(SamplingParameters.DEFAULT.withMaxTokens(400))
                .withTools(TOOLS, ToolChoice.AUTO);
    }

    @Test
    void noTextsAreToldUnlessTheyAreAskedFor() {
        String wanted = "<think>\nSECRET\n</think>\n\nSECRET\n" + CALL;
        try (Collected collected = new Collected();
                Assistant assistant = collected.assistant(prompt -> wanted)) {
            Answer answer = assistant.answer(conversation());
            assertTrue(answer.said().text().contains("SECRET"));
            assertThrows(
                    EspalierException.class,
                    () -> assistant.answer(Collected.turn().with(Output.jsonSchema("{\"type\":\"SECRET\"}"))));
            assertFalse(
                    collected.spans().toString().contains("SECRET"),
                    collected.spans().toString());
            assertFalse(collected.metrics().toString().contains("SECRET"));
        }
    }

    @Test
    void textsAreToldAsTheConventionsHaveThem() {
        String wanted = "<think>\nSo.\n</think>\n\nI add.\n" + CALL;
        try (Collected collected = new Collected();
                Assistant assistant = collected.assistant(prompt -> wanted, TelemetryOptions.DEFAULT.withTexts(true))) {
            assistant.answer(conversation());
            SpanData span = collected.span();
            assertEquals(
                    json(
                            "[{'role':'system','parts':[{'type':'text','content':'SECRET system'}]},"
                                    + "{'role':'user','parts':[{'type':'text','content':'SECRET question'}]},"
                                    + "{'role':'assistant','parts':[{'type':'reasoning','content':'Let me add.'},"
                                    + "{'type':'tool_call','id':'c1','name':'sum','arguments':{'a':1}}]},"
                                    + "{'role':'tool','parts':[{'type':'tool_call_response','id':'c1','response':'SECRET 1'}]}]"),
                    told(span, "gen_ai.input.messages"));
            assertEquals(
                    json(
                            "[{'role':'assistant','parts':[{'type':'reasoning','content':'So.'},{'type':'text','content':'I add.'},"
                                    + "{'type':'tool_call','id':'call_1','name':'sum','arguments':{'a':2}}],'finish_reason':'tool_call'}]"),
                    told(span, "gen_ai.output.messages"));
            assertEquals(
                    "Adds.",
                    told(span, "gen_ai.tool.definitions")
                            .get(0)
                            .get("description")
                            .stringValue());
        }
    }

    @Test
    void messagesOfErrorsAreTextsToo() {
        try (Collected collected = new Collected();
                Assistant assistant =
                        collected.assistant(prompt -> "Hello.", TelemetryOptions.DEFAULT.withTexts(true))) {
            assertThrows(
                    EspalierException.class,
                    () -> assistant.answer(Collected.turn().with(MALFORMED)));
            assertFalse(collected.span().getStatus().getDescription().isEmpty());
        }
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    private static JsonNode told(SpanData span, String key) {
        return JsonMapper.shared().readTree(String.valueOf(Collected.attribute(span.getAttributes(), key)));
    }
}
