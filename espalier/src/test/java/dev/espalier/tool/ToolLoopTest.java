// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.ChatMessage;
import dev.espalier.ChatPrompting;
import dev.espalier.Output;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.vocabulary.TextPiece;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.testing.ToyModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ToolLoopTest {

    /** Messages as ChatML has them, calls as Hermes writes them. */
    static final String TEMPLATE = """
            {%- for tool in tools or [] %}{{ tool | tojson }}
            {% endfor %}
            {%- for message in messages %}<|im_start|>{{ message.role }}
            {{ message.content }}
            {%- for call in message.tool_calls or [] %}
            {%- if not loop.first %}
            {% endif %}<tool_call>
            {"name": {{ call.function.name | tojson }}, "arguments": {{ call.function.arguments | tojson }}}
            </tool_call>
            {%- endfor %}<|im_end|>
            {% endfor %}
            {%- if add_generation_prompt %}<|im_start|>assistant
            {% endif %}""";

    record Sum(int a, int b) {}

    private static final List<ChatMessage> QUESTION = List.of(new ChatMessage("user", "What is 2 + 3?"));

    private static ToolLoop loop(ToyModel model, List<Integer> sums, ToolChoice choice) {
        Tool sum = Tool.of("sum", "Adds two numbers.", Sum.class, asked -> {
            sums.add(asked.a());
            if (sums.size() == 1) {
                throw new IllegalStateException("out of paper");
            }
            return asked.a() + (long) asked.b();
        });
        ChatPrompting prompting = ChatPrompting.of(model);
        ToolCalls calls =
                ToolCalls.of(TemplateConvention.of(prompting), List.of(sum)).with(choice);
        return ToolLoop.of(model, prompting, calls)
                .with(SamplingParameters.DEFAULT.withMaxTokens(120))
                .atMost(3);
    }

    @Test
    void callsAreRunAndTheirResultsTold() {
        List<Integer> sums = new ArrayList<>();
        ToolLoop.Run run = loop(new ToyModel(TEMPLATE), sums, ToolChoice.REQUIRED.atMost(1))
                .run(QUESTION);
        assertEquals(3, run.steps());
        assertFalse(run.isFinished());
        assertEquals(2, sums.size(), "the last call is not run: nobody would hear of it");
        assertEquals(
                List.of("user", "assistant", "tool", "assistant", "tool", "assistant"),
                run.messages().stream().map(ChatMessage::role).toList());
        assertEquals("error: out of paper", run.messages().get(2).content());
        assertTrue(String.valueOf(run.messages().get(4).content()).matches("-?\\d+"));
    }

    @Test
    void templatesThatWantTextReadTheCallsThatWereWritten() {
        String text = TEMPLATE.replace(
                "{\"name\": {{ call.function.name | tojson }}, \"arguments\": {{ call.function.arguments | tojson }}}",
                "{{ '{\"name\": \"' + call.function.name + '\", \"arguments\": ' + call.function.arguments + '}' }}");
        List<Integer> sums = new ArrayList<>();
        ToyModel model = new ToyModel(text);
        ToolLoop.Run run = loop(model, sums, ToolChoice.REQUIRED.atMost(1)).run(QUESTION);
        assertEquals(3, run.steps());
        String written = ChatPrompting.of(model).withMessages(run.messages()).pieces("", Output.text()).stream()
                .map(TextPiece::text)
                .collect(Collectors.joining());
        assertTrue(written.contains(run.answer().calls().get(0).arguments()), written);
    }

    @Test
    void argumentsThatAreNoObjectAreRefusedByName() {
        for (String wrong : List.of("[1]", "{", "5")) {
            ToolAnswer answer = new ToolAnswer(Optional.empty(), "", List.of(new ToolCall("a", "sum", wrong)));
            InvalidInputException refused = assertThrows(InvalidInputException.class, answer::message);
            assertTrue(String.valueOf(refused.getMessage()).startsWith("the call of sum: "), refused.getMessage());
        }
        for (String nothing : List.of("null", "", "{}")) {
            ToolAnswer answer = new ToolAnswer(Optional.empty(), "", List.of(new ToolCall("a", "sum", nothing)));
            assertTrue(answer.message().toString().contains("arguments={}"), nothing);
        }
    }

    @Test
    void callsAreBegunWhileTheAnswerIsWritten() {
        List<Integer> sums = new ArrayList<>();
        List<String> begun = new ArrayList<>();
        ToolLoop loop = loop(new ToyModel(TEMPLATE), sums, ToolChoice.REQUIRED.atMost(2));
        ToolLoop.Run plain = loop.run(QUESTION);
        int run = sums.size();
        sums.clear();
        ToolLoop.Run eager = loop.runningOn(task -> {
                    begun.add("begun");
                    task.run();
                })
                .run(QUESTION);
        assertEquals(plain.messages().toString(), eager.messages().toString());
        assertEquals(run, sums.size());
        assertEquals(run, begun.size(), "all were begun by the executor");
    }

    @Test
    void whatTheExecutorDoesNotTakeIsRunInTheEnd() {
        List<Integer> sums = new ArrayList<>();
        ToolLoop loop = loop(new ToyModel(TEMPLATE), sums, ToolChoice.REQUIRED.atMost(1));
        ToolLoop.Run run = loop.runningOn(task -> {
                    throw new RejectedExecutionException("full");
                })
                .run(QUESTION);
        assertEquals(3, run.steps());
        assertEquals(2, sums.size());
    }

    @Test
    void whatWasBegunOfAnAnswerThatIsTakenBackIsCancelled() {
        List<Runnable> queue = new ArrayList<>();
        List<String> ran = new ArrayList<>();
        RunningCalls running = new RunningCalls(
                call -> {
                    ran.add(call.name());
                    return new ChatMessage("tool", call.name());
                },
                Optional.of(queue::add));
        running.onCall(0, new ToolCall("0", "first", "{}"));
        running.onRestart();
        queue.forEach(Runnable::run);
        assertEquals(List.of(), ran);
        queue.clear();
        ToolCall second = new ToolCall("0", "second", "{}");
        running.onCall(0, second);
        queue.forEach(Runnable::run);
        List<ChatMessage> results = running.results(List.of(second, new ToolCall("1", "third", "{}")));
        assertEquals(List.of("second", "third"), ran);
        assertEquals(
                List.of("second", "third"),
                results.stream().map(ChatMessage::content).toList());
    }

    @Test
    void anAnswerWithoutCallsEndsIt() {
        List<Integer> sums = new ArrayList<>();
        ToolLoop.Run run = loop(new ToyModel(TEMPLATE), sums, ToolChoice.NONE).run(QUESTION);
        assertTrue(run.isFinished());
        assertEquals(1, run.steps());
        assertEquals(List.of(), sums);
    }

    @Test
    void toolsWithoutFunctionsAreRefused() {
        Tool tool = Tool.of("sum", "Adds two numbers.", Sum.class);
        ToyModel model = new ToyModel(TEMPLATE);
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> ToolLoop.of(model, List.of(tool)));
        assertTrue(String.valueOf(refused.getMessage()).contains("sum"), refused.getMessage());
        assertThrows(InvalidInputException.class, () -> ToolLoop.of(new ToyModel("{{ messages }}"), List.of(tool)));
    }
}
