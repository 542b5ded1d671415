"""Masked diffusion with sprig's network: attention in both directions, and row i - 1 gives the logits of position i.

A network that was trained to write from left to right has the next token in each row. Keeping that habit (the "shift" of Dream
7B, Ye et al. 2025, and of DiffuLLaMA, Gong et al. 2025) means that sprig's weights are a good start.
"""

from __future__ import annotations

from pathlib import Path

import torch
from tokenizers import Tokenizer

from model import Shape, Sprig, load_hf
from render import END, PAD

MASK = PAD  # the tokenizer's pad token is not used otherwise: it stands where nothing is known


def hf_config(shape: Shape, tokenizer: Tokenizer) -> dict:
    """The configuration under Dream's names."""
    end, mask = tokenizer.token_to_id(END), tokenizer.token_to_id(MASK)
    config = shape.hf_config(end, end, end)
    config |= {"architectures": ["DreamModel"], "model_type": "Dream", "mask_token_id": mask}
    for name in ["head_dim", "attention_bias", "mlp_bias"]:
        del config[name]
    return config


def widened(folder: Path, mask: int) -> Sprig:
    """sprig with biases of zero; the mask token, which sprig never read, starts as the mean of all tokens."""
    plain = load_hf(folder)
    model = Sprig(plain.shape, bias=True)
    state = model.state_dict() | plain.state_dict()
    for name in state:
        if name.endswith("_proj.bias"):
            state[name] = torch.zeros_like(state[name])
    rows = state["model.embed_tokens.weight"]
    rows[mask] = rows.mean(0)
    model.load_state_dict(state)
    return model


def slot_logits(model: Sprig, ids, slots, real=None):
    """Logits [wanted slots, vocabulary] of the slots (boolean [batch, time], never the first) of a batch padded on the right.

    real: boolean [batch, time], false for padding; without it there is none."""
    seen = torch.ones_like(ids, dtype=torch.bool) if real is None else real
    rows = torch.cat([slots[:, 1:], torch.zeros_like(slots[:, :1])], 1)
    return model(ids, keep=rows, seen=seen[:, None, None, :])


@torch.no_grad()
def fill(model: Sprig, ids: list[int], mask: int, block: int = 0) -> list[int]:
    """Replaces the masks of a row by the most probable tokens, the most confident slot of each pass first.

    block: only slots among so many from the first masked one on are filled; 0 for all."""
    row = torch.tensor([ids])
    while (slots := row == mask).any():
        if block:
            slots[0, slots[0].int().argmax() + block :] = False
        logits = slot_logits(model, row, slots)
        logits[:, mask] = float("-inf")
        sure, token = logits.softmax(-1).max(-1)
        best = sure.argmax()
        row[0, slots[0].nonzero()[best, 0]] = token[best]
    return row[0].tolist()
