// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.backends.Family;
import dev.espalier.backends.ModelFiles;
import dev.espalier.backends.Overlay;
import dev.espalier.backends.Refusal;
import dev.espalier.backends.file.FileSource;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelConfigTest {

    private final ModelFiles files = Family.of("llama2").files();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'quantization_config': {'quant_method': 'gptq'}|quantization_config",
                "'rope_interleaved': true|rope_interleaved",
                "'no_rope_layers': [1, 0]|no_rope_layers",
                "'num_local_experts': 8|num_local_experts",
                "'final_logit_softcapping': 30.0|final_logit_softcapping"
            })
    void whatChangesTheComputationAndIsNotSupportedIsRefusedByName(String member, String feature) throws IOException {
        Overlay changed = Overlay.configured(files, member.replace('\'', '"'));
        var thrown = assertThrows(UnsupportedFeatureException.class, () -> HuggingFaceConfig.read(changed, 0));
        assertEquals(feature, thrown.feature());
        assertTrue(String.valueOf(thrown.getMessage()).startsWith("overlay/config.json at #/"), thrown::toString);
    }

    @Test
    void otherArchitecturesAreRefusedByName() throws IOException {
        Overlay changed = Overlay.edited(files, "config.json", "LlamaForCausalLM", "GemmaForCausalLM");
        String thrown = Refusal.of(UnsupportedFeatureException.class, () -> HuggingFaceConfig.read(changed, 0));
        assertTrue(thrown.contains("GemmaForCausalLM is not supported"), thrown);
        Overlay gelu = Overlay.edited(files, "config.json", "silu", "gelu");
        assertEquals(
                "hidden_act",
                assertThrows(UnsupportedFeatureException.class, () -> HuggingFaceConfig.read(gelu, 0))
                        .feature());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"hidden_size\": 32|\"hidden_size\": -3|an integer from 1",
                "\"hidden_size\": 32|\"hidden_size\": 1e99999999|an integer from 1",
                "\"hidden_size\": 32|\"hidden_size\": \"32\"|expected an integer",
                "\"hidden_size\": 32|\"hidden_sizes\": 32|#/hidden_size is missing",
                "\"num_key_value_heads\": 4|\"num_key_value_heads\": 3|a divisor of num_attention_heads",
                "\"vocab_size\": 64|\"head_dim\": 7, \"vocab_size\": 64|an even number",
                "\"vocab_size\": 64|\"rope_scaling\": {\"type\": \"linear\"}, \"vocab_size\": 64|factor is missing",
                "\"vocab_size\": 64|\"partial_rotary_factor\": 0, \"vocab_size\": 64|a share of an even number",
                "\"vocab_size\": 64|\"rope_scaling\": {\"type\": \"longrope\"}, \"vocab_size\": 64|short_factor is missing",
                "\"eos_token_id\": 1|\"eos_token_id\": [1, \"a\"]|a token id or a list of them",
                "\"model_type\"|{}|line 18, column 2: not JSON"
            })
    void membersOutOfRangeAreNamed(String from, String to, String message) throws IOException {
        Overlay changed = Overlay.edited(files, "config.json", from, to);
        String thrown = Refusal.of(() -> HuggingFaceConfig.read(changed, 0));
        assertTrue(thrown.contains(message), thrown);
    }

    @Test
    void endIdsOfTheGenerationConfigurationComeFirst() {
        Overlay changed = Overlay.of(
                files, "generation_config.json", "{\"eos_token_id\": [2, 1, 2]}".getBytes(StandardCharsets.UTF_8));
        assertArrayEquals(new int[] {2, 1}, HuggingFaceConfig.read(changed, 0).endIds());
        assertArrayEquals(
                new int[] {1},
                HuggingFaceConfig.read(Family.of("llama2").source(), 0).endIds());
    }

    @Test
    void slidingWindowsAreOfThoseLayersThatHaveThem() {
        assertArrayEquals(
                new int[] {7, 7},
                HuggingFaceConfig.read(Family.of("mistral").source(), 0)
                        .attention()
                        .window());
        assertArrayEquals(
                new int[] {0, 5},
                HuggingFaceConfig.read(Family.of("qwen2").source(), 0)
                        .attention()
                        .window());
        assertArrayEquals(
                new int[] {0, 0},
                HuggingFaceConfig.read(Family.of("qwen2.5").source(), 0)
                        .attention()
                        .window());
    }

    @ParameterizedTest
    @CsvSource({"gemma3", "smollm3"})
    void aShareOfAHeadRotatesWhereOtherLayersDiffer(String family) throws IOException {
        ModelConfig whole = HuggingFaceConfig.read(Family.of(family).source(), 0);
        Overlay changed = Overlay.edited(
                Family.of(family).files(),
                "config.json",
                "\"hidden_size\"",
                "\"partial_rotary_factor\": 0.5, \"hidden_size\"");
        ModelConfig half = HuggingFaceConfig.read(changed, 0);
        assertEquals(
                whole.attention().headSize() / 2, half.attention().positions().rotated());
    }

    @Test
    void factorsForLongTextsAreTakenForAContextBeyondThatOfTraining() {
        FileSource phi = Family.of("phi4-mini").source();
        ModelConfig usual = HuggingFaceConfig.read(phi, 0);
        assertEquals(64, usual.contextLength());
        ModelConfig longer = HuggingFaceConfig.read(phi, 65);
        assertEquals(128, longer.contextLength());
        double[] near = usual.attention().positions().tables()[0].frequencies();
        double[] far = longer.attention().positions().tables()[0].frequencies();
        assertEquals(near[1] * 1.1, far[1] * 1.5, 1e-12);
        assertEquals(0, far[6]);
    }
}
