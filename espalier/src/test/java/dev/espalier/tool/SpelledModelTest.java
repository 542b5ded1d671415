// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.Request;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.testing.ToyModel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Marks of calls that the tokenizer has as special tokens. */
class SpelledModelTest {

    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"days\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":7}},\"required\":[\"days\"]}";
    private static final List<Tool> TOOLS = List.of(Tool.of("forecast", "", SCHEMA));
    private static final ToolConvention MISTRAL = ToolConvention.named("mistral");
    private static final LanguageModel MODEL = new ToyModel(List.of("[TOOL_CALLS]", "<|other|>"));

    private static int id(String name) {
        return MODEL.vocabulary().specialId(name).orElseThrow();
    }

    private static Generation<ToolAnswer> written(LanguageModel model, ToolCalls calls, ForcedText forced) {
        try (Generator generator = Generator.of(model)) {
            return generator.generate(Request.of("p", calls.output())
                    .with(SamplingParameters.MODEL.withSeed(3).withForcedText(forced)));
        }
    }

    @Test
    void aMarkIsWrittenAsTheTokenThatItIs() {
        ToolCalls calls = ToolCalls.of(MISTRAL, TOOLS).with(ToolChoice.REQUIRED.atMost(1));
        for (ForcedText forced : List.of(ForcedText.DRAWN, ForcedText.COMMITTED)) {
            Generation<ToolAnswer> generation = written(MISTRAL.on(MODEL), calls, forced);
            assertEquals(id("[TOOL_CALLS]"), generation.transcript().tokens().get(0));
            assertEquals("forecast", generation.orElseThrow().calls().get(0).name());
        }
        Generation<ToolAnswer> plain = written(MODEL, calls, ForcedText.DRAWN);
        assertFalse(plain.transcript().tokens().contains(id("[TOOL_CALLS]")));
    }

    @Test
    void otherSpecialTokensStayForbidden() {
        Generation<ToolAnswer> generation =
                written(MISTRAL.on(MODEL), ToolCalls.of(MISTRAL, TOOLS), ForcedText.COMMITTED);
        assertFalse(generation.transcript().tokens().contains(id("<|other|>")));
        assertTrue(generation.transcript().tokens().contains(id("[TOOL_CALLS]")), generation.text());
    }

    @Test
    void textsAreCutAtTheMarks() {
        LanguageModel spelled = MISTRAL.on(MODEL);
        int[] tokens = spelled.encoder().encode("é[TOOL_CALLS] [[TOOL_CALLS]");
        assertArrayEquals(new int[] {0xc3, 0xa9, id("[TOOL_CALLS]"), ' ', '[', id("[TOOL_CALLS]")}, tokens);
        assertEquals(
                "é[TOOL_CALLS] [[TOOL_CALLS]", new String(spelled.vocabulary().decode(tokens), StandardCharsets.UTF_8));
    }

    @Test
    void aModelWithoutSuchTokensIsItself() {
        assertSame(MODEL, ToolConvention.named("hermes").on(MODEL));
        assertThrows(InvalidInputException.class, () -> MODEL.vocabulary().withSpelled('a'));
        int end = MODEL.vocabulary().endIds()[0];
        assertThrows(InvalidInputException.class, () -> MODEL.vocabulary().withSpelled(end));
    }
}
