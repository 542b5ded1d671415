// SPDX-License-Identifier: Apache-2.0
package dev.espalier.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.ChatMessage;
import dev.espalier.Output;
import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.assistant.Turn;
import dev.espalier.core.error.EspalierException;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.testing.ScriptedModel;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssistantMetricsTest {

    private static final SamplingParameters SHORT = SamplingParameters.DEFAULT.withMaxTokens(40);

    private static Turn turn() {
        return Turn.of(List.of(new ChatMessage("user", "Hi"))).with(SHORT);
    }

    @Test
    void answersAreCounted() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        AssistantOptions options = AssistantOptions.DEFAULT.with(new AssistantMetrics(registry));
        int written = 0;
        try (Assistant assistant =
                Assistant.of(new ScriptedModel(prompt -> "<think>\nSo.\n</think>\n\nyes"), options)) {
            written += assistant
                    .answer(turn().with(Output.choice("yes", "no")))
                    .usage()
                    .writtenTokens();
            written += assistant.submit(turn()).join().usage().writtenTokens();
            written += assistant
                    .answer(turn().with(SHORT.withMaxTokens(8)).with(Output.regex("[a-z]{1,60}")))
                    .usage()
                    .writtenTokens();
            assertThrows(
                    EspalierException.class, () -> assistant.answer(turn().with(Output.jsonSchema("{\"type\":7}"))));
        }
        assertEquals(
                3,
                registry.get("gen_ai.client.operation.duration")
                        .tag("error.type", "none")
                        .timer()
                        .count());
        assertEquals(
                1,
                registry.get("gen_ai.client.operation.duration")
                        .tag("error.type", "syntax")
                        .timer()
                        .count());
        assertEquals(
                3, registry.get("gen_ai.server.time_to_first_token").timer().count());
        assertEquals(
                3, registry.get("gen_ai.server.time_per_output_token").timer().count());
        assertEquals(3, registry.get("espalier.compile").timer().count());
        assertEquals(
                3, registry.get("espalier.forms").tag("kept", "false").counter().count());
        assertEquals(0, registry.get("espalier.dead.ends").counter().count());
        assertEquals(
                written,
                registry.get("gen_ai.client.token.usage")
                        .tag("gen_ai.token.type", "output")
                        .tag("gen_ai.provider.name", "espalier")
                        .tag("gen_ai.system", "espalier")
                        .summary()
                        .totalAmount());
        assertEquals(
                2,
                registry.get("espalier.answers").tag("finish", "stop").counter().count());
        assertEquals(
                1,
                registry.get("espalier.answers")
                        .tag("finish", "length")
                        .counter()
                        .count());
        assertEquals(1, registry.get("espalier.closed").counter().count());
        assertTrue(registry.get("espalier.tokens.reasoning").counter().count() > 4);
        assertEquals(3, registry.get("espalier.mask").timer().count());
        assertEquals(
                1,
                registry.get("espalier.refusals")
                        .tag("model", "scripted")
                        .counter()
                        .count());
    }

    @Test
    void aBudgetInWhichNoTextCanEndIsARefusal() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        AssistantOptions options = AssistantOptions.DEFAULT.with(new AssistantMetrics(registry));
        try (Assistant assistant = Assistant.of(new ScriptedModel(prompt -> "yes"), options)) {
            Turn turn = turn().with(SHORT.withMaxTokens(3)).with(Output.regex("[a-z]{30}"));
            assertEquals(
                    "limit",
                    assistant
                            .answer(turn)
                            .failure()
                            .map(EspalierException::code)
                            .orElse("none"));
        }
        assertEquals(
                1,
                registry.get("espalier.refusals").tag("code", "limit").counter().count());
        assertEquals(
                1,
                registry.get("gen_ai.client.operation.duration")
                        .tag("error.type", "limit")
                        .timer()
                        .count());
        assertTrue(registry.find("espalier.answers").counters().isEmpty());
    }

    @Test
    void modelsAreCountedUnderTheNamesThatTheyAreServedBy() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ScriptedModel model = new ScriptedModel(prompt -> "yes");
        for (String name : List.of("one", "two")) {
            AssistantOptions options = AssistantOptions.DEFAULT.with(new AssistantMetrics(registry, name));
            try (Assistant assistant = Assistant.of(model, options)) {
                assistant.compile(turn().with(Output.choice("yes", "no")));
                assistant.answer(turn());
                assertThrows(
                        EspalierException.class,
                        () -> assistant.answer(turn().with(Output.jsonSchema("{\"type\":7}"))));
            }
            assertEquals(
                    List.of(1L, 1L),
                    registry
                            .get("gen_ai.client.operation.duration")
                            .tag("gen_ai.request.model", name)
                            .tag("gen_ai.response.model", name)
                            .timers()
                            .stream()
                            .map(Timer::count)
                            .toList());
            assertEquals(
                    1,
                    registry.get("espalier.answers")
                            .tag("model", name)
                            .counter()
                            .count());
            assertEquals(
                    1,
                    registry.get("espalier.refusals")
                            .tag("model", name)
                            .counter()
                            .count());
            assertEquals(
                    2,
                    registry.get("espalier.compile").tag("model", name).timer().count());
        }
        assertTrue(registry.find("espalier.answers")
                .tag("model", "scripted")
                .counters()
                .isEmpty());
    }

    @Test
    void aFormThatIsCompiledAheadIsCountedOnce() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        AssistantOptions options = AssistantOptions.DEFAULT.with(new AssistantMetrics(registry));
        Turn turn = turn().with(Output.choice("yes", "no"));
        try (Assistant assistant = Assistant.of(new ScriptedModel(prompt -> "yes"), options)) {
            assistant.compile(turn);
            assistant.compile(turn);
            assistant.answer(turn);
        }
        assertEquals(1, registry.get("espalier.compile").timer().count());
        assertEquals(
                1, registry.get("espalier.forms").tag("kept", "false").counter().count());
        assertEquals(
                1, registry.get("espalier.forms").tag("kept", "true").counter().count());
    }

    @Test
    void formsThatWereCompiledBeforeAndDeadEndsAreCounted() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        AssistantOptions options = AssistantOptions.DEFAULT.with(new AssistantMetrics(registry));
        Output<String> twice = Output.jsonSchema(
                "{\"allOf\":[{\"pattern\":\"^[ab]c*[ab]$\"},{\"pattern\":\"^(.)c*\\\\1$\"}],\"type\":\"string\"}",
                SchemaOptions.DEFAULT.allow(Enforcement.CHECKED_AT_END));
        try (Assistant assistant = Assistant.of(new ScriptedModel(prompt -> "\"acb\""), options)) {
            assistant.answer(turn().with(twice));
            assistant.answer(turn().with(twice));
        }
        assertEquals(2, registry.get("espalier.dead.ends").counter().count());
        assertEquals(1, registry.get("espalier.compile").timer().count());
        assertEquals(
                1, registry.get("espalier.forms").tag("kept", "true").counter().count());
        assertTrue(registry.find("gen_ai.server.time_to_first_token").timers().isEmpty());
    }
}
