// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.Timings;
import dev.espalier.sampler.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that are told of while an answer is written, against the calls of the finished answer. */
class CallWatchTest {

    private static final List<Tool> TOOLS = List.of(ToolCallsTest.WEATHER, ToolCallsTest.TRAFFIC);
    private static final int TRIALS = 12;
    private static final Outcome TAKEN_BACK = new Outcome.Cancelled(
            new Transcript("", List.of(), 0, 0, 0, 0, 0, 0, 0, 0, Target.values()[0], false, List.of(), Timings.ZERO));

    static List<ToolConvention> conventions() {
        return ToolConvention.known();
    }

    /** Remembers what it is told, and how much had been written by then. */
    private static final class Told implements AnswerListener {

        private final List<ToolCall> calls = new ArrayList<>();
        private final List<Integer> places = new ArrayList<>();
        private int written;

        @Override
        public void onCall(int number, ToolCall call) {
            assertEquals(calls.size(), number);
            calls.add(call);
            places.add(written);
        }

        @Override
        public void onRestart() {
            calls.clear();
            places.clear();
        }
    }

    private static String arguments(Random random, int tool) {
        String value =
                List.of("Oslo", "a <b> </x> \u20ac", "\ud83d\ude00 } ] )", "").get(random.nextInt(4));
        return tool == 0
                ? "{\"city\": \"" + value + "\", \"days\": " + random.nextInt(99) + "}"
                : "{\"road\": \"" + value + "\"}";
    }

    @ParameterizedTest
    @MethodSource("conventions")
    void eachCallIsToldOfWhenItsTextIsClosed(ToolConvention convention) {
        ToolCalls auto = ToolCalls.of(convention, TOOLS);
        ToolCalls required = auto.with(ToolChoice.REQUIRED);
        Random random = new Random(17);
        for (int trial = 0; trial < TRIALS; trial++) {
            List<String> namesAndArguments = new ArrayList<>();
            List<Integer> ends = new ArrayList<>();
            String said = random.nextBoolean() ? "" : "I look. ";
            for (int i = 0; i <= random.nextInt(3); i++) {
                int tool = random.nextInt(2);
                namesAndArguments.add(TOOLS.get(tool).name());
                namesAndArguments.add(arguments(random, tool));
                String calls = ToolCallsTest.written(convention, namesAndArguments.toArray(String[]::new));
                String sofar = ToolCallsTest.said(convention, said, calls);
                String finish =
                        convention.text().map(ToolConvention.Text::finish).orElse("");
                ends.add(sofar.length() - finish.length() - convention.closing().length());
            }
            String text = ToolCallsTest.said(
                    convention, said, ToolCallsTest.written(convention, namesAndArguments.toArray(String[]::new)));
            ToolCalls calls = said.isEmpty() && random.nextBoolean() ? required : auto;
            Told told = new Told();
            DecodeListener listener = calls.listener(told);
            for (int i = 0; i < text.length(); i++) {
                told.written = i + 1;
                listener.onText(text.substring(i, i + 1));
            }
            assertEquals(calls.output().read(text).calls(), told.calls, text);
            assertEquals(ends, told.places, text);
        }
    }

    @ParameterizedTest
    @MethodSource("conventions")
    void textAndReasoningCallNothing(ToolConvention convention) {
        ToolCalls calls = ToolCalls.of(convention, TOOLS);
        String one = ToolCallsTest.written(convention, "traffic", "{\"road\": \"E6\"}");
        Told told = new Told();
        calls.listener(told).onText(ToolCallsTest.said(convention, "Hello.", ""));
        assertEquals(List.of(), told.calls);
        if (convention.reasoning().isPresent()) {
            String end = convention.reasoning().get().end();
            calls.with(ToolCalls.Thinking.BEGUN)
                    .listener(told)
                    .onText("Perhaps " + one + "?" + end + ToolCallsTest.said(convention, "", one));
            assertEquals(1, told.calls.size());
        }
    }

    @Test
    void anAnswerThatIsBegunAnewIsReadAnew() {
        ToolConvention convention = ToolConvention.named("hermes");
        String one = ToolCallsTest.written(convention, "traffic", "{\"road\": \"E6\"}");
        Told told = new Told();
        DecodeListener listener = ToolCalls.of(convention, TOOLS).listener(told);
        listener.onText("Well. " + one + "\n<tool_ca");
        assertEquals(1, told.calls.size());
        listener.onRestart(TAKEN_BACK);
        assertEquals(0, told.calls.size());
        listener.onText(one);
        assertEquals(List.of("call_0"), told.calls.stream().map(ToolCall::id).toList());
    }

    @Test
    void conventionsThatDoNotShowWhereANameEndsAreRefused() {
        ToolConvention convention = new ToolConvention(
                "x",
                "(",
                "{name}_{arguments}",
                "",
                ")",
                dev.espalier.tag.ValueStyle.JSON,
                Optional.empty(),
                Optional.empty());
        ToolCalls calls = ToolCalls.of(convention, TOOLS);
        assertThrows(InvalidInputException.class, () -> calls.listener(AnswerListener.NONE));
    }
}
