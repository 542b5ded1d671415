"""The tiny models of families.py as GGUF files, as the format's own writers name, order and permute their tensors.

    pip install gguf==0.19.0 safetensors torch==2.7.1
    python gguf_families.py ../resources/dev/espalier/backends/models

Each folder gets model.gguf.gz, with its weights exactly: what it computes is in expected.json of the same folder.
"""

import gzip
import json
import math
import pathlib
import sys
import tempfile

import gguf
import numpy
from safetensors.torch import load_file

PERMUTED = {"llama", "granite", "smollm3"}

NAMES = [
    ("model.embed_tokens.", "token_embd."),
    ("model.norm.", "output_norm."),
    ("lm_head.", "output."),
    ("model.layers.", "blk."),
    ("self_attn.qkv_proj.", "attn_qkv."),
    ("self_attn.q_proj.", "attn_q."),
    ("self_attn.k_proj.", "attn_k."),
    ("self_attn.v_proj.", "attn_v."),
    ("self_attn.o_proj.", "attn_output."),
    ("self_attn.q_norm.", "attn_q_norm."),
    ("self_attn.k_norm.", "attn_k_norm."),
    ("mlp.gate_up_proj.", "ffn_up."),
    ("mlp.gate_proj.", "ffn_gate."),
    ("mlp.up_proj.", "ffn_up."),
    ("mlp.down_proj.", "ffn_down."),
    ("input_layernorm.", "attn_norm."),
    ("pre_feedforward_layernorm.", "ffn_norm."),
    ("post_feedforward_layernorm.", "post_ffw_norm."),
]


def renamed(name: str, after: bool) -> str:
    for old, new in NAMES:
        name = name.replace(old, new)
    return name.replace("post_attention_layernorm.", "post_attention_norm." if after else "ffn_norm.")


def permuted(values: numpy.ndarray, heads: int) -> numpy.ndarray:
    """The two halves of each head's rows by turns."""
    return values.reshape(heads, 2, values.shape[0] // heads // 2, *values.shape[1:]).swapaxes(1, 2).reshape(values.shape)


def rope(writer: gguf.GGUFWriter, config: dict, arch: str, size: int) -> None:
    writer.add_rope_dimension_count(int(size * config.get("partial_rotary_factor", 1)))
    scaling = config.get("rope_scaling") or config.get("rope_parameters") or {}
    theta = scaling.get("rope_theta", config.get("rope_theta", 10000.0))
    writer.add_rope_freq_base(theta)
    kind = scaling.get("rope_type", scaling.get("type", "default"))
    if kind == "linear":
        writer.add_rope_scaling_type(gguf.RopeScalingType.LINEAR)
        writer.add_rope_scaling_factor(scaling["factor"])
    elif kind == "yarn":
        writer.add_rope_scaling_type(gguf.RopeScalingType.YARN)
        writer.add_rope_scaling_factor(scaling["factor"])
        writer.add_rope_scaling_orig_ctx_len(scaling["original_max_position_embeddings"])
    elif kind == "longrope":
        original = config["original_max_position_embeddings"]
        factor = config["max_position_embeddings"] / original
        writer.add_rope_scaling_orig_ctx_len(original)
        writer.add_rope_scaling_attn_factors(math.sqrt(1 + math.log(factor) / math.log(original)))
        for length in ["long", "short"]:
            values = numpy.array(scaling[length + "_factor"], dtype=numpy.float32)
            writer.add_tensor(f"rope_factors_{length}.weight", values)
    elif kind == "llama3":
        factors = []
        for i in range(0, size, 2):
            wave = 2 * math.pi * theta ** (i / size)
            low = scaling["original_max_position_embeddings"] / scaling["low_freq_factor"]
            high = scaling["original_max_position_embeddings"] / scaling["high_freq_factor"]
            smooth = (scaling["original_max_position_embeddings"] / wave - scaling["low_freq_factor"]) / (
                scaling["high_freq_factor"] - scaling["low_freq_factor"]
            )
            between = 1 / ((1 - smooth) / scaling["factor"] + smooth)
            factors.append(1.0 if wave < high else scaling["factor"] if wave > low else between)
        writer.add_tensor("rope_freqs.weight", numpy.array(factors, dtype=numpy.float32))


def tokenizer(writer: gguf.GGUFWriter, source: dict) -> None:
    """Byte pairs: tokens in the byte-level alphabet, merges, and which tokens are special."""
    ids = source["model"]["vocab"]
    names = sorted(ids, key=ids.get)
    special = {token["id"] for token in source["added_tokens"]}
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(names)
    writer.add_token_types([3 if i in special else 1 for i in range(len(names))])
    writer.add_token_merges(source["model"]["merges"])
    writer.add_bos_token_id(0)
    writer.add_add_bos_token(True)
    writer.add_chat_template("{{ bos_token }}{% for m in messages %}{{ m.content }}<|end|>{% endfor %}")


def store(writer: gguf.GGUFWriter, name: str, values: numpy.ndarray, kind: str) -> None:
    """Matrices in the type they came in, everything else in 32 bits."""
    values = numpy.ascontiguousarray(values)
    if values.ndim < 2 or kind == "float32":
        writer.add_tensor(name, values)
    elif kind == "float16":
        writer.add_tensor(name, values.astype(numpy.float16))
    else:
        raw = gguf.quants.quantize(values, gguf.GGMLQuantizationType.BF16)
        writer.add_tensor(name, raw, raw_dtype=gguf.GGMLQuantizationType.BF16)


def convert(folder: pathlib.Path) -> bytes:
    config = json.loads((folder / "config.json").read_text())
    kind = config["model_type"]
    arch = {"mistral": "llama", "gemma3_text": "gemma3"}.get(kind, kind)
    heads = config["num_attention_heads"]
    groups = config.get("num_key_value_heads", heads)
    size = config.get("head_dim", config["hidden_size"] // heads)
    with tempfile.TemporaryDirectory() as place:
        path = pathlib.Path(place) / "model.gguf"
        writer = gguf.GGUFWriter(path, arch)
        writer.add_block_count(config["num_hidden_layers"])
        writer.add_context_length(config["max_position_embeddings"])
        writer.add_embedding_length(config["hidden_size"])
        writer.add_feed_forward_length(config["intermediate_size"])
        writer.add_head_count(heads)
        writer.add_head_count_kv(groups)
        writer.add_key_length(size)
        writer.add_value_length(size)
        writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
        writer.add_eos_token_id(1)
        slides = kind in ("gemma2", "gemma3_text", "phi3", "mistral") and config.get("sliding_window")
        if slides:
            writer.add_sliding_window(config["sliding_window"])
        if "sliding_window_pattern" in config:
            writer.add_uint32(arch + ".attention.sliding_window_pattern", config["sliding_window_pattern"])
        for key, add in [
            ("attn_logit_softcapping", writer.add_attn_logit_softcapping),
            ("final_logit_softcapping", writer.add_final_logit_softcapping),
            ("embedding_multiplier", writer.add_embedding_scale),
            ("residual_multiplier", writer.add_residual_scale),
            ("attention_multiplier", writer.add_attention_scale),
            ("logits_scaling", writer.add_logit_scale),
        ]:
            if key in config:
                add(config[key])
        if "query_pre_attn_scalar" in config:
            writer.add_attention_scale(config["query_pre_attn_scalar"] ** -0.5)
        tokenizer(writer, json.loads((folder / "tokenizer.json").read_text()))
        rope(writer, config, arch, size)
        tensors = {}
        for file in sorted(folder.glob("model*.safetensors")):
            tensors |= load_file(file)
        for name, tensor in sorted(tensors.items()):
            values = tensor.float().numpy()
            if arch in PERMUTED and ".q_proj." in name:
                values = permuted(values, heads)
            elif arch in PERMUTED and ".k_proj." in name:
                values = permuted(values, groups)
            elif arch.startswith("gemma") and "norm" in name:
                values = values + 1
            store(writer, renamed(name, arch in ("gemma2", "gemma3", "olmo2")), values, config["torch_dtype"])
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        return path.read_bytes()


def main(target: pathlib.Path) -> None:
    for folder in sorted(target.iterdir()):
        config = json.loads((folder / "config.json").read_text())
        if config["architectures"][0].endswith("ForCausalLM") and not config.get("use_sliding_window"):
            data = convert(folder)
            (folder / "model.gguf.gz").write_bytes(gzip.compress(data, 9, mtime=0))
            print(folder.name, len(data))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
