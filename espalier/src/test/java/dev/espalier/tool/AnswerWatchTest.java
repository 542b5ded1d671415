// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.mask.Recognizer;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.Timings;
import dev.espalier.sampler.Transcript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The parts of an answer that are told of while it is written, against those of the finished answer. */
class AnswerWatchTest {

    private static final List<Tool> TOOLS = List.of(ToolCallsTest.WEATHER, ToolCallsTest.TRAFFIC);
    private static final int TRIALS = 25;
    private static final Output<String> PLAIN = Output.choice("yes", "no", "I do not know.");
    private static final Transcript NOTHING =
            new Transcript("", List.of(), 0, 0, 0, 0, 0, 0, 0, 0, Target.values()[0], false, List.of(), Timings.ZERO);

    static List<ToolConvention> conventions() {
        return ToolConvention.known();
    }

    /** Puts together what it is told. */
    private static final class Told implements AnswerListener {

        private final StringBuilder reasoning = new StringBuilder();
        private final StringBuilder text = new StringBuilder();
        private final List<String> begun = new ArrayList<>();
        private final List<StringBuilder> arguments = new ArrayList<>();
        private final List<ToolCall> calls = new ArrayList<>();
        private int chunks;
        private int begin = -1;

        @Override
        public void onReasoning(String chunk) {
            assertTrue(text.isEmpty() && begun.isEmpty() && !chunk.isEmpty());
            chunks++;
            reasoning.append(chunk);
        }

        @Override
        public void onTextBegin(int place) {
            assertEquals(-1, begin);
            assertTrue(text.isEmpty());
            begin = place;
        }

        @Override
        public void onText(String chunk) {
            assertTrue(begun.isEmpty() && !chunk.isEmpty() && begin >= 0);
            chunks++;
            text.append(chunk);
        }

        @Override
        public void onCallBegin(int number, String id, String name) {
            assertEquals(begun.size(), number);
            assertEquals(calls.size(), number);
            begun.add(id + " " + name);
            arguments.add(new StringBuilder());
        }

        @Override
        public void onArguments(int number, String chunk) {
            assertEquals(calls.size(), number);
            assertFalse(chunk.isEmpty());
            chunks++;
            arguments.get(number).append(chunk);
        }

        @Override
        public void onCall(int number, ToolCall call) {
            assertEquals(calls.size(), number);
            calls.add(call);
        }

        @Override
        public void onRestart() {
            reasoning.setLength(0);
            text.setLength(0);
            begin = -1;
            begun.clear();
            arguments.clear();
            calls.clear();
        }

        void assertIs(ToolAnswer answer, String written) {
            assertEquals(answer.reasoning().orElse(""), reasoning.toString(), written);
            assertEquals(answer.text(), text.toString(), written);
            assertEquals(!text.isEmpty(), begin >= 0, written);
            assertTrue(text.isEmpty() || written.startsWith(text.toString(), begin), written);
            assertEquals(answer.calls(), calls, written);
            for (int i = 0; i < calls.size(); i++) {
                ToolCall call = calls.get(i);
                assertEquals(call.id() + " " + call.name(), begun.get(i), written);
                assertEquals(call.arguments(), arguments.get(i).toString(), written);
            }
        }
    }

    private static String pick(Random random, String... from) {
        return from[random.nextInt(from.length)];
    }

    private static String arguments(Random random, int tool) {
        String value = pick(random, "Oslo", "a <b> </x> €", "😀 } ] )", "", "q\\\\uote \\\" {");
        String road = pick(random, "E6", "a, {b}", "");
        return tool == 0
                ? "{\"city\": \"" + (random.nextBoolean() ? value : "Bergen") + "\", \"days\": " + random.nextInt(99)
                        + "}"
                : "{\"road\": \"" + road + "\"}";
    }

    private static String calls(Random random, ToolConvention convention) {
        List<String> namesAndArguments = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            int tool = random.nextInt(2);
            namesAndArguments.add(TOOLS.get(tool).name());
            String written = arguments(random, tool);
            namesAndArguments.add(
                    convention.style() == dev.espalier.tag.ValueStyle.JSON
                            ? written
                            : JsonMapper.shared().readTree(written).toString());
        }
        return ToolCallsTest.written(convention, namesAndArguments.toArray(String[]::new));
    }

    /** What is said, with spaces at its ends, characters of two units, and beginnings of marks. */
    private static String said(Random random, ToolConvention convention) {
        StringBuilder said = new StringBuilder();
        int parts = random.nextInt(6);
        for (int i = 0; i < parts; i++) {
            String trigger = convention.trigger();
            String begun = trigger.substring(0, random.nextInt(trigger.length()));
            said.append(
                    pick(random, " ", "\n", "Well", "😀", "<", "{", "it is. ", begun.isBlank() ? "x" : begun + "_"));
        }
        return said.toString();
    }

    private static String thought(Random random, ToolConvention convention, ToolCalls.Thinking thinking) {
        if (thinking == ToolCalls.Thinking.NONE || (thinking == ToolCalls.Thinking.ALLOWED && random.nextBoolean())) {
            return "";
        }
        ToolConvention.Reasoning marks = convention.reasoning().orElseThrow();
        String end = marks.end();
        String begun = end.substring(0, random.nextInt(end.length()));
        String thought =
                pick(random, "", "Let me see.\n", "\n a <b> ", "😀 ") + pick(random, "", begun + "_", " so \n");
        return (thinking == ToolCalls.Thinking.BEGUN ? "" : marks.begin()) + thought + end;
    }

    private static void tell(DecodeListener listener, Random random, String text, Told told, ToolAnswer answer) {
        int longest = 1 + random.nextInt(9);
        int at = 0;
        while (at < text.length()) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(longest));
            listener.onText(text.substring(at, end));
            at = end;
        }
        listener.onFinish(new Outcome.Complete(NOTHING));
        told.assertIs(answer, text);
    }

    private static ToolCalls.Thinking thinking(Random random, ToolConvention convention) {
        ToolCalls.Thinking[] all = ToolCalls.Thinking.values();
        return convention.reasoning().isEmpty() ? ToolCalls.Thinking.NONE : all[random.nextInt(all.length)];
    }

    private static boolean isRead(Output<?> output, String text) {
        Recognizer recognizer = new Recognizer(
                OutputCompiler.compileSource(output, Limits.DEFAULT).automaton(), Limits.DEFAULT);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return recognizer.read(bytes) == bytes.length && recognizer.isAccepting();
    }

    @ParameterizedTest
    @MethodSource("conventions")
    void whatIsToldAddsUpToTheAnswer(ToolConvention convention) {
        Random random = new Random(23);
        int read = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            ToolCalls.Thinking thinking = thinking(random, convention);
            ToolCalls calls = ToolCalls.of(convention, TOOLS).with(thinking);
            String text = thought(random, convention, thinking)
                    + ToolCallsTest.said(
                            convention,
                            said(random, convention),
                            random.nextBoolean() ? calls(random, convention) : "");
            if (!isRead(calls.output(), text)) {
                continue; // the beginning of a mark that happens to be one
            }
            read++;
            Told told = new Told();
            tell(calls.listener(told), random, text, told, calls.output().read(text));
        }
        assertTrue(read > TRIALS / 2, read + " texts of " + convention.id());
    }

    @ParameterizedTest
    @MethodSource("conventions")
    void textAloneIsToldOf(ToolConvention convention) {
        Random random = new Random(29);
        for (int trial = 0; trial < TRIALS; trial++) {
            ToolCalls.Thinking thinking = thinking(random, convention);
            ToolCalls calls = ToolCalls.none(convention).with(thinking);
            String text = thought(random, convention, thinking)
                    + ToolCallsTest.said(convention, said(random, convention), "");
            if (isRead(calls.output(), text)) {
                Told told = new Told();
                tell(calls.listener(told), random, text, told, calls.output().read(text));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("conventions")
    void anAnswerOfAnotherOutputOrCalls(ToolConvention convention) {
        Random random = new Random(31);
        for (int trial = 0; trial < TRIALS; trial++) {
            ToolCalls.Thinking thinking = thinking(random, convention);
            ToolCalls calls = ToolCalls.of(convention, TOOLS).withAnswer(PLAIN).with(thinking);
            String before = thought(random, convention, thinking);
            boolean isCall = random.nextBoolean();
            String answer = pick(random, "yes", "no", "I do not know.");
            String text = before + (isCall ? written(random, convention) : block(convention, answer));
            assertTrue(isRead(calls.output(), text), text);
            Told told = new Told();
            tell(calls.listener(told), random, text, told, calls.output().read(text));
            assertEquals(isCall ? "" : answer, told.text.toString());
            assertFalse(isRead(calls.output(), before + block(convention, "maybe")));
        }
    }

    private static String block(ToolConvention convention, String answer) {
        return ToolCallsTest.said(convention, answer, "");
    }

    private static String written(Random random, ToolConvention convention) {
        return ToolCallsTest.said(convention, "", calls(random, convention));
    }

    @Test
    void whatIsTakenBackIsToldAnew() {
        ToolConvention convention = ToolConvention.named("hermes");
        String one = ToolCallsTest.written(convention, "traffic", "{\"road\": \"E6\"}");
        Told told = new Told();
        DecodeListener listener =
                ToolCalls.of(convention, TOOLS).with(ToolCalls.Thinking.ALLOWED).listener(told);
        listener.onText("<think>\nso\n</think>\n\n Well. " + one + "\n<tool_ca");
        assertEquals(1, told.calls.size());
        listener.onRestart(new Outcome.Cancelled(NOTHING));
        String again = "Hm. " + one;
        listener.onText(again);
        listener.onFinish(new Outcome.Complete(NOTHING));
        told.assertIs(
                ToolCalls.of(convention, TOOLS)
                        .with(ToolCalls.Thinking.ALLOWED)
                        .output()
                        .read(again),
                again);
    }

    @Test
    void textAndArgumentsAreToldOfBeforeTheyEnd() {
        ToolConvention convention = ToolConvention.named("hermes");
        Told told = new Told();
        DecodeListener listener = ToolCalls.of(convention, TOOLS).listener(told);
        listener.onText("Let me look. <tool");
        assertEquals("Let me look.", told.text.toString());
        listener.onText("_call>\n{\"name\": \"traffic\", \"arguments\": {\"road\": \"E");
        assertEquals(List.of("call_0 traffic"), told.begun);
        assertEquals("{\"road\": \"E", told.arguments.get(0).toString());
        assertEquals(List.of(), told.calls);
    }

    @Test
    void anAnswerThatMayBeginAsCallsDoIsRefused() {
        ToolConvention hermes = ToolConvention.named("hermes");
        ToolCalls calls = ToolCalls.of(hermes, TOOLS);
        UnsupportedFeatureException refused = assertThrows(
                UnsupportedFeatureException.class,
                () -> calls.withAnswer(Output.regex("<[a-z_]+>[\\s\\S]*")).output());
        assertTrue(String.valueOf(refused.getMessage()).contains("may begin with \"<tool_call>"));
        UnsupportedFeatureException thought = assertThrows(
                UnsupportedFeatureException.class,
                () -> calls.with(ToolCalls.Thinking.ALLOWED)
                        .withAnswer(Output.regex("<think>[\\s\\S]*"))
                        .output());
        assertTrue(String.valueOf(thought.getMessage()).contains("reasoning"));
        assertThrows(
                UnsupportedFeatureException.class, () -> calls.withAnswer(PLAIN).format());
        assertEquals(
                Optional.empty(),
                calls.withAnswer(Output.text()).output().read("Hello.").reasoning());
        assertThrows(InvalidInputException.class, () -> calls.with(ToolChoice.REQUIRED.atMost(0)));
    }
}
