// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.backends.Family;
import dev.espalier.backends.Overlay;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The members that configurations of published models have, as far as they determine the computation. */
class PublishedConfigTest {

    private static final String SIZES =
            "'vocab_size': 1000, 'hidden_size': 1024, 'intermediate_size': 2048, 'num_attention_heads': 8, ";

    /** Members, and: heads' size, first and last window, rotated components, tied, context, end tokens. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Llama|'model_type': 'llama', 'attention_bias': false, 'mlp_bias': false, 'pretraining_tp': 1, 'head_dim': 64, 'num_key_value_heads': 8, 'num_hidden_layers': 16, 'max_position_embeddings': 131072, 'rope_scaling': {'factor': 32.0, 'high_freq_factor': 4.0, 'low_freq_factor': 1.0, 'original_max_position_embeddings': 8192, 'rope_type': 'llama3'}, 'rope_theta': 500000.0, 'tie_word_embeddings': true, 'eos_token_id': [901, 908, 909]|64 0 0 64 true 131072 3",
                "Llama|'model_type': 'llama', 'is_llama_config': true, 'rope_interleaved': false, 'rope_scaling': null, 'rope_theta': 100000, 'transformers.js_config': {'dtype': 'q4'}, 'num_key_value_heads': 4, 'num_hidden_layers': 30, 'max_position_embeddings': 8192, 'tie_word_embeddings': true, 'eos_token_id': 0|128 0 0 128 true 8192 1",
                "Mistral|'model_type': 'mistral', 'sliding_window': null, 'rope_theta': 1000000.0, 'num_key_value_heads': 8, 'num_hidden_layers': 32, 'max_position_embeddings': 32768, 'eos_token_id': 2|128 0 0 128 false 32768 1",
                "Mistral|'model_type': 'mistral', 'num_key_value_heads': 8, 'num_hidden_layers': 32, 'max_position_embeddings': 32768, 'eos_token_id': 2|128 4096 4096 128 false 32768 1",
                "Qwen2|'model_type': 'qwen2', 'max_window_layers': 21, 'sliding_window': 32768, 'use_sliding_window': false, 'use_mrope': false, 'rope_theta': 1000000.0, 'num_key_value_heads': 2, 'num_hidden_layers': 24, 'max_position_embeddings': 32768, 'tie_word_embeddings': true, 'eos_token_id': 643|128 0 0 128 true 32768 1",
                "Qwen3|'model_type': 'qwen3', 'attention_bias': false, 'max_window_layers': 28, 'sliding_window': null, 'use_sliding_window': false, 'rope_scaling': null, 'num_key_value_heads': 8, 'num_hidden_layers': 28, 'max_position_embeddings': 40960, 'tie_word_embeddings': true, 'eos_token_id': 645|128 0 0 128 true 40960 1",
                "Gemma2|'model_type': 'gemma2', 'attn_logit_softcapping': 50.0, 'final_logit_softcapping': 30.0, 'cache_implementation': 'hybrid', 'hidden_act': 'gelu_pytorch_tanh', 'hidden_activation': 'gelu_pytorch_tanh', 'query_pre_attn_scalar': 256, 'head_dim': 256, 'sliding_window': 4096, 'num_key_value_heads': 4, 'num_hidden_layers': 26, 'max_position_embeddings': 8192, 'eos_token_id': 1|256 4096 0 256 true 8192 1",
                "Gemma3|'model_type': 'gemma3_text', 'attn_logit_softcapping': null, 'final_logit_softcapping': null, 'hidden_activation': 'gelu_pytorch_tanh', 'query_pre_attn_scalar': 256, 'head_dim': 256, 'rope_local_base_freq': 10000, 'rope_scaling': null, 'rope_theta': 1000000, 'sliding_window': 512, 'sliding_window_pattern': 6, 'num_key_value_heads': 1, 'num_hidden_layers': 26, 'max_position_embeddings': 32768, 'eos_token_id': [1, 106]|256 512 512 256 true 32768 2",
                "Gemma3|'model_type': 'gemma3_text', '_sliding_window_pattern': 2, 'attn_logit_softcapping': null, 'hidden_activation': 'gelu_pytorch_tanh', 'use_bidirectional_attention': false, 'query_pre_attn_scalar': 256, 'head_dim': 256, 'sliding_window': 512, 'num_key_value_heads': 1, 'num_hidden_layers': 18, 'max_position_embeddings': 32768, 'eos_token_id': 1|256 512 0 256 true 32768 1",
                "Phi3|'model_type': 'phi3', 'attention_bias': false, 'auto_map': {'AutoConfig': 'x'}, 'embd_pdrop': 0.0, 'resid_pdrop': 0.0, 'original_max_position_embeddings': 4096, 'rope_scaling': null, 'sliding_window': 2047, 'num_key_value_heads': 8, 'num_hidden_layers': 32, 'max_position_embeddings': 4096, 'eos_token_id': 200|128 2047 2047 128 false 4096 1",
                "Phi3|'model_type': 'phi3', 'full_attn_mod': 1, 'interpolate_factor': 1, 'lm_head_bias': false, 'mlp_bias': false, 'partial_rotary_factor': 0.03125, 'original_max_position_embeddings': 4096, 'rope_scaling': {'long_factor': [1, 2], 'short_factor': [1, 1], 'type': 'longrope'}, 'sliding_window': 262144, 'tie_word_embeddings': true, 'num_key_value_heads': 8, 'num_hidden_layers': 32, 'max_position_embeddings': 131072, 'eos_token_id': 199|128 262144 262144 4 true 4096 1",
                "SmolLM3|'model_type': 'smollm3', 'attention_bias': false, 'layer_types': ['full_attention', 'full_attention', 'full_attention', 'full_attention'], 'max_window_layers': 28, 'mlp_bias': false, 'no_rope_layer_interval': 4, 'no_rope_layers': [1, 1, 1, 0], 'pretraining_tp': 2, 'rope_scaling': null, 'rope_theta': 5000000.0, 'sliding_window': null, 'use_sliding_window': false, 'num_key_value_heads': 4, 'num_hidden_layers': 4, 'max_position_embeddings': 65536, 'eos_token_id': 12|128 0 0 128 true 65536 1",
                "Granite|'model_type': 'granite', 'attention_bias': false, 'attention_multiplier': 0.015625, 'embedding_multiplier': 12.0, 'logits_scaling': 8.0, 'residual_multiplier': 0.22, 'mlp_bias': false, 'rope_scaling': null, 'rope_theta': 5000000.0, 'tie_word_embeddings': true, 'num_key_value_heads': 8, 'num_hidden_layers': 40, 'max_position_embeddings': 131072, 'eos_token_id': 0|128 0 0 128 true 131072 1",
                "Olmo2|'model_type': 'olmo2', 'attention_bias': false, 'clip_qkv': null, 'rope_scaling': null, 'rope_theta': 500000, 'num_key_value_heads': 8, 'num_hidden_layers': 16, 'max_position_embeddings': 4096, 'eos_token_id': 257|128 0 0 128 false 4096 1"
            })
    void membersAreRead(String family, String members, String expected) {
        String text = "{'architectures': ['" + family + "ForCausalLM'], " + SIZES + members + "}";
        Overlay files = Overlay.of(
                Family.of("llama2").files(),
                "config.json",
                text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        ModelConfig read = HuggingFaceConfig.read(files, 0);
        ModelConfig.Attention attention = read.attention();
        int[] window = attention.window();
        assertEquals(
                expected,
                attention.headSize() + " " + window[0] + " " + window[window.length - 1] + " "
                        + attention.positions().rotated() + " " + read.tied() + " " + read.contextLength() + " "
                        + read.endIds().length);
    }
}
