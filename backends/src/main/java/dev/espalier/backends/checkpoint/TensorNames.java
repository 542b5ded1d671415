// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

/**
 * The naming schemes of the tensors of a checkpoint. The program has names of its own for norms, which mean one thing in all families:
 * {@code before_attention}, {@code after_attention}, {@code before_mlp}, {@code after_mlp}; the other names are those of {@link #LLAMA}.
 */
public enum TensorNames {

    /** The names in Hugging Face's Llama, Mistral, Qwen, SmolLM 3, Granite, Phi-3, and in Dream. */
    LLAMA,

    /** As {@link #LLAMA}, with norms before and after attention and feed-forward layers: Gemma, OLMo 2. */
    AFTER,

    /** LLaDA's names, which are those of OLMo. */
    LLADA,

    /** The names in GGUF files. */
    GGUF;

    /** The name in the files of a tensor of the program. */
    String inFiles(String name) {
        return switch (this) {
            case LLAMA -> llama(name);
            case AFTER ->
                name.replace("before_attention.", "input_layernorm.")
                        .replace("after_attention.", "post_attention_layernorm.")
                        .replace("before_mlp.", "pre_feedforward_layernorm.")
                        .replace("after_mlp.", "post_feedforward_layernorm.");
            case LLADA ->
                llama(name)
                        .replace("model.embed_tokens.", "model.transformer.wte.")
                        .replace("model.norm.", "model.transformer.ln_f.")
                        .replace("lm_head.", "model.transformer.ff_out.")
                        .replace("model.layers.", "model.transformer.blocks.")
                        .replace("self_attn.o_proj.", "attn_out.")
                        .replace("self_attn.", "")
                        .replace("mlp.gate_proj.", "ff_proj.")
                        .replace("mlp.up_proj.", "up_proj.")
                        .replace("mlp.down_proj.", "ff_out.")
                        .replace("post_attention_layernorm.", "ff_norm.")
                        .replace("input_layernorm.", "attn_norm.");
            case GGUF ->
                name.replace("before_attention.", "attn_norm.")
                        .replace("after_attention.", "post_attention_norm.")
                        .replace("before_mlp.", "ffn_norm.")
                        .replace("after_mlp.", "post_ffw_norm.")
                        .replace("model.embed_tokens.", "token_embd.")
                        .replace("model.norm.", "output_norm.")
                        .replace("lm_head.", "output.")
                        .replace("model.layers.", "blk.")
                        .replace("self_attn.o_proj.", "attn_output.")
                        .replace("self_attn.", "attn_")
                        .replace("mlp.gate_up_proj.", "ffn_up.")
                        .replace("mlp.", "ffn_")
                        .replace("_proj.", ".");
        };
    }

    private static String llama(String name) {
        return name.replace("before_attention.", "input_layernorm.")
                .replace("before_mlp.", "post_attention_layernorm.");
    }
}
