// SPDX-License-Identifier: Apache-2.0
package dev.espalier.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.ChatMessage;
import dev.espalier.Output;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.testing.ScriptedModel;
import dev.espalier.testing.ToyModel;
import dev.espalier.tool.AnswerListener;
import dev.espalier.tool.Tool;
import dev.espalier.tool.ToolCall;
import dev.espalier.tool.ToolChoice;
import dev.espalier.tool.ToolConvention;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AssistantTest {

    record Sum(int a, int b) {}

    private static final List<ChatMessage> QUESTION = List.of(new ChatMessage("user", "What is 2 + 3?"));
    private static final List<Tool> TOOLS = List.of(Tool.of("sum", "Adds two numbers.", Sum.class));
    private static final SamplingParameters SHORT = SamplingParameters.DEFAULT.withMaxTokens(200);
    private static final String CALL =
            "<tool_call>\n{\"name\": \"sum\", \"arguments\": {\"a\": 2, \"b\": 3}}\n</tool_call>";
    private static final String WITHOUT_REASONING =
            ScriptedModel.TEMPLATE.substring(0, ScriptedModel.TEMPLATE.indexOf("{% if enable_thinking"))
                    + "{% endif %}";

    private static Assistant assistant(String answer) {
        return Assistant.of(new ScriptedModel(prompt -> answer), AssistantOptions.DEFAULT);
    }

    private static Assistant plain(String answer) {
        return Assistant.of(new ScriptedModel(WITHOUT_REASONING, prompt -> answer), AssistantOptions.DEFAULT);
    }

    private static Turn turn() {
        return Turn.of(QUESTION).with(SHORT);
    }

    /** Writes down what it is told. */
    private static final class Heard implements AnswerListener {

        private final StringBuilder all = new StringBuilder();

        @Override
        public void onReasoning(String chunk) {
            all.append('r').append(chunk);
        }

        @Override
        public void onText(String chunk) {
            all.append(chunk);
        }

        @Override
        public void onCallBegin(int number, String id, String name) {
            all.append("[").append(id).append(' ').append(name).append(' ');
        }

        @Override
        public void onArguments(int number, String chunk) {
            all.append(chunk);
        }

        @Override
        public void onCall(int number, ToolCall call) {
            all.append("]");
        }
    }

    @Test
    void freeText() {
        for (Assistant assistant : List.of(assistant("Five, my friend."), plain("Five, my friend."))) {
            Heard heard = new Heard();
            Answer answer = assistant.answer(turn().with(heard));
            assertEquals("Five, my friend.", answer.orElseThrow().text());
            assertEquals("Five, my friend.", heard.all.toString());
            assertEquals(Answer.Finish.STOP, answer.finish());
            assertEquals(0, answer.reasoningTokens());
            assistant.close();
        }
    }

    @Test
    void textWithMarksOfCallsIsTextWhereThereAreNoTools() {
        try (Assistant assistant = plain("Write <tool_call> and </think>.")) {
            assertEquals(
                    "Write <tool_call> and </think>.",
                    assistant.answer(turn()).orElseThrow().text());
        }
    }

    @Test
    void reasoningBeforeTheAnswer() {
        try (Assistant assistant = assistant("<think>\nTwo and three.\n</think>\n\n5")) {
            assertTrue(assistant.hasReasoning());
            Heard heard = new Heard();
            Answer answer = assistant.answer(turn().with(Output.regex("[0-9]")).with(heard));
            assertEquals(Optional.of("Two and three."), answer.orElseThrow().reasoning());
            assertEquals("5", answer.orElseThrow().text());
            assertTrue(
                    heard.all.toString().startsWith("rTr")
                            && heard.all.toString().endsWith("5"),
                    heard.all::toString);
            assertTrue(answer.reasoningTokens() > 5
                    && answer.reasoningTokens() < answer.usage().writtenTokens());
            Answer off = assistant.answer(turn().withThinking(Turn.Thinking.OFF, OptionalInt.empty()));
            assertEquals(Optional.empty(), off.orElseThrow().reasoning());
            Answer cut = assistant.answer(turn().withThinking(Turn.Thinking.ON, OptionalInt.of(4)));
            assertEquals(Optional.of("Two"), cut.orElseThrow().reasoning());
        }
    }

    @Test
    void callsOfTools() {
        try (Assistant assistant = assistant("Let me see. " + CALL)) {
            Heard heard = new Heard();
            Answer answer =
                    assistant.answer(turn().withTools(TOOLS, ToolChoice.AUTO).with(heard));
            assertEquals(Answer.Finish.CALLS, answer.finish());
            assertEquals("Let me see.", answer.orElseThrow().text());
            assertEquals(
                    List.of(new ToolCall("call_0", "sum", "{\"a\": 2, \"b\": 3}")),
                    answer.orElseThrow().calls());
            assertEquals("Let me see.[call_0 sum {\"a\": 2, \"b\": 3}]", heard.all.toString());
            Answer none = assistant.answer(turn().withTools(TOOLS, ToolChoice.NONE));
            assertEquals(List.of(), none.orElseThrow().calls());
        }
    }

    @Test
    void idsOfCallsAreUniqueInAConversation() {
        Map<String, Object> earlier = Map.of(
                "role",
                "assistant",
                "content",
                "",
                "tool_calls",
                List.of(Map.of(
                        "id",
                        "call_0",
                        "type",
                        "function",
                        "function",
                        Map.of("name", "sum", "arguments", Map.of("a", 1, "b", 1)))));
        List<ChatMessage> messages = Stream.of(
                        QUESTION,
                        List.of(new ChatMessage(earlier)),
                        List.of(new ChatMessage("tool", "2").with("tool_call_id", "call_0")))
                .flatMap(List::stream)
                .toList();
        try (Assistant assistant = assistant(CALL)) {
            Heard heard = new Heard();
            Turn turn = Turn.of(messages)
                    .with(SHORT)
                    .withTools(TOOLS, ToolChoice.REQUIRED)
                    .with(heard);
            assertEquals(
                    "call_1",
                    assistant.answer(turn).orElseThrow().calls().get(0).id());
            assertTrue(heard.all.toString().startsWith("[call_1 sum"), heard.all::toString);
        }
    }

    @Test
    void aSchemaBesideTools() {
        Output<Sum> output = Output.of(Sum.class);
        try (Assistant assistant = assistant("{\"a\":1,\"b\":2}")) {
            Turn turn = turn().withTools(TOOLS, ToolChoice.AUTO).with(output);
            assertEquals(
                    new Sum(1, 2),
                    output.read(assistant.answer(turn).orElseThrow().text()));
        }
        try (Assistant assistant = assistant(CALL)) {
            Turn turn = turn().withTools(TOOLS, ToolChoice.AUTO).with(output);
            assertEquals(1, assistant.answer(turn).orElseThrow().calls().size());
        }
    }

    @Test
    void stopsEndWhatIsSaid() {
        String thought = "<think>\nThree. Or\n</think>\n\n";
        for (String answer :
                List.of("One. Two. Three. Four.", thought + "One. Two. Three. Four.", "One. Two. Th" + CALL)) {
            for (boolean hasTools : new boolean[] {true, false}) {
                try (Assistant assistant = assistant(answer)) {
                    Heard heard = new Heard();
                    Turn turn = turn().withStops(List.of("Three", "Four")).with(heard);
                    Answer said = assistant.answer(hasTools ? turn.withTools(TOOLS, ToolChoice.AUTO) : turn);
                    String text = said.orElseThrow().text();
                    if (answer.endsWith(CALL)) {
                        assertEquals(hasTools ? "One. Two. Th" : answer, text);
                    } else {
                        assertEquals("One. Two. ", text);
                        assertTrue(heard.all.toString().endsWith("One. Two. "), heard.all::toString);
                        assertEquals(Answer.Finish.STOP, said.finish());
                    }
                }
            }
        }
        try (Assistant assistant = assistant("x")) {
            Turn turn = turn().with(Output.of(Sum.class)).withStops(List.of("x"));
            assertThrows(InvalidInputException.class, () -> assistant.submit(turn));
        }
    }

    @Test
    void aBudgetClosesWhatItCanAndSaysSo() {
        try (Assistant assistant = assistant("{\"a\":123456789,\"b\":2}")) {
            Turn turn = turn().with(Output.of(Sum.class));
            Answer answer = assistant.answer(turn.with(SHORT.withMaxTokens(18)));
            assertEquals(Answer.Finish.LENGTH, answer.finish());
            assertTrue(answer.isWhole());
            Answer none = assistant.answer(turn.with(SHORT.withMaxTokens(3)));
            assertEquals(Answer.Finish.FAILED, none.finish(), "too few to close anything");
            assertFalse(none.isWhole());
        }
        try (Assistant assistant = assistant("On and on and on")) {
            Answer answer = assistant.answer(turn().with(SHORT.withMaxTokens(5)));
            assertEquals(Answer.Finish.LENGTH, answer.finish());
            assertEquals("On an", answer.said().text());
        }
    }

    @Test
    void cancellationKeepsWhatWasWritten() {
        try (Assistant assistant = assistant("x".repeat(5000))) {
            Cancellation cancellation = new Cancellation();
            DecodeListener after = new DecodeListener() {
                private int tokens;

                @Override
                public void onToken(int token, boolean forced) {
                    if (++tokens == 20) {
                        cancellation.cancel();
                    }
                }
            };
            Answer answer = assistant.answer(
                    turn().with(SHORT.withMaxTokens(5000)).with(cancellation).with(after));
            assertEquals(Answer.Finish.CANCELLED, answer.finish());
            assertTrue(answer.said().text().startsWith("xxx"));
        }
    }

    @Test
    void manyAtOnceAreAnsweredAlone() {
        ScriptedModel model = new ScriptedModel(
                prompt -> prompt.contains("#") ? "n " + prompt.replaceAll("(?s).*#([0-9]+).*", "$1") : "?");
        try (Assistant assistant = Assistant.of(model, AssistantOptions.DEFAULT)) {
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                answers.add(assistant.submit(
                        Turn.of(List.of(new ChatMessage("user", "#" + i))).with(SHORT)));
            }
            for (int i = 0; i < 40; i++) {
                assertEquals("n " + i, answers.get(i).join().orElseThrow().text());
            }
        }
    }

    @Test
    void whatAModelDoesNotKnowIsRefused() {
        try (Assistant assistant = Assistant.of(new ToyModel(), AssistantOptions.DEFAULT)) {
            assertFalse(assistant.hasTools());
            assertThrows(InvalidInputException.class, () -> assistant.submit(turn().withTools(TOOLS, ToolChoice.AUTO)));
            assertThrows(
                    InvalidInputException.class,
                    () -> assistant.submit(turn().withThinking(Turn.Thinking.ON, OptionalInt.empty())));
        }
        AssistantOptions hermes = AssistantOptions.DEFAULT.with(ToolConvention.named("hermes"));
        try (Assistant assistant = Assistant.of(new ToyModel(), hermes)) {
            Turn turn = turn().withTools(TOOLS, ToolChoice.REQUIRED.atMost(1));
            assertEquals(
                    "sum", assistant.answer(turn).orElseThrow().calls().get(0).name());
        }
        assertThrows(InvalidInputException.class, () -> Turn.of(List.of()));
        assertThrows(InvalidInputException.class, () -> turn().withStops(List.of("")));
        assertThrows(
                InvalidInputException.class,
                () -> turn().withTools(List.of(TOOLS.get(0), TOOLS.get(0)), ToolChoice.AUTO));
    }

    @Test
    void anAnswerOfAPreparedFormCompilesNothing() {
        Turn turn = turn().withTools(TOOLS, ToolChoice.AUTO).with(Output.of(Sum.class));
        try (Assistant assistant = assistant("{\"a\":2,\"b\":3}")) {
            assistant.compile(turn);
            long before = assistant.compiler().compilations();
            assertTrue(before > 0);
            assertEquals("{\"a\":2,\"b\":3}", assistant.answer(turn).said().text());
            assertEquals(before, assistant.compiler().compilations());
        }
    }
}
