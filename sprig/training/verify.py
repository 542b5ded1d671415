"""Loads an exported folder with transformers in float32, compares its logits with ours, and writes cases for the Java test."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import AutoModelForCausalLM

from model import load_hf
from render import JSON, SCHEMA, TEXT

PROMPTS = [
    f'{SCHEMA}{{"name":string,"age":integer}}{TEXT}Vera Holm is 41 years old.{JSON}',
    f'{SCHEMA}{{"status":"open"|"closed","total":number?,"paid":boolean}}{TEXT}Status: closed\nTotal: 1,204.50 EUR\nPaid: no{JSON}{{"status":"',
    f'{SCHEMA}[{{"item":string,"qty":integer}}]{TEXT}2 x grüne Vase; 11 x "café" lamp.{JSON}[{{"item":"grüne Vase","qty":2}},{{"item":"',
]


@torch.no_grad()
def main() -> None:
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--model", type=Path, required=True)
    a.add_argument("--cases", type=Path, help="where to write the JSON cases")
    args = a.parse_args()
    tokenizer = Tokenizer.from_file(str(args.model / "tokenizer.json"))
    ours, theirs = load_hf(args.model), AutoModelForCausalLM.from_pretrained(args.model, torch_dtype=torch.float32).eval()
    cases, worst = [], 0.0
    for prompt in PROMPTS:
        ids = tokenizer.encode(prompt).ids
        assert tokenizer.decode(ids, skip_special_tokens=False) == prompt
        a_logits, b_logits = ours(torch.tensor([ids]))[0], theirs(torch.tensor([ids])).logits[0].float()
        worst = max(worst, (a_logits - b_logits).abs().max().item())
        top = b_logits[-1].topk(8)
        cases.append({"prompt": prompt, "ids": ids, "top": [{"id": i, "token": tokenizer.decode([i], skip_special_tokens=False), "logit": round(v, 5)} for i, v in zip(top.indices.tolist(), top.values.tolist())]})
    print(f"largest difference of a logit between our network and transformers: {worst:.2e}")
    if args.cases:
        args.cases.parent.mkdir(parents=True, exist_ok=True)
        args.cases.write_text(json.dumps(cases, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
