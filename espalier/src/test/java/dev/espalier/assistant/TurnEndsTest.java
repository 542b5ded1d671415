// SPDX-License-Identifier: Apache-2.0
package dev.espalier.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.ChatMessage;
import dev.espalier.Output;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.testing.ScriptedModel;
import dev.espalier.tool.Tool;
import dev.espalier.tool.ToolCall;
import dev.espalier.tool.ToolChoice;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where answers begin and end: messages that go on, and tokens that end an answer. */
class TurnEndsTest {

    private static final ChatMessage QUESTION = new ChatMessage("user", "What is 2 + 3?");
    private static final Tool SUM = Tool.of(
            "sum", "Adds.", "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}},\"required\":[\"a\"]}");

    private static Answer answer(String wanted, Turn turn) {
        try (Assistant assistant = Assistant.of(new ScriptedModel(prompt -> wanted), AssistantOptions.DEFAULT)) {
            return assistant.answer(turn.with(SamplingParameters.DEFAULT.withMaxTokens(200)));
        }
    }

    private static Turn continuing(String said) {
        return Turn.of(List.of(QUESTION, new ChatMessage("assistant", said))).withContinuation(true);
    }

    @Test
    void aMessageGoesOnBehindItsLastCharacter() {
        for (String said : List.of("", "F", "Five, my", "Five, my friend.")) {
            Answer answer = answer("Five, my friend.", continuing(said));
            assertEquals(
                    "Five, my friend.".substring(said.length()),
                    answer.orElseThrow().text());
            assertEquals(Answer.Finish.STOP, answer.finish());
        }
    }

    @Test
    void theFormIsForWhatIsWritten() {
        Answer answer = answer(
                "The sum is {\"sum\":5}",
                continuing("The sum is ")
                        .with(
                                Output.jsonSchema(
                                        "{\"type\":\"object\",\"properties\":{\"sum\":{\"const\":5}},\"required\":[\"sum\"],\"additionalProperties\":false}")));
        assertEquals("{\"sum\":5}", answer.orElseThrow().text());
    }

    @Test
    void callsFollowAMessageThatGoesOn() {
        String call = "<tool_call>\n{\"name\": \"sum\", \"arguments\": {\"a\":5}}\n</tool_call>";
        Answer answer = answer("Let me see." + call, continuing("Let me").withTools(List.of(SUM), ToolChoice.AUTO));
        assertEquals(" see.", answer.orElseThrow().text());
        assertEquals(
                List.of(new ToolCall("call_0", "sum", "{\"a\":5}")),
                answer.orElseThrow().calls());
        Answer called = answer("Well. " + call, continuing("Well. ").withTools(List.of(SUM), ToolChoice.REQUIRED));
        assertEquals("{\"a\":5}", called.orElseThrow().calls().get(0).arguments());
    }

    @Test
    void reasoningThatWasBegunGoesOn() {
        Answer answer = answer("<think>\nTwo and three.\n</think>\n\nFive.", continuing("<think>\nTwo and"));
        assertEquals(" three.", answer.orElseThrow().reasoning().orElseThrow());
        assertEquals("Five.", answer.orElseThrow().text());
        Answer behind = answer(
                "<think>\nTwo.\n</think>\n\nFive, so <think> it is.", continuing("<think>\nTwo.\n</think>\n\nFive,"));
        assertTrue(behind.orElseThrow().reasoning().isEmpty());
        assertThrows(
                InvalidInputException.class,
                () -> answer("Five", continuing("Fi").withThinking(Turn.Thinking.ON, OptionalInt.empty())));
    }

    @Test
    void onlyATextOfTheAssistantGoesOn() {
        Turn asked = Turn.of(List.of(QUESTION));
        assertThrows(InvalidInputException.class, () -> asked.withContinuation(true));
        ChatMessage called =
                new ChatMessage("assistant", "").with("tool_calls", List.of(ChatMessage.call("a", "sum", "{}")));
        Turn calls = Turn.of(List.of(QUESTION, called));
        assertThrows(InvalidInputException.class, () -> calls.withContinuation(true));
        Turn answered = Turn.of(List.of(QUESTION, new ChatMessage("assistant", "Five")));
        assertThrows(
                InvalidInputException.class, () -> answer("Five", answered), "what is not to go on is not answered");
    }

    private static final int END_OF_TEXT = 'y';

    @ParameterizedTest
    @ValueSource(ints = {',', 'y', '.', ' '})
    void aTokenThatSpellsTextEndsFreeText(int token) {
        String all = "Five, my friend.";
        String expected = all.substring(0, all.indexOf(token));
        for (Turn turn : List.of(
                Turn.of(List.of(QUESTION)), Turn.of(List.of(QUESTION)).withTools(List.of(SUM), ToolChoice.AUTO))) {
            StringBuilder heard = new StringBuilder();
            Answer answer = answer(all, turn.withStopTokens(Set.of(token)).with(new dev.espalier.tool.AnswerListener() {
                @Override
                public void onText(String chunk) {
                    heard.append(chunk);
                }
            }));
            assertEquals(expected, answer.orElseThrow().text());
            assertEquals(expected, heard.toString());
            assertEquals(Answer.Finish.STOP, answer.finish());
        }
    }

    @Test
    void aTokenEndsReasoningAndCallsToo() {
        Turn turn = Turn.of(List.of(QUESTION)).withStopTokens(Set.of(END_OF_TEXT));
        Answer answer = answer("<think>\nMaybe four.\n</think>\n\nFive.", turn);
        assertEquals("Ma", answer.orElseThrow().reasoning().orElseThrow().strip());
        assertEquals("", answer.orElseThrow().text());
        assertEquals(Answer.Finish.STOP, answer.finish());
    }

    @Test
    void otherFormsAreEndedByTokensThatSpellNothingAlone() {
        int end = 256 + 16;
        Turn turn = Turn.of(List.of(QUESTION)).with(Output.regex("[a-z]{3,9}"));
        assertEquals(
                "abcd",
                answer("abcd", turn.withStopTokens(Set.of(end))).orElseThrow().text());
        EspalierException refused =
                assertThrows(EspalierException.class, () -> answer("abcd", turn.withStopTokens(Set.of((int) 'c'))));
        assertTrue(String.valueOf(refused.getMessage()).contains("99 spells \"c\""), refused.getMessage());
        Turn calls = Turn.of(List.of(QUESTION)).withTools(List.of(SUM), ToolChoice.REQUIRED);
        assertThrows(EspalierException.class, () -> answer("x", calls.withStopTokens(Set.of((int) 'c'))));
        assertThrows(EspalierException.class, () -> answer("x", turn.withStopTokens(Set.of(99_999))));
        assertThrows(EspalierException.class, () -> answer("x", turn.withStopTokens(Set.of(-1))));
    }
}
