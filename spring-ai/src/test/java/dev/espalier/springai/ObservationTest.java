// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.assistant.Assistant;
import dev.espalier.core.error.EspalierException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.prompt.Prompt;

@Tag("integration")
class ObservationTest {

    private static final String NAME = "gen_ai.client.operation";

    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final Assistant assistant = Scripted.assistant(prompt -> "[1,2]");
    private final EspalierChatModel model = EspalierChatModel.builder(assistant)
            .name("small")
            .observationRegistry(registry)
            .build();

    private static Prompt prompt(String schema) {
        return new Prompt(
                "Count.",
                EspalierChatOptions.builder()
                        .outputSchema(schema)
                        .seed(7L)
                        .temperature(0.0)
                        .build());
    }

    private void seen() {
        TestObservationRegistryAssert.assertThat(registry)
                .hasObservationWithNameEqualTo(NAME)
                .that()
                .hasBeenStarted()
                .hasBeenStopped()
                .hasContextualNameEqualTo("chat small")
                .hasLowCardinalityKeyValue("gen_ai.system", "espalier")
                .hasLowCardinalityKeyValue("gen_ai.provider.name", "espalier")
                .hasLowCardinalityKeyValue("gen_ai.request.model", "small")
                .hasLowCardinalityKeyValue("gen_ai.response.model", "small")
                .hasLowCardinalityKeyValue("gen_ai.output.type", "json")
                .hasHighCardinalityKeyValue("gen_ai.response.finish_reasons", "[\"stop\"]")
                .hasHighCardinalityKeyValue("gen_ai.request.seed", "7")
                .hasHighCardinalityKeyValue("gen_ai.request.temperature", "0.0")
                .hasHighCardinalityKeyValueWithKey("gen_ai.usage.output_tokens")
                .hasHighCardinalityKeyValue("espalier.closed_by_budget", "false")
                .hasHighCardinalityKeyValueWithKey("espalier.log_weight");
    }

    @Test
    void aCallIsObserved() {
        assertEquals("[1,2]", Scripted.text(model.call(prompt("{\"type\":\"array\"}"))));
        seen();
    }

    @Test
    void aStreamIsObservedUnderItsParent() {
        Observation parent = Observation.start("request", registry);
        assertEquals(
                "[1,2]",
                Scripted.text(model.stream(prompt("{\"type\":\"array\"}"))
                        .contextWrite(view -> view.put(ObservationThreadLocalAccessor.KEY, parent))));
        parent.stop();
        seen();
        TestObservationRegistryAssert.assertThat(registry)
                .hasObservationWithNameEqualTo(NAME)
                .that()
                .hasParentObservationEqualTo(parent);
    }

    @Test
    void aRefusalIsObserved() {
        assertThrows(EspalierException.class, () -> model.call(prompt("{\"type\":\"integr\"}")));
        TestObservationRegistryAssert.assertThat(registry)
                .hasObservationWithNameEqualTo(NAME)
                .that()
                .hasBeenStopped()
                .hasError();
        assertThrows(
                EspalierException.class,
                () -> model.stream(prompt("{\"type\":\"integr\"}")).blockLast());
        TestObservationRegistryAssert.assertThat(registry)
                .hasNumberOfObservationsWithNameEqualTo(NAME, 2)
                .forAllObservationsWithNameEqualTo(NAME, one -> one.hasError());
    }

    @Test
    void whatIsPreparedIsCompiledOnce() {
        Prompt prompt = prompt("{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}");
        model.prepare(prompt);
        long before = assistant.compiler().compilations();
        assertEquals("[1,2]", Scripted.text(model.call(prompt)));
        assertEquals("[1,2]", Scripted.text(model.stream(prompt)));
        assertEquals(before, assistant.compiler().compilations());
    }
}
