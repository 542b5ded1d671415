package dev.espalier.backends.checkpoint;

/** The names of the tensors of a checkpoint. The program knows them by the names of {@link #LLAMA}. */
enum TensorNames {

    /** Names of Hugging Face's Llama, Mistral, Qwen, and of Dream. */
    LLAMA,

    /** LLaDA's names, which are those of OLMo. */
    LLADA;

    /** The name in the files of a tensor that the program knows by a name of {@link #LLAMA}. */
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
