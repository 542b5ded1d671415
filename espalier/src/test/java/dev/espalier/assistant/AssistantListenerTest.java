// SPDX-License-Identifier: Apache-2.0
package dev.espalier.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.ChatMessage;
import dev.espalier.Output;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.testing.ScriptedModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What an assistant tells its listener, however a turn ends, and what it measures. */
class AssistantListenerTest {

    private static final Turn TURN =
            Turn.of(List.of(new ChatMessage("user", "Hi"))).with(SamplingParameters.DEFAULT.withMaxTokens(2000));
    private static final Output<String> MALFORMED = Output.jsonSchema("{\"type\":7}");
    private static final String CODE = "syntax";

    /** A string whose last letter is looked at when it is closed. */
    private static final Output<String> TWICE = Output.jsonSchema(
            "{\"allOf\":[{\"pattern\":\"^[ab]c*[ab]$\"},{\"pattern\":\"^(.)c*\\\\1$\"}],\"type\":\"string\"}",
            SchemaOptions.DEFAULT.allow(Enforcement.CHECKED_AT_END));

    /** Writes down what it is told of each turn: its number, and how it ended. */
    private static final class Heard implements AssistantListener {

        private final List<String> all = Collections.synchronizedList(new ArrayList<>());
        private final CountDownLatch ended;
        private int turns;

        Heard(int turns) {
            ended = new CountDownLatch(turns);
        }

        @Override
        public synchronized TurnListener onTurn(String model, Turn turn) {
            int number = turns++;
            all.add(number + " begins");
            return new TurnListener() {
                @Override
                public void onAnswer(Answer answer) {
                    all.add(number + " " + answer.finish());
                    ended.countDown();
                }

                @Override
                public void onFailure(Throwable cause) {
                    String code = cause instanceof EspalierException known ? known.code() : cause.toString();
                    all.add(number + " fails: " + code);
                    ended.countDown();
                }
            };
        }

        List<String> all() throws InterruptedException {
            assertTrue(ended.await(60, TimeUnit.SECONDS));
            return List.copyOf(all);
        }
    }

    private static Assistant assistant(String answer, AssistantListener listener) {
        return Assistant.of(new ScriptedModel(prompt -> answer), AssistantOptions.DEFAULT.with(listener));
    }

    @Test
    void eachTurnBeginsAndEndsOnce() throws InterruptedException {
        Heard heard = new Heard(4);
        try (Assistant assistant = assistant("Hello.", heard)) {
            assistant.answer(TURN);
            assistant.submit(TURN).join();
            assistant.answers(List.of(TURN, TURN));
        }
        assertEquals(
                List.of("0 begins", "0 STOP", "1 begins", "1 STOP", "2 begins", "3 begins", "2 STOP", "3 STOP"),
                heard.all());
    }

    @Test
    void aTurnThatIsRefusedEndsAllThatWereAskedWithIt() throws InterruptedException {
        Heard heard = new Heard(3);
        try (Assistant assistant = assistant("Hello.", heard)) {
            EspalierException refusal =
                    assertThrows(EspalierException.class, () -> assistant.answers(List.of(TURN, TURN.with(MALFORMED))));
            assertEquals(CODE, refusal.code());
            assertThrows(EspalierException.class, () -> assistant.submit(TURN.with(MALFORMED)));
        }
        assertEquals(
                List.of("0 begins", "1 begins", "0 fails: " + CODE, "1 fails: " + CODE, "2 begins", "2 fails: " + CODE),
                heard.all());
    }

    @Test
    void aFutureThatIsCancelledEndsItsTextAndTheTurn() throws InterruptedException {
        Heard heard = new Heard(1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Turn slow = TURN.with(new DecodeListener() {
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
        try (Assistant assistant = assistant("It rains, and rains. ".repeat(90), heard)) {
            CompletableFuture<Answer> answer = assistant.submit(slow);
            assertTrue(begun.await(60, TimeUnit.SECONDS));
            assertTrue(answer.cancel(true));
            goOn.countDown();
            assertEquals(List.of("0 begins", "0 CANCELLED"), heard.all());
            assertTrue(answer.isCancelled());
        }
    }

    @Test
    void aTurnThatIsCancelledBeforeItBeginsIsAnAnswer() throws InterruptedException {
        Heard heard = new Heard(2);
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        try (Assistant assistant = assistant("Hello.", heard)) {
            Answer answer = assistant.answer(TURN.with(cancelled));
            assertEquals(OptionalLong.empty(), answer.stats().firstToken());
            assertTrue(answer.stats().total() > 0);
            assistant.submit(TURN.with(cancelled)).join();
        }
        assertEquals(List.of("0 begins", "0 CANCELLED", "1 begins", "1 CANCELLED"), heard.all());
    }

    @Test
    void aModelThatFailsIsAnAnswerThatFailed() throws InterruptedException {
        Heard heard = new Heard(1);
        ScriptedModel broken = new ScriptedModel(prompt -> {
            throw new ModelException("the cable is out");
        });
        try (Assistant assistant = Assistant.of(broken, AssistantOptions.DEFAULT.with(heard))) {
            assertFalse(assistant.answer(TURN).isWhole());
        }
        assertEquals(List.of("0 begins", "0 FAILED"), heard.all());
    }

    @Test
    void aFormIsCompiledOnceAndTimesAreInOrder() {
        try (Assistant assistant = assistant("{\"a\":12}", AssistantListener.NONE)) {
            Turn turn = TURN.with(Output.jsonSchema("{\"properties\":{\"a\":{\"type\":\"integer\"}}}"));
            AnswerStats first = assistant.answer(turn).stats();
            assertTrue(!first.isKept() && first.compile() > 0, first.toString());
            for (AnswerStats next : List.of(
                    assistant.answer(turn).stats(),
                    assistant.submit(turn).join().stats())) {
                assertTrue(next.isKept() && next.compile() == 0, next.toString());
                long token = next.firstToken().orElseThrow();
                assertTrue(0 < token && token <= next.total(), next.toString());
            }
            assertTrue(first.compile() < first.firstToken().orElseThrow(), first.toString());
        }
    }

    @Test
    void deadEndsAreCounted() {
        try (Assistant assistant = assistant("\"acb\"", AssistantListener.NONE)) {
            Answer greedy = assistant.answer(TURN.with(TWICE));
            assertEquals(1, greedy.stats().deadEnds());
            assertEquals(Answer.Finish.FAILED, greedy.finish());
        }
        try (Assistant assistant = assistant("\"aca\"", AssistantListener.NONE)) {
            assertEquals(0, assistant.answer(TURN.with(TWICE)).stats().deadEnds());
        }
    }

    @Test
    void attemptsThatAreTakenBackAreCounted() {
        SamplingParameters hot =
                SamplingParameters.MODEL.withMaxTokens(40).withTemperature(30).withSeed(1);
        int ends = 0;
        try (Assistant assistant = assistant("\"acb\"", AssistantListener.NONE)) {
            for (int seed = 0; seed < 20; seed++) {
                Answer answer = assistant.answer(TURN.with(TWICE).with(hot.withSeed(seed)));
                ends += answer.isWhole() ? answer.stats().deadEnds() : 0;
            }
        }
        assertTrue(ends > 0);
    }

    @Test
    void theTimeOfATokenIsThatBehindTheFirst() {
        assertEquals(OptionalLong.of(10), new AnswerStats(0, OptionalLong.of(20), 50, 0).perToken(4));
        assertEquals(OptionalLong.empty(), new AnswerStats(0, OptionalLong.of(20), 50, 0).perToken(1));
        assertEquals(OptionalLong.empty(), new AnswerStats(0, OptionalLong.empty(), 50, 0).perToken(4));
    }

    @Test
    void twoListenersHearTheSameWhateverTheFirstThrows() throws InterruptedException {
        Heard heard = new Heard(2);
        AssistantListener throwing = new AssistantListener() {
            @Override
            public void onAnswer(String model, Turn turn, Answer answer) {
                throw new IllegalStateException("full");
            }
        };
        List<String> others = new ArrayList<>();
        AssistantListener other = new AssistantListener() {
            @Override
            public void onAnswer(String model, Turn turn, Answer answer) {
                others.add(answer.finish().name());
            }

            @Override
            public void onRefusal(String model, Turn turn, String code) {
                others.add(code);
            }
        };
        try (Assistant assistant = assistant("Hello.", heard.and(throwing).and(other))) {
            assertInstanceOf(
                    IllegalStateException.class,
                    assertThrows(IllegalStateException.class, () -> assistant.answer(TURN)));
            assertThrows(EspalierException.class, () -> assistant.answer(TURN.with(MALFORMED)));
        }
        assertEquals(2, others.size());
        assertEquals("STOP", others.get(0));
        assertEquals("0 STOP", heard.all().get(1));
    }
}
