"""The network: a small Llama (RMSNorm, rotary positions, SwiGLU, tied embeddings), with Hugging Face's tensor names."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn


@dataclass(frozen=True)
class Shape:
    vocab_size: int = 2048
    hidden_size: int = 192
    intermediate_size: int = 512
    num_hidden_layers: int = 6
    num_attention_heads: int = 6
    num_key_value_heads: int = 6
    max_position_embeddings: int = 1024
    rope_theta: float = 10000.0
    rms_norm_eps: float = 1e-5

    @property
    def head_dim(self) -> int:
        return self.hidden_size // self.num_attention_heads

    def hf_config(self, bos: int, eos: int, pad: int) -> dict:
        return {
            "architectures": ["LlamaForCausalLM"],
            "model_type": "llama",
            **asdict(self),
            "head_dim": self.head_dim,
            "hidden_act": "silu",
            "attention_bias": False,
            "mlp_bias": False,
            "tie_word_embeddings": True,
            "torch_dtype": "float16",
            "bos_token_id": bos,
            "eos_token_id": eos,
            "pad_token_id": pad,
        }


class Norm(nn.Module):
    def __init__(self, size: int, eps: float):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))
        self.eps = eps

    def forward(self, x):
        return F.rms_norm(x, (x.shape[-1],), self.weight.to(x.dtype), self.eps)


class Attention(nn.Module):
    def __init__(self, s: Shape, bias: bool):
        super().__init__()
        self.s = s
        future = torch.full((s.max_position_embeddings,) * 2, float("-inf")).triu(1)
        self.register_buffer("mask", future.bfloat16(), persistent=False)
        q = s.num_attention_heads * s.head_dim
        kv = s.num_key_value_heads * s.head_dim
        self.q_proj = nn.Linear(s.hidden_size, q, bias=bias)
        self.k_proj = nn.Linear(s.hidden_size, kv, bias=bias)
        self.v_proj = nn.Linear(s.hidden_size, kv, bias=bias)
        self.o_proj = nn.Linear(q, s.hidden_size, bias=False)

    def forward(self, x, cos, sin, cache=None, seen=None):
        b, t, _ = x.shape
        d = self.s.head_dim
        q = rotate(self.q_proj(x).view(b, t, -1, d).transpose(1, 2), cos, sin)
        k = rotate(self.k_proj(x).view(b, t, -1, d).transpose(1, 2), cos, sin)
        v = self.v_proj(x).view(b, t, -1, d).transpose(1, 2)
        if cache is not None:
            if cache:
                k = torch.cat([cache[0], k], 2)
                v = torch.cat([cache[1], v], 2)
            cache[:] = [k, v]
        groups = self.s.num_attention_heads // self.s.num_key_value_heads
        if groups > 1:
            k, v = k.repeat_interleave(groups, 1), v.repeat_interleave(groups, 1)
        if torch.is_autocast_enabled("cpu"):
            # Two plain bfloat16 products are about twice as fast on a CPU as its flash kernel at these lengths.
            score = torch.matmul(q * d**-0.5, k.transpose(-1, -2))
            score = score + self.mask[:t, :t] if seen is None else score.masked_fill(~seen, float("-inf"))
            y = torch.matmul(torch.softmax(score, -1, dtype=torch.bfloat16), v)
        else:
            y = F.scaled_dot_product_attention(q, k, v, attn_mask=seen, is_causal=seen is None and t > 1)
        return self.o_proj(y.transpose(1, 2).reshape(b, t, -1))


class Mlp(nn.Module):
    def __init__(self, s: Shape):
        super().__init__()
        self.gate_proj = nn.Linear(s.hidden_size, s.intermediate_size, bias=False)
        self.up_proj = nn.Linear(s.hidden_size, s.intermediate_size, bias=False)
        self.down_proj = nn.Linear(s.intermediate_size, s.hidden_size, bias=False)

    def forward(self, x):
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


class Layer(nn.Module):
    def __init__(self, s: Shape, bias: bool):
        super().__init__()
        self.self_attn = Attention(s, bias)
        self.mlp = Mlp(s)
        self.input_layernorm = Norm(s.hidden_size, s.rms_norm_eps)
        self.post_attention_layernorm = Norm(s.hidden_size, s.rms_norm_eps)

    def forward(self, x, cos, sin, cache=None, seen=None):
        x = x + self.self_attn(self.input_layernorm(x), cos, sin, cache, seen)
        return x + self.mlp(self.post_attention_layernorm(x))


class Trunk(nn.Module):
    def __init__(self, s: Shape, bias: bool):
        super().__init__()
        self.embed_tokens = nn.Embedding(s.vocab_size, s.hidden_size)
        self.layers = nn.ModuleList(Layer(s, bias) for _ in range(s.num_hidden_layers))
        self.norm = Norm(s.hidden_size, s.rms_norm_eps)


class Sprig(nn.Module):
    """Next-token logits, float [batch, time, vocabulary]; the output matrix is the embedding.

    bias: whether queries, keys and values have biases, as in Qwen's and Dream's networks."""

    def __init__(self, s: Shape, bias: bool = False):
        super().__init__()
        self.shape = s
        self.model = Trunk(s, bias)
        freq = s.rope_theta ** (-torch.arange(0, s.head_dim, 2).float() / s.head_dim)
        angle = torch.outer(torch.arange(s.max_position_embeddings).float(), torch.cat([freq, freq]))
        self.register_buffer("cos", angle.cos(), persistent=False)
        self.register_buffer("sin", angle.sin(), persistent=False)
        for name, p in self.named_parameters():
            if p.dim() == 2:
                scale = 0.02 if "embed" in name else 1 / math.sqrt(p.shape[1])
                if name.endswith(("o_proj.weight", "down_proj.weight")):
                    scale /= math.sqrt(2 * s.num_hidden_layers)
                nn.init.normal_(p, std=scale)

    def hidden(self, ids, caches=None, start=0, seen=None):
        x = self.model.embed_tokens(ids)
        cos = self.cos[start : start + ids.shape[1]]
        sin = self.sin[start : start + ids.shape[1]]
        if torch.is_autocast_enabled("cpu"):
            x, cos, sin = x.bfloat16(), cos.bfloat16(), sin.bfloat16()
        for i, layer in enumerate(self.model.layers):
            x = layer(x, cos, sin, None if caches is None else caches[i], seen)
        return self.model.norm(x)

    def forward(self, ids, keep=None, caches=None, start=0, seen=None):
        """`keep` (boolean [batch, time]) limits the logits to the positions that the loss needs; `seen` (boolean
        [batch, 1, time, time so far], or [batch, 1, 1, time so far] for all alike) replaces the causal mask."""
        h = self.hidden(ids, caches, start, seen)
        if keep is not None:
            h = h[keep]
        return F.linear(h, self.model.embed_tokens.weight)


def rotate(x, cos, sin):
    half = x.shape[-1] // 2
    turned = torch.cat([-x[..., half:], x[..., :half]], -1)
    return x * cos + turned * sin


def save_hf(model: Sprig, folder: Path, config: dict) -> None:
    """Writes config.json and model.safetensors (float16; tied, so without lm_head)."""
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    tensors = {name: p.detach().to(torch.float16).contiguous() for name, p in model.named_parameters()}
    save_file(tensors, str(folder / "model.safetensors"), metadata={"format": "pt"})
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")


def load_hf(folder: Path, bias: bool = False) -> Sprig:
    from safetensors.torch import load_file

    config = json.loads((folder / "config.json").read_text())
    model = Sprig(Shape(**{k: config[k] for k in Shape.__dataclass_fields__}), bias)
    state = {k: v.float() for k, v in load_file(str(folder / "model.safetensors")).items()}
    model.load_state_dict(state, strict=True)
    return model.eval()
