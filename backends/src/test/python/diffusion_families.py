"""Tiny models of masked diffusion in LLaDA's and Dream's layouts, and what transformers computes for them.

    pip install torch==2.7.1 transformers==5.23.0 safetensors
    python diffusion_families.py ../resources/dev/espalier/backends/models

LLaDA's network is Llama's, Dream's is Qwen 2's, both without the causal mask: the logits come from those two classes, under a
mask that hides nothing. The seed is fixed; running it again gives the same files.

The two chains have weights made by hand. In `dream-chain` the row of a token favours the token that follows it in a document,
so that only who reads each slot in the row before writes that document; in `llada-chain` one head of attention looks at the
token before, so that the row of a slot itself favours the right one.
"""

import json
import math
import pathlib
import sys

import torch
from safetensors.torch import save_file
from transformers import AutoConfig, AutoModelForCausalLM

from families import randomise, tokenizer, write

WIDTH, NAMED = 72, 64  # rows of the embedding, and the vocabulary size that LLaDA's configuration names
TURN_END, MASK = 57, 58

LLADA_NAMES = {
    "model.embed_tokens.weight": "model.transformer.wte.weight",
    "model.norm.weight": "model.transformer.ln_f.weight",
    "lm_head.weight": "model.transformer.ff_out.weight",
}
LLADA_PARTS = {
    "self_attn.q_proj": "q_proj",
    "self_attn.k_proj": "k_proj",
    "self_attn.v_proj": "v_proj",
    "self_attn.o_proj": "attn_out",
    "mlp.gate_proj": "ff_proj",
    "mlp.up_proj": "up_proj",
    "mlp.down_proj": "ff_out",
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ff_norm",
}
LLADA = {
    "activation_type": "silu",
    "alibi": False,
    "architectures": ["LLaDAModelLM"],
    "attention_layer_norm": False,
    "bias_for_layer_norm": False,
    "block_group_size": 1,
    "block_type": "llama",
    "d_model": 32,
    "embedding_size": WIDTH,
    "eos_token_id": 1,
    "include_bias": False,
    "include_qkv_bias": False,
    "input_emb_norm": False,
    "layer_norm_type": "rms",
    "layer_norm_with_affine": True,
    "mask_token_id": 71,
    "max_sequence_length": 48,
    "mlp_hidden_size": 48,
    "mlp_ratio": 4,
    "model_type": "llada",
    "multi_query_attention": None,
    "n_heads": 4,
    "n_kv_heads": 4,
    "n_layers": 2,
    "pad_token_id": 1,
    "rms_norm_eps": 1e-5,
    "rope": True,
    "rope_full_precision": True,
    "rope_theta": 500000.0,
    "scale_logits": False,
    "use_cache": True,
    "vocab_size": NAMED,
    "weight_tying": False,
}
DREAM = {
    "architectures": ["DreamModel"],
    "bos_token_id": 0,
    "eos_token_id": 1,
    "hidden_act": "silu",
    "hidden_size": 32,
    "intermediate_size": 48,
    "mask_token_id": MASK,
    "max_position_embeddings": 48,
    "max_window_layers": 2,
    "model_type": "Dream",
    "num_attention_heads": 4,
    "num_hidden_layers": 2,
    "num_key_value_heads": 2,
    "pad_token_id": 1,
    "rms_norm_eps": 1e-6,
    "rope_scaling": None,
    "rope_theta": 1000000.0,
    "sliding_window": None,
    "tie_word_embeddings": False,
    "use_cache": True,
    "use_mrope": False,
    "use_sliding_window": False,
    "vocab_size": WIDTH,
}
FAMILIES = {
    "llada": ("bfloat16", LLADA, "<|eot_id|>"),
    "llada-tied": ("float16", LLADA | {"weight_tying": True, "include_qkv_bias": True, "n_kv_heads": 2}, "<|eot_id|>"),
    "dream": ("float32", DREAM, "<|im_end|>"),
}


def as_transformers(config: dict) -> dict:
    """The same network under the names of transformers; Qwen 2 is Llama with biases of queries, keys and values."""
    if config["model_type"] == "Dream":
        return config | {"architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2"}
    kind = "qwen2" if config["include_qkv_bias"] else "llama"
    return {
        "model_type": kind,
        "hidden_act": config["activation_type"],
        "hidden_size": config["d_model"],
        "intermediate_size": config["mlp_hidden_size"],
        "max_position_embeddings": config["max_sequence_length"],
        "num_attention_heads": config["n_heads"],
        "num_hidden_layers": config["n_layers"],
        "num_key_value_heads": config["n_kv_heads"],
        "rms_norm_eps": config["rms_norm_eps"],
        "rope_theta": config["rope_theta"],
        "tie_word_embeddings": config["weight_tying"],
        "vocab_size": config["embedding_size"],
    }


def network(config: dict) -> torch.nn.Module:
    names = as_transformers(config)
    settings = AutoConfig.for_model(names.pop("model_type"), **names)
    settings.torch_dtype = settings.dtype = torch.float32
    return AutoModelForCausalLM.from_config(settings, attn_implementation="eager").to(torch.float32).eval()


def stored(model: torch.nn.Module, config: dict, dtype: torch.dtype) -> dict:
    tensors = {name: value.to(dtype).contiguous() for name, value in model.state_dict().items()}
    if model.config.tie_word_embeddings:
        del tensors["lm_head.weight"]
    if config["model_type"] == "Dream":
        return tensors
    renamed = {}
    for name, value in tensors.items():
        if name in LLADA_NAMES:
            renamed[LLADA_NAMES[name]] = value
        else:
            layer, part, kind = name.removeprefix("model.layers.").split(".", 1)[0], name.split(".", 3)[3].rsplit(".", 1)[0], name.rsplit(".", 1)[1]
            renamed[f"model.transformer.blocks.{layer}.{LLADA_PARTS[part]}.{kind}"] = value
    return renamed


def special(identity: int, content: str) -> dict:
    return {"id": identity, "content": content, "special": True, "normalized": False, "lstrip": False, "rstrip": False, "single_word": False}


@torch.no_grad()
def case(model: torch.nn.Module, config: dict, prompt: list, canvas: list) -> dict:
    """The logits of all free slots (-1 in the canvas), those of Dream shifted as its published code does."""
    ids = torch.tensor([prompt + [config["mask_token_id"] if token < 0 else token for token in canvas]])
    nothing_hidden = torch.zeros(1, 1, ids.shape[1], ids.shape[1])
    logits = model(ids, attention_mask=nothing_hidden).logits
    if config["model_type"] == "Dream":
        logits = torch.cat([logits[:, :1], logits[:, :-1]], dim=1)
    slots = [slot for slot, token in enumerate(canvas) if token < 0]
    rows = logits[0, [len(prompt) + slot for slot in slots]]
    return {"prompt": prompt, "canvas": canvas, "slots": slots, "logits": [[float(f"{x:.6g}") for x in row] for row in rows.tolist()]}


def family(folder: pathlib.Path, seed: int, kind: str, config: dict, turn_end: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    dtype = getattr(torch, kind)
    write(folder / "config.json", config | {"torch_dtype": kind})
    tokens = tokenizer()
    tokens["added_tokens"].append(special(TURN_END, turn_end))
    if config["model_type"] == "Dream":
        tokens["added_tokens"].append(special(MASK, "<|mask|>"))
    (folder / "tokenizer.json").write_text(json.dumps(tokens) + "\n")
    model = network(config)
    generator = torch.Generator().manual_seed(2000 + seed)
    randomise(model, generator, dtype)
    save_file(stored(model, config, dtype), folder / "model.safetensors", metadata={"format": "pt"})
    draw = lambda count: torch.randint(3, 57, (count,), generator=generator).tolist()
    blank, mixed = [-1] * 4, draw(12)
    for slot in (0, 3, 4, 7, 11):
        mixed[slot] = -1
    cases = [case(model, config, draw(9), mixed), case(model, config, draw(5), blank), case(model, config, [], blank[:2] + draw(3))]
    (folder / "expected.json").write_text(json.dumps({"cases": cases}) + "\n")


DOCUMENT = "[-1.5e0]"
CHAIN = 16


def chain_tokenizer() -> dict:
    names = ["<s>", "</s>", "<|mask|>"] + list(DOCUMENT)
    tokens = tokenizer()
    tokens["added_tokens"] = [special(i, name) for i, name in enumerate(names[:3])]
    tokens["model"] |= {"vocab": {name: i for i, name in enumerate(names)}, "merges": []}
    return tokens


def following() -> list:
    """Pairs of a token and the one after it: <s>, the document's characters, </s>, </s>, …"""
    row = [0] + list(range(3, 3 + len(DOCUMENT))) + [1, 1]
    return list(zip(row, row[1:]))


def dream_chain() -> tuple:
    """The embedding is a unit vector for each token, nothing is added to it, and the output reads the token after it."""
    size = CHAIN
    config = DREAM | {"hidden_size": size, "intermediate_size": 2, "num_attention_heads": 1, "num_key_value_heads": 1, "num_hidden_layers": 1, "vocab_size": CHAIN, "mask_token_id": 2}
    model = network(config)
    weights = {name: torch.zeros_like(value) for name, value in model.state_dict().items()}
    weights["model.embed_tokens.weight"] = torch.eye(CHAIN, size)
    head = torch.zeros(CHAIN, size)
    for token, after in following():
        head[after, token] = 4.0
    return config, model, weights, head


def llada_chain() -> tuple:
    """One head that sees the position before, whatever the tokens, and copies the unit vector there to other components."""
    size = 2 * CHAIN
    config = LLADA | {"d_model": size, "n_heads": 1, "n_kv_heads": 1, "n_layers": 1, "mlp_hidden_size": 2, "vocab_size": CHAIN, "embedding_size": CHAIN, "mask_token_id": 2, "include_qkv_bias": True, "rope_theta": 10000.0}
    model = network(config)
    weights = {name: torch.zeros_like(value) for name, value in model.state_dict().items()}
    attention = "model.layers.0.self_attn."
    weights["model.embed_tokens.weight"][:, :CHAIN] = torch.eye(CHAIN)
    for pair in (0, 4):  # they turn by 1 and by 0.1 radians for each position
        frequency = 10000.0 ** (-2 * pair / size)
        weights[attention + "q_proj.bias"][pair] = 40.0
        weights[attention + "k_proj.bias"][pair] = 40.0 * math.cos(frequency)
        weights[attention + "k_proj.bias"][pair + size // 2] = 40.0 * math.sin(frequency)
    weights[attention + "v_proj.weight"] = torch.eye(size)
    weights[attention + "o_proj.weight"][CHAIN:, :CHAIN] = torch.eye(CHAIN)
    head = torch.zeros(CHAIN, size)
    for token, after in following():
        head[after, CHAIN + token] = 4.0
    return config, model, weights, head


def chain(folder: pathlib.Path, config: dict, model: torch.nn.Module, weights: dict, head: torch.Tensor) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in weights:
        if "norm" in name:
            weights[name] = torch.ones_like(weights[name])
    weights["lm_head.weight"] = head
    model.load_state_dict(weights)
    write(folder / "config.json", config | {"torch_dtype": "float32"})
    (folder / "tokenizer.json").write_text(json.dumps(chain_tokenizer()) + "\n")
    save_file(stored(model, config, torch.float32), folder / "model.safetensors", metadata={"format": "pt"})
    known = case(model, config, [0], [3, 4, -1, 6, -1])
    assert [row.index(max(row)) for row in known["logits"]] == [5, 7], known


def main(target: pathlib.Path) -> None:
    for seed, (name, (kind, config, turn_end)) in enumerate(FAMILIES.items()):
        family(target / name, seed, kind, config, turn_end)
    chain(target / "dream-chain", *dream_chain())
    chain(target / "llada-chain", *llada_chain())


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
