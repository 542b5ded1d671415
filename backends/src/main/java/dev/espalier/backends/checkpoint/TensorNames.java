// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

/** The naming schemes of the tensors of a checkpoint. The program uses the names of {@link #LLAMA}. */
enum TensorNames {

    /** The names in Hugging Face's Llama, Mistral, Qwen, and in Dream. */
    LLAMA,

    /** LLaDA's names, which are those of OLMo. */
    LLADA;

    /** The name in the files of a tensor whose name in {@link #LLAMA} is given. */
    String inFiles(String name) {
        if (this == LLAMA) {
            return name;
        }
        return name.replace("model.embed_tokens.", "model.transformer.wte.")
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
    }
}
