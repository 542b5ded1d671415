// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

import java.util.List;
import java.util.stream.Stream;

/** Kinds of models that are known and not supported, with the names that files have for the usual ones. */
public enum RefusedFamily {
    MIXTURE(
            "a mixture of experts",
            List.of(
                    "MixtralForCausalLM",
                    "Qwen2MoeForCausalLM",
                    "Qwen3MoeForCausalLM",
                    "DeepseekV3ForCausalLM",
                    "GptOssForCausalLM",
                    "GraniteMoeForCausalLM",
                    "OlmoeForCausalLM"),
            List.of("qwen2moe", "qwen3moe", "deepseek2", "gpt-oss", "granitemoe", "olmoe")),
    MULTIMODAL(
            "a model of images or sound, too",
            List.of(
                    "Gemma3ForConditionalGeneration",
                    "LlavaForConditionalGeneration",
                    "Mistral3ForConditionalGeneration",
                    "MllamaForConditionalGeneration",
                    "Qwen2VLForConditionalGeneration",
                    "Qwen2_5_VLForConditionalGeneration"),
            List.of("mllama", "qwen2vl", "qwen3vl")),
    STATE_SPACE(
            "a model with a recurrent state",
            List.of("FalconH1ForCausalLM", "Mamba2ForCausalLM", "MambaForCausalLM", "Qwen3NextForCausalLM"),
            List.of("falcon-h1", "mamba", "mamba2", "qwen3next", "rwkv6", "rwkv7")),
    ENCODER(
            "a model with an encoder",
            List.of("BertForMaskedLM", "BertModel", "T5ForConditionalGeneration", "XLMRobertaModel"),
            List.of("bert", "nomic-bert", "t5", "t5encoder")),
    OTHER_DECODER(
            "a decoder with other layers than those of Llama",
            List.of(
                    "BloomForCausalLM",
                    "CohereForCausalLM",
                    "FalconForCausalLM",
                    "GPT2LMHeadModel",
                    "GPTNeoXForCausalLM",
                    "GemmaForCausalLM",
                    "OlmoForCausalLM",
                    "OPTForCausalLM",
                    "PhiForCausalLM",
                    "StableLmForCausalLM",
                    "Starcoder2ForCausalLM"),
            List.of(
                    "bloom",
                    "command-r",
                    "falcon",
                    "gemma",
                    "gpt2",
                    "gptneox",
                    "olmo",
                    "phi2",
                    "stablelm",
                    "starcoder2"));

    private final String kind;
    private final List<String> huggingFace;
    private final List<String> gguf;

    RefusedFamily(String kind, List<String> huggingFace, List<String> gguf) {
        this.kind = kind;
        this.huggingFace = huggingFace;
        this.gguf = gguf;
    }

    /** What it is, for people. */
    public String kind() {
        return kind;
    }

    /** Names in {@code config.json}. */
    public List<String> huggingFace() {
        return huggingFace;
    }

    /** Names in GGUF files. */
    public List<String> gguf() {
        return gguf;
    }

    /** All names. */
    List<String> names() {
        return Stream.concat(huggingFace.stream(), gguf.stream()).toList();
    }
}
