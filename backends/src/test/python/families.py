"""Tiny models of every supported family with random weights, and their logits by Hugging Face's transformers.

    pip install torch==2.7.1 transformers==5.23.0 safetensors
    python families.py ../resources/dev/espalier/backends/models

Each folder gets config.json, tokenizer.json, the weights, and expected.json: some tokens and the logits after each, computed
in 32-bit floats from the weights as they were stored. The seed is fixed; running it again gives the same files.
"""

import json
import pathlib
import sys

import torch
from safetensors.torch import save_file
from transformers import AutoConfig, AutoModelForCausalLM

VOCABULARY = 64
TOKENS = 24

COMMON = {
    "hidden_act": "silu",
    "hidden_size": 32,
    "intermediate_size": 48,
    "max_position_embeddings": 128,
    "num_attention_heads": 4,
    "num_hidden_layers": 2,
    "num_key_value_heads": 2,
    "rms_norm_eps": 1e-5,
    "bos_token_id": 0,
    "eos_token_id": 1,
    "vocab_size": VOCABULARY,
    "use_cache": True,
}

FAMILIES = {
    "llama2": ("float32", {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "num_key_value_heads": 4}),
    "llama3": (
        "bfloat16",
        {
            "architectures": ["LlamaForCausalLM"],
            "model_type": "llama",
            "tie_word_embeddings": True,
            "rope_theta": 500000.0,
            "eos_token_id": [1, 2],
            "rope_scaling": {
                "rope_type": "llama3",
                "factor": 8.0,
                "low_freq_factor": 1.0,
                "high_freq_factor": 4.0,
                "original_max_position_embeddings": 16,
            },
        },
    ),
    "llama-biased": (
        "float16",
        {
            "architectures": ["LlamaForCausalLM"],
            "model_type": "llama",
            "attention_bias": True,
            "mlp_bias": True,
            "rope_scaling": {"type": "linear", "factor": 4.0},
        },
    ),
    "smollm2": (
        "bfloat16",
        {
            "architectures": ["LlamaForCausalLM"],
            "model_type": "llama",
            "num_attention_heads": 3,
            "num_key_value_heads": 1,
            "hidden_size": 24,
            "tie_word_embeddings": True,
            "rope_theta": 100000,
            "rope_interleaved": False,
        },
    ),
    "mistral": (
        "float16",
        {
            "architectures": ["MistralForCausalLM"],
            "model_type": "mistral",
            "head_dim": 12,
            "sliding_window": 7,
            "rope_theta": 10000.0,
        },
    ),
    "qwen2": (
        "bfloat16",
        {
            "architectures": ["Qwen2ForCausalLM"],
            "model_type": "qwen2",
            "rope_theta": 1000000.0,
            "use_sliding_window": True,
            "sliding_window": 5,
            "max_window_layers": 1,
        },
    ),
    "qwen2.5": (
        "float32",
        {
            "architectures": ["Qwen2ForCausalLM"],
            "model_type": "qwen2",
            "tie_word_embeddings": True,
            "use_sliding_window": False,
            "sliding_window": 5,
            "rope_parameters": {
                "rope_type": "yarn",
                "rope_theta": 10000.0,
                "factor": 4.0,
                "original_max_position_embeddings": 32,
            },
        },
    ),
    "qwen3": (
        "float16",
        {
            "architectures": ["Qwen3ForCausalLM"],
            "model_type": "qwen3",
            "head_dim": 16,
            "rope_theta": 1000000.0,
            "attention_bias": False,
            "use_sliding_window": False,
        },
    ),
    "gemma2": (
        "bfloat16",
        {
            "architectures": ["Gemma2ForCausalLM"],
            "model_type": "gemma2",
            "pad_token_id": 0,
            "hidden_activation": "gelu_pytorch_tanh",
            "head_dim": 12,
            "query_pre_attn_scalar": 20,
            "sliding_window": 6,
            "attn_logit_softcapping": 5.0,
            "final_logit_softcapping": 4.0,
            "num_hidden_layers": 3,
            "tie_word_embeddings": True,
        },
    ),
    "gemma3": (
        "float32",
        {
            "architectures": ["Gemma3ForCausalLM"],
            "model_type": "gemma3_text",
            "pad_token_id": 0,
            "hidden_activation": "gelu_pytorch_tanh",
            "head_dim": 16,
            "query_pre_attn_scalar": 10,
            "sliding_window": 5,
            "sliding_window_pattern": 2,
            "num_hidden_layers": 4,
            "rope_theta": 1000000.0,
            "rope_local_base_freq": 10000.0,
            "rope_scaling": {"rope_type": "linear", "factor": 8.0},
            "tie_word_embeddings": True,
        },
    ),
    "phi3": (
        "float16",
        {
            "architectures": ["Phi3ForCausalLM"],
            "model_type": "phi3",
            "pad_token_id": 0,
            "hidden_size": 64,
            "sliding_window": 9,
            "rope_theta": 10000.0,
        },
    ),
    "phi4-mini": (
        "float32",
        {
            "architectures": ["Phi3ForCausalLM"],
            "model_type": "phi3",
            "pad_token_id": 0,
            "hidden_size": 64,
            "partial_rotary_factor": 0.75,
            "original_max_position_embeddings": 64,
            "tie_word_embeddings": True,
            "rope_scaling": {
                "type": "longrope",
                "short_factor": [1.0, 1.1, 1.3, 1.6, 2.0, 2.5],
                "long_factor": [1.0, 1.5, 2.5, 4.0, 7.0, 11.0],
            },
        },
    ),
    "smollm3": (
        "bfloat16",
        {
            "architectures": ["SmolLM3ForCausalLM"],
            "model_type": "smollm3",
            "pad_token_id": 0,
            "num_hidden_layers": 4,
            "no_rope_layers": [1, 1, 1, 0],
            "rope_theta": 5000000.0,
            "tie_word_embeddings": True,
        },
    ),
    "granite": (
        "float32",
        {
            "architectures": ["GraniteForCausalLM"],
            "model_type": "granite",
            "pad_token_id": 0,
            "embedding_multiplier": 3.0,
            "residual_multiplier": 0.22,
            "attention_multiplier": 0.2,
            "logits_scaling": 2.0,
            "rope_theta": 10000.0,
        },
    ),
    "olmo2": (
        "float32",
        {
            "architectures": ["Olmo2ForCausalLM"],
            "model_type": "olmo2",
            "pad_token_id": 0,
            "rope_theta": 500000.0,
        },
    ),
    "llama-wide": (
        "float32",
        {
            "architectures": ["LlamaForCausalLM"],
            "model_type": "llama",
            "hidden_size": 64,
            "intermediate_size": 96,
        },
    ),
}


def tokenizer() -> dict:
    characters = [chr(c) for c in range(ord("a"), ord("z") + 1)] + list("0123456789") + list('{}[]":,.-')
    names = ["<s>", "</s>", "<|end|>"] + characters + ["\u0120"]
    merges = ["t h", "th e", "i n", "a n", "an d", "\u0120 t", "e r", "o n"]
    names += [merge.replace(" ", "") for merge in merges]
    special = [
        {"id": i, "content": names[i], "special": True, "normalized": False, "lstrip": False, "rstrip": False, "single_word": False}
        for i in range(3)
    ]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": special,
        "normalizer": None,
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]}},
        },
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": False,
            "byte_fallback": False,
            "ignore_merges": False,
            "vocab": {name: i for i, name in enumerate(names)},
            "merges": merges,
        },
    }


def randomise(model: torch.nn.Module, generator: torch.Generator, dtype: torch.dtype, centre: float) -> None:
    """Weights large enough that every part of the network shows in the logits, rounded to the type they are stored in.

    centre: of the weights of norms; Gemma adds 1 to them.
    """
    for name, parameter in model.named_parameters():
        noise = torch.randn(parameter.shape, generator=generator)
        if "norm" in name:
            value = centre + 0.2 * noise
        elif "embed" in name:
            value = noise
        elif "bias" in name:
            value = 0.3 * noise
        else:
            value = noise / parameter.shape[1] ** 0.5
        with torch.no_grad():
            parameter.copy_(value.to(dtype).to(torch.float32))


def store(folder: pathlib.Path, model: torch.nn.Module, dtype: torch.dtype, tied: bool, shards: int) -> None:
    tensors = {name: value.to(dtype).contiguous() for name, value in model.state_dict().items()}
    if tied:
        del tensors["lm_head.weight"]
    if shards == 1:
        save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
        return
    names, weight_map = sorted(tensors), {}
    for shard in range(shards):
        file = f"model-{shard + 1:05}-of-{shards:05}.safetensors"
        part = {name: tensors[name] for name in names[shard::shards]}
        save_file(part, folder / file, metadata={"format": "pt"})
        weight_map |= {name: file for name in part}
    total = sum(value.numel() * value.element_size() for value in tensors.values())
    write(folder / "model.safetensors.index.json", {"metadata": {"total_size": total}, "weight_map": weight_map})


def write(path: pathlib.Path, value: dict) -> None:
    path.write_text(json.dumps(value, indent=1) + "\n")


def main(target: pathlib.Path) -> None:
    for seed, (family, (kind, changes)) in enumerate(FAMILIES.items()):
        folder = target / family
        folder.mkdir(parents=True, exist_ok=True)
        write(folder / "config.json", COMMON | {"torch_dtype": kind} | changes)
        (folder / "tokenizer.json").write_text(json.dumps(tokenizer()) + "\n")
        config = AutoConfig.from_pretrained(folder)
        config.torch_dtype = config.dtype = torch.float32
        model = AutoModelForCausalLM.from_config(config, attn_implementation="eager").to(torch.float32).eval()
        generator = torch.Generator().manual_seed(1000 + seed)
        dtype = getattr(torch, kind)
        randomise(model, generator, dtype, 0.0 if family.startswith("gemma") else 1.0)
        store(folder, model, dtype, config.tie_word_embeddings, 3 if family == "smollm2" else 1)
        tokens = torch.randint(0, VOCABULARY, (1, TOKENS), generator=generator)
        with torch.no_grad():
            logits = model(tokens).logits[0]
        rows = [[float(f"{x:.6g}") for x in row] for row in logits.tolist()]
        (folder / "expected.json").write_text(json.dumps({"tokens": tokens[0].tolist(), "logits": rows}) + "\n")
        print(family, kind, f"logits from {logits.min():.2f} to {logits.max():.2f}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
