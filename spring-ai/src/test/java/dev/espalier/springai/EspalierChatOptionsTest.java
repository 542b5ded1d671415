// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.assistant.Turn.Thinking;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.tool.ToolChoice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.DefaultChatOptions;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.test.options.AbstractChatOptionsTests;

/** Spring AI's test kit of options, and what ours have beside. */
@Tag("integration")
class EspalierChatOptionsTest extends AbstractChatOptionsTests<EspalierChatOptions, EspalierChatOptions.Builder> {

    @Override
    protected Class<EspalierChatOptions> getConcreteOptionsClass() {
        return EspalierChatOptions.class;
    }

    @Override
    protected EspalierChatOptions.Builder readyToBuildBuilder() {
        return EspalierChatOptions.builder()
                .model("scripted")
                .maxTokens(50)
                .temperature(0.5)
                .topP(0.9)
                .topK(40)
                .frequencyPenalty(0.1)
                .presencePenalty(0.2)
                .stopSequences(List.of("."))
                .toolContext(Map.of("user", "ada"))
                .outputSchema("{}")
                .seed(7L)
                .minP(0.05)
                .toolChoice(ToolChoice.REQUIRED)
                .parallelToolCalls(false)
                .thinking(Thinking.ON)
                .thinkingTokens(100);
    }

    @Test
    void eachOptionMakesOthersOfThem() {
        EspalierChatOptions all = readyToBuildBuilder().build();
        assertEquals(all, all.mutate().build());
        assertEquals(all.hashCode(), all.mutate().build().hashCode());
        assertNotEquals(all, all.mutate().seed(8L).build());
        assertNotEquals(all, all.mutate().minP(null).build());
        assertNotEquals(all, all.mutate().toolChoice(ToolChoice.AUTO).build());
        assertNotEquals(all, all.mutate().parallelToolCalls(true).build());
        assertNotEquals(all, all.mutate().thinking(Thinking.OFF).build());
        assertNotEquals(all, all.mutate().thinkingTokens(99).build());
        assertNotEquals(all, all.mutate().outputSchema(null).build());
        assertNotEquals(all, all.mutate().topK(41).build());
    }

    @Test
    void whatIsSetReplacesWhatWas() {
        EspalierChatOptions all = readyToBuildBuilder().build();
        assertEquals(
                all, all.mutate().combineWith(EspalierChatOptions.builder()).build());
        assertEquals(
                all, EspalierChatOptions.builder().combineWith(all.mutate()).build());
        EspalierChatOptions changed = all.mutate()
                .combineWith(ChatOptions.builder().temperature(0.0))
                .combineWith(StructuredOutputChatOptions.builder().outputSchema("true"))
                .combineWith(ToolCallingChatOptions.builder().toolContext("tenant", "blue"))
                .build();
        assertEquals(
                all.mutate()
                        .temperature(0.0)
                        .outputSchema("true")
                        .toolContext("tenant", "blue")
                        .build(),
                changed);
    }

    @Test
    void aCopyOfABuilderGoesItsOwnWay() {
        EspalierChatOptions.Builder first = readyToBuildBuilder();
        EspalierChatOptions.Builder second = first.clone();
        second.seed(8L).stopSequences(List.of("!"));
        assertEquals(7L, first.build().getSeed());
        assertEquals(List.of("."), first.build().getStopSequences());
        assertEquals(8L, second.build().getSeed());
    }

    @Test
    void aBlankSchemaIsNone() {
        assertNull(EspalierChatOptions.builder().outputSchema("").build().getOutputSchema());
    }

    /** Options of another model, with one of its own. */
    static final class OtherOptions extends DefaultChatOptions {

        private final @Nullable Integer gpuLayers;

        OtherOptions(@Nullable Integer gpuLayers) {
            super(null, null, 30, null, null, 0.25, null, null);
            this.gpuLayers = gpuLayers;
        }

        public @Nullable Integer getGpuLayers() {
            return gpuLayers;
        }
    }

    @Test
    void optionsOfOtherModelsAreCopiedOrRefusedByName() {
        EspalierChatOptions copied = EspalierChatOptions.of(new OtherOptions(null));
        assertEquals(30, copied.getMaxTokens());
        assertEquals(0.25, copied.getTemperature());
        UnsupportedFeatureException refused =
                assertThrows(UnsupportedFeatureException.class, () -> EspalierChatOptions.of(new OtherOptions(20)));
        assertEquals("gpuLayers", refused.feature());
    }
}
