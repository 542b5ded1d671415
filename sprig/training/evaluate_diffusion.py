"""How well sprig-diffusion fills slots, without any constraint: at random, one value with its surroundings known, and all of a text."""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import torch
from tokenizers import Tokenizer

from diffusion import MASK, fill, slot_logits
from evaluate import prompt_of, read_cases, report
from model import load_hf
from render import END, JSON
from train_diffusion import SLOTS, Canvases


@torch.no_grad()
def slots_right(model, canvases: Canvases, documents: int, shares) -> None:
    """New documents of the generator: the share of masked slots, end tokens apart, whose most probable token is right."""
    rows = []
    for ids, masked, real, _ in canvases.pool(0):
        for row, known in zip(ids, real):
            rows.append(row[known])
    rows = rows[:documents]
    json_id = canvases.tokenizer.token_to_id(JSON)
    for share in shares:
        right = seen = 0
        for number, row in enumerate(rows):
            start = (row == json_id).nonzero()[-1, 0].item() + 1
            count = len(row) - start
            hidden = random.Random(number).sample(range(count), max(1, round(share * count)))
            slots = torch.zeros_like(row, dtype=torch.bool)
            slots[[start + at for at in hidden]] = True
            best = slot_logits(model, row.masked_fill(slots, canvases.mask)[None], slots[None]).argmax(-1)
            text = row[slots] != canvases.end
            right += (best == row[slots])[text].sum().item()
            seen += text.sum().item()
        print(f"{share:.0%} of the slots masked: {right / seen:.1%} of {seen} right")


def written(value, spans: list) -> str:
    """Compact JSON; the places of its leaves' text, quotes apart, are added to `spans`."""

    def put(value, at: int) -> str:
        if isinstance(value, dict):
            text = "{"
            for i, (k, v) in enumerate(value.items()):
                text += ("," if i else "") + json.dumps(k, ensure_ascii=False) + ":"
                text += put(v, at + len(text))
            return text + "}"
        if isinstance(value, list):
            text = "["
            for i, v in enumerate(value):
                text += "," if i else ""
                text += put(v, at + len(text))
            return text + "]"
        text = json.dumps(value, ensure_ascii=False)
        quote = 1 if isinstance(value, str) else 0
        spans.append((at + quote, at + len(text) - quote))
        return text

    return put(value, 0)


def values_right(model, tokenizer: Tokenizer, cases, mask: int) -> None:
    """One value of each answer is masked, with as many slots as it has tokens: how often it comes out exactly right."""
    right, slots_seen = 0, 0
    for number, case in enumerate(cases):
        spans: list = []
        text = written(case["expected"], spans)
        start, end = random.Random(number).choice([span for span in spans if span[0] < span[1]])
        before, answer = tokenizer.encode(prompt_of(case)).ids, tokenizer.encode(text)
        hidden = [i for i, (a, b) in enumerate(answer.offsets) if a < end and b > start]
        ids = before + [mask if i in hidden else token for i, token in enumerate(answer.ids)]
        right += fill(model, ids, mask)[len(before) :] == answer.ids
        slots_seen += len(hidden)
    print(f"one value of {slots_seen / len(cases):.1f} slots on average masked: {right / len(cases):.1%} of {len(cases)} exactly right")


def texts(model, tokenizer: Tokenizer, cases, mask: int, end: int, spare: int, block: int, show: int) -> None:
    """A blank canvas with room for the answer and `spare` slots more."""
    fitting, answers = [], []
    for case in cases:
        before, wanted = tokenizer.encode(prompt_of(case)).ids, tokenizer.encode(written(case["expected"], [])).ids
        if len(wanted) + spare <= SLOTS:
            canvas = fill(model, before + [mask] * (len(wanted) + spare), mask, block)[len(before) :]
            until = canvas.index(end) if end in canvas else len(canvas)
            fitting.append(case)
            answers.append((tokenizer.decode(canvas[:until], skip_special_tokens=False), True))
    print(f"blank canvases, {spare} slots more than needed, filled in any order within {block or 'all'} slots:")
    report(fitting, answers, show)


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--model", type=Path, required=True, help="folder with config.json, model.safetensors, tokenizer.json")
    a.add_argument("--set", type=Path, default=Path(__file__).with_name("heldout.jsonl.gz"))
    a.add_argument("--every", type=int, default=1, help="fill a blank canvas for every n-th case only")
    a.add_argument("--documents", type=int, default=100, help="documents of the generator")
    a.add_argument("--spare", type=int, default=8, help="slots more than the answer needs")
    a.add_argument("--blocks", type=int, nargs="*", default=[0, 8], help="sizes of blocks of blank canvases; 0 for none")
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--show", type=int, default=0, help="print this many wrong answers")
    args = a.parse_args()
    torch.set_num_threads(args.threads)
    model, tokenizer = load_hf(args.model, bias=True), Tokenizer.from_file(str(args.model / "tokenizer.json"))
    mask, end = tokenizer.token_to_id(MASK), tokenizer.token_to_id(END)
    slots_right(model, Canvases(tokenizer, 4096, 448, seed=1_000_003), args.documents, [0.1, 0.25, 0.5, 0.75, 1.0])
    values_right(model, tokenizer, read_cases(args.set, 1), mask)
    for block in args.blocks:
        texts(model, tokenizer, read_cases(args.set, args.every), mask, end, args.spare, block, args.show)


if __name__ == "__main__":
    main()
