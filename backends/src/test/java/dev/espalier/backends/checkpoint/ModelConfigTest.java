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
                "'rope_scaling': {'type': 'dynamic', 'factor': 2.0}|type",
                "'rope_scaling': {'rope_type': 'longrope'}|rope_type",
                "'rope_interleaved': true|rope_interleaved",
                "'partial_rotary_factor': 0.5|partial_rotary_factor",
                "'no_rope_layers': [1, 0]|no_rope_layers",
                "'num_local_experts': 8|num_local_experts",
                "'final_logit_softcapping': 30.0|final_logit_softcapping"
            })
    void whatChangesTheComputationAndIsNotSupportedIsRefusedByName(String member, String feature) throws IOException {
        Overlay changed = Overlay.configured(files, member.replace('\'', '"'));
        var thrown = assertThrows(UnsupportedFeatureException.class, () -> ModelConfig.read(changed));
        assertEquals(feature, thrown.feature());
        assertTrue(String.valueOf(thrown.getMessage()).startsWith("overlay/config.json at #/"), thrown::toString);
    }

    @Test
    void otherArchitecturesAreRefusedByName() throws IOException {
        Overlay changed = Overlay.edited(files, "config.json", "LlamaForCausalLM", "GemmaForCausalLM");
        String thrown = Refusal.of(UnsupportedFeatureException.class, () -> ModelConfig.read(changed));
        assertTrue(thrown.contains("GemmaForCausalLM is not supported"), thrown);
        Overlay gelu = Overlay.edited(files, "config.json", "silu", "gelu");
        assertEquals(
                "hidden_act",
                assertThrows(UnsupportedFeatureException.class, () -> ModelConfig.read(gelu))
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
                "\"eos_token_id\": 1|\"eos_token_id\": [1, \"a\"]|a token id or a list of them",
                "\"model_type\"|{}|line 18, column 2: not JSON"
            })
    void membersOutOfRangeAreNamed(String from, String to, String message) throws IOException {
        Overlay changed = Overlay.edited(files, "config.json", from, to);
        String thrown = Refusal.of(() -> ModelConfig.read(changed));
        assertTrue(thrown.contains(message), thrown);
    }

    @Test
    void endIdsOfTheGenerationConfigurationComeFirst() {
        Overlay changed = Overlay.of(
                files, "generation_config.json", "{\"eos_token_id\": [2, 1, 2]}".getBytes(StandardCharsets.UTF_8));
        assertArrayEquals(new int[] {2, 1}, ModelConfig.read(changed).endIds());
        assertArrayEquals(
                new int[] {1}, ModelConfig.read(Family.of("llama2").source()).endIds());
    }

    @Test
    void slidingWindowsAreOfThoseLayersThatHaveThem() {
        assertArrayEquals(
                new int[] {7, 7},
                ModelConfig.read(Family.of("mistral").source()).window());
        assertArrayEquals(
                new int[] {0, 5}, ModelConfig.read(Family.of("qwen2").source()).window());
        assertArrayEquals(
                new int[] {0, 0},
                ModelConfig.read(Family.of("qwen2.5").source()).window());
    }
}
