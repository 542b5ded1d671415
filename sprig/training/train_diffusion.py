"""Trains sprig-diffusion: sprig's weights go on as a masked-diffusion model on documents generated on the fly.

Of a document, the prompt is known; the answer, followed by end tokens up to a random number of slots, is masked in part. The
loss is the mean over the masked slots of each document: LLaDA's weight 1/t (Nie et al. 2025), with the share of slots that are
masked in place of its expectation t. Checkpoints and the clock are as in `train.py`.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import time
from pathlib import Path

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from diffusion import MASK, hf_config, slot_logits, widened
from model import save_hf
from render import END, document
from train import log, optimizers, padded, rate

POOL = 512  # documents that are generated, sorted by length and cut into batches together
SLOTS = 160  # the longest canvas


class Canvases:
    """Batches of about `tokens` padded tokens of documents of like length; all follows from `seed` and the pool number."""

    def __init__(self, tokenizer: Tokenizer, tokens: int, longest: int, seed: int):
        self.tokenizer, self.tokens, self.longest, self.seed = tokenizer, tokens, longest, seed
        self.end, self.mask = tokenizer.token_to_id(END), tokenizer.token_to_id(MASK)

    def pool(self, number: int):
        r = random.Random(f"{self.seed}/{number}")
        docs = [document(f"diffusion/{self.seed}/{number}/{i}", r.choice([0.1, 0.35, 0.6, 1.0])) for i in range(POOL)]
        prompts = [e.ids for e in self.tokenizer.encode_batch([d.prompt() for d in docs])]
        answers = [e.ids for e in self.tokenizer.encode_batch([d.json for d in docs])]
        rows = [(p, a + [self.end] * spare(r, SLOTS - len(a))) for p, a in zip(prompts, answers) if len(a) <= SLOTS]
        rows = sorted((row for row in rows if len(row[0]) + len(row[1]) <= self.longest), key=lambda row: len(row[0]) + len(row[1]))
        batches, start = [], 0
        while start < len(rows):
            end = start + 1
            while end < len(rows) and (end + 1 - start) * padded(len(rows[end][0]) + len(rows[end][1])) <= self.tokens:
                end += 1
            batches.append(rows[start:end])
            start = end
        r.shuffle(batches)
        for batch in batches:
            yield self.tensors(batch, r)

    def tensors(self, rows, r: random.Random):
        """Targets, what is masked, what is real (all [batch, time]), and of each masked slot the weight in the loss."""
        width = padded(max(len(p) + len(a) for p, a in rows))
        ids = torch.full((len(rows), width), self.end)
        masked, real = (torch.zeros((len(rows), width), dtype=torch.bool) for _ in range(2))
        weights = []
        first = r.random()
        for i, (prompt, answer) in enumerate(rows):
            ids[i, : len(prompt) + len(answer)] = torch.tensor(prompt + answer)
            real[i, : len(prompt) + len(answer)] = True
            # Shares of masked slots are spread evenly over a batch, which makes its loss less noisy.
            hidden = hide(r, len(answer), (first + i / len(rows)) % 1)
            masked[i, [len(prompt) + at for at in hidden]] = True
            weights += [1 / len(hidden) / len(rows)] * len(hidden)
        return ids, masked, real, torch.tensor(weights)


def spare(r: random.Random, most: int) -> int:
    """How many end tokens follow an answer: none, few, or any number."""
    k = r.random()
    return 0 if k < 0.15 else min(most, r.randint(1, 12)) if k < 0.6 else r.randint(0, most)


def hide(r: random.Random, slots: int, share: float) -> list[int]:
    """The masked slots: a share of all, or of those behind a known beginning; at least one."""
    start = r.randrange(slots) if r.random() < 0.35 else 0
    return r.sample(range(start, slots), max(1, round(share * (slots - start))))


def arguments():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--sprig", type=Path, required=True, help="folder of the model to start from, with its tokenizer.json")
    a.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the exported model")
    a.add_argument("--minutes", type=float, default=45, help="time to train")
    a.add_argument("--steps", type=int, default=0, help="train this many steps instead of by the clock")
    a.add_argument("--threads", type=int, default=2)
    a.add_argument("--tokens", type=int, default=4096, help="padded tokens in a batch")
    a.add_argument("--longest", type=int, default=448, help="longer documents, canvas included, are left out")
    a.add_argument("--lr", type=float, default=3e-3)
    a.add_argument("--optimizer", choices=["adamw", "muon"], default="muon")
    a.add_argument("--warmup", type=int, default=50, help="steps")
    a.add_argument("--save-every", type=float, default=4, help="minutes between checkpoints")
    a.add_argument("--seed", type=int, default=11)
    return a.parse_args()


def main() -> None:
    args = arguments()
    args.workers = 1
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    tokenizer = Tokenizer.from_file(str(args.sprig / "tokenizer.json"))
    model = widened(args.sprig, tokenizer.token_to_id(MASK))
    opts = optimizers(model, args, 0)
    at = dict(step=0, pool=0, tokens=0, documents=0, seconds=0.0)
    saved = args.out / "checkpoint.pt"
    if saved.exists():
        state = torch.load(saved)
        model.load_state_dict(state["model"])
        for o, s in zip(opts, state["opts"]):
            o.load_state_dict(s)
        at = state["at"]
        log(f"resumed at step {at['step']}, {at['seconds'] / 60:.1f} min")
    canvases = Canvases(tokenizer, args.tokens, args.longest, args.seed)
    clock, before, last_save = time.monotonic(), at["seconds"], at["seconds"]
    progress = lambda: at["step"] / args.steps if args.steps else at["seconds"] / 60 / args.minutes
    window = []

    def save():
        torch.save(dict(model=model.state_dict(), opts=[o.state_dict() for o in opts], at=at), saved.with_suffix(".new"))
        saved.with_suffix(".new").replace(saved)
        export = args.out / "export"
        save_hf(model, export, hf_config(model.shape, tokenizer))
        shutil.copy(args.sprig / "tokenizer.json", export / "tokenizer.json")

    while progress() < 1:
        for ids, masked, real, weights in canvases.pool(at["pool"]):
            if progress() >= 1:
                break
            factor = rate(progress(), at["step"], args.warmup)
            for o in opts:
                for g in o.param_groups:
                    g["lr"] = args.lr * factor
            with torch.autocast("cpu", torch.bfloat16):
                logits = slot_logits(model, ids.masked_fill(masked, canvases.mask), masked, real)
            wanted = ids[masked]
            loss = (F.cross_entropy(logits.float(), wanted, reduction="none") * weights).sum()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            for o in opts:
                o.step()
                o.zero_grad(set_to_none=True)
            text = wanted != canvases.end
            hit = (logits.argmax(-1) == wanted)[text].float().mean().item() if text.any() else 1.0
            at["step"] += 1
            at["seconds"] = before + time.monotonic() - clock
            at["tokens"] += int(real.sum())
            at["documents"] += len(ids)
            window.append([loss.item(), hit])
            if at["step"] % 50 == 0:
                mean = [sum(c) / len(window) for c in zip(*window)]
                window.clear()
                log(f"{at['seconds'] / 60:6.2f} min step {at['step']} lr {args.lr * factor:.5f} loss {mean[0]:.4f} slots that are no end {mean[1]:.4f} "
                    f"{at['tokens'] / 1e6:.2f}M tokens {at['documents']} documents {at['tokens'] / at['seconds']:.0f}/s")
        at["pool"] += 1
        if at["seconds"] - last_save > 60 * args.save_every:
            save()
            last_save = at["seconds"]
    save()
    log(f"done: {at}")


if __name__ == "__main__":
    main()
