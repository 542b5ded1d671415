"""Compares an export of sprig-diffusion with transformers' Qwen 2 without its causal mask, and writes cases for the Java test."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import Qwen2Config, Qwen2ForCausalLM

from diffusion import slot_logits
from model import load_hf
from render import JSON, SCHEMA, TEXT

CASES = [
    (f'{SCHEMA}{{"name":string,"age":integer}}{TEXT}Vera Holm is 41 years old.{JSON}', '{"name":"Vera Holm","age":41}', 4, range(24)),
    (f'{SCHEMA}{{"status":"open"|"closed","total":number?,"paid":boolean}}{TEXT}Status: closed\nTotal: 1,204.50 EUR\nPaid: no{JSON}', '{"status":"closed","total":1204.50,"paid":false}', 0, (3, 4, 8, 9, 10, 14)),
    (f'{SCHEMA}[{{"item":string,"qty":integer}}]{TEXT}2 x grüne Vase; 11 x "café" lamp.{JSON}', '[{"item":"grüne Vase","qty":2},{"item":"\\"café\\" lamp","qty":11}]', 9, (2, 3, 12, 13, 20, 30, 31)),
]


def qwen(folder: Path) -> Qwen2ForCausalLM:
    """The same weights in transformers' Qwen 2, which has Dream's names and biases."""
    config = json.loads((folder / "config.json").read_text())
    names = [n for n in config if n not in ("architectures", "model_type", "torch_dtype", "mask_token_id")]
    model = Qwen2ForCausalLM._from_config(Qwen2Config(**{n: config[n] for n in names}), attn_implementation="eager")
    state = {name: value.float() for name, value in load_file(str(folder / "model.safetensors")).items()}
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert missing == ["lm_head.weight"] and not unexpected, (missing, unexpected)
    model.tie_weights()
    return model.float().eval()


@torch.no_grad()
def main() -> None:
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--model", type=Path, required=True)
    a.add_argument("--cases", type=Path, help="where to write the JSON cases")
    args = a.parse_args()
    tokenizer = Tokenizer.from_file(str(args.model / "tokenizer.json"))
    config = json.loads((args.model / "config.json").read_text())
    end, mask = config["eos_token_id"], config["mask_token_id"]
    ours, theirs = load_hf(args.model, bias=True), qwen(args.model)
    cases, worst = [], 0.0
    for prompt, answer, ends, free in CASES:
        before, canvas = tokenizer.encode(prompt).ids, tokenizer.encode(answer).ids + [end] * ends
        slots = [slot for slot in free if slot < len(canvas)]
        canvas = [-1 if slot in slots else token for slot, token in enumerate(canvas)]
        ids = torch.tensor([before + [mask if token < 0 else token for token in canvas]])
        at = torch.zeros_like(ids, dtype=torch.bool)
        at[0, [len(before) + slot for slot in slots]] = True
        a_logits = slot_logits(ours, ids, at)
        rows = theirs(ids, attention_mask=torch.zeros(1, 1, ids.shape[1], ids.shape[1])).logits[0]
        b_logits = rows[[len(before) + slot - 1 for slot in slots]]
        worst = max(worst, (a_logits - b_logits).abs().max().item())
        top = b_logits.topk(4)
        tops = [[{"id": i, "logit": round(v, 5)} for i, v in zip(*row)] for row in zip(top.indices.tolist(), top.values.tolist())]
        cases.append({"prompt": before, "canvas": canvas, "slots": slots, "top": tops})
    print(f"largest difference of a logit between our network and transformers: {worst:.2e}")
    if args.cases:
        args.cases.parent.mkdir(parents=True, exist_ok=True)
        args.cases.write_text(json.dumps(cases) + "\n")


if __name__ == "__main__":
    main()
