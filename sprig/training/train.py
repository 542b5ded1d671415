"""Trains sprig on documents generated on the fly: JSON-only loss, short copying tasks first, one process per CPU.

Progress (learning rate and difficulty) follows the clock with --minutes, or the step count with --steps (repeatable).
A checkpoint is written every few minutes; started again with the same --out, the run goes on from the last one.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
import torch.nn.functional as F
from tokenizers import Tokenizer

from model import Shape, Sprig, save_hf
from render import END, JSON, PAD, document

POOL = 768  # documents that are generated, sorted by length and cut into batches together


def level_after(level: float, token_share: float, progress: float) -> float:
    """Difficulty: up a little whenever a pool went well, and in any case full from 35 percent of the run on."""
    if token_share > 0.85:
        level += 0.05
    return min(1.0, max(level, (progress - 0.10) / 0.25))


class Batches:
    """Batches of about `tokens` padded tokens of documents of like length; all follows from `seed` and the pool number."""

    def __init__(self, tokenizer: Tokenizer, tokens: int, longest: int, seed: int):
        self.tokenizer, self.tokens, self.longest, self.seed = tokenizer, tokens, longest, seed
        self.json_id, self.pad = tokenizer.token_to_id(JSON), tokenizer.token_to_id(PAD)

    def pool(self, number: int, level: float, worker: int = 0, workers: int = 1):
        docs = []
        rng = torch.Generator().manual_seed(self.seed * 1_000_003 + number)
        for i in range(POOL):
            # A tenth stays easy for good, so that short requests remain exact.
            ease = level if i % 10 else min(level, 0.3)
            d = document(f"train/{self.seed}/{number}/{i}", ease)
            docs.append(d.prompt() + d.json + END)
        encoded = [e.ids for e in self.tokenizer.encode_batch(docs)]
        encoded = sorted((e for e in encoded if len(e) <= self.longest), key=len)
        batches, start = [], 0
        budget = self.tokens * (0.4 + 0.6 * level)
        while start < len(encoded):
            end = start + 1
            while end < len(encoded) and (end + 1 - start) * padded(len(encoded[end])) <= budget:
                end += 1
            batches.append(encoded[start:end])
            start = end
        order = torch.randperm(len(batches), generator=rng).tolist()
        for at in order[worker : len(order) - len(order) % workers : workers]:
            yield self.tensors(batches[at])

    def tensors(self, rows):
        width = padded(max(map(len, rows))) + 1
        ids = torch.full((len(rows), width), self.pad)
        keep = torch.zeros((len(rows), width), dtype=torch.bool)
        for i, row in enumerate(rows):
            ids[i, : len(row)] = torch.tensor(row)
            keep[i, row.index(self.json_id) : len(row) - 1] = True
        return ids, keep, sum(map(len, rows))


def padded(length: int) -> int:
    """Few different widths, for the sake of the kernels' caches."""
    return -(-length // 16) * 16


class Muon(torch.optim.Optimizer):
    """Momentum whose matrix updates are made nearly orthogonal by five Newton-Schulz steps (K. Jordan et al., 2024)."""

    def __init__(self, params, lr: float, momentum: float = 0.95, weight_decay: float = 0.0, worker: int = 0, workers: int = 1):
        super().__init__(params, dict(lr=lr, momentum=momentum, weight_decay=weight_decay))
        self.worker, self.workers = worker, workers

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for i, p in enumerate(group["params"]):
                state = self.state[p]
                if "m" not in state:
                    state["m"] = torch.zeros_like(p)
                m = state["m"]
                m.lerp_(p.grad, 1 - group["momentum"])
                if i % self.workers != self.worker:
                    p.zero_()  # another worker's share; the sum below brings it
                    continue
                update = near_orthogonal(p.grad.lerp(m, group["momentum"]))
                p.mul_(1 - group["lr"] * group["weight_decay"])
                p.add_(update, alpha=-group["lr"] * 0.2 * math.sqrt(max(p.shape)))
            if self.workers > 1:
                summed([p.data for p in group["params"]])


def summed(tensors) -> None:
    """Replaces the tensors by their sums over the workers."""
    flat = torch.cat([t.reshape(-1) for t in tensors])
    dist.all_reduce(flat)
    for t, part in zip(tensors, flat.split([t.numel() for t in tensors])):
        t.copy_(part.view_as(t))


def near_orthogonal(g):
    x = g.bfloat16()
    tall = x.shape[0] > x.shape[1]
    if tall:
        x = x.T
    x = x / (x.norm() + 1e-7)
    for _ in range(5):
        s = x @ x.T
        x = 3.4445 * x + (-4.7750 * s + 2.0315 * (s @ s)) @ x
    return (x.T if tall else x).to(g.dtype)


def optimizers(model: Sprig, args, worker: int):
    matrices = [p for n, p in model.named_parameters() if p.dim() == 2 and "embed" not in n]
    rest = [p for n, p in model.named_parameters() if p.dim() != 2 or "embed" in n]
    adam = dict(betas=(0.9, 0.95), eps=1e-8)
    if args.optimizer == "adamw":
        return [torch.optim.AdamW([{"params": matrices, "weight_decay": 0.05}, {"params": rest, "weight_decay": 0.0}], lr=args.lr, **adam)]
    return [Muon(matrices, lr=args.lr, weight_decay=0.05, worker=worker, workers=args.workers), torch.optim.AdamW(rest, lr=args.lr, weight_decay=0.0, **adam)]


def rate(progress: float, step: int, warm: int) -> float:
    """Warm-up, then half a cosine down to 2 percent."""
    return min(1.0, (step + 1) / warm) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, progress))))


def arguments():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the exported model; holds tokenizer.json")
    a.add_argument("--minutes", type=float, default=85, help="time to train")
    a.add_argument("--steps", type=int, default=0, help="train this many steps instead of by the clock")
    a.add_argument("--threads", type=int, default=1, help="threads of each worker")
    a.add_argument("--workers", type=int, default=1, help="processes that share each step; --tokens is for each of them")
    a.add_argument("--tokens", type=int, default=4096, help="padded tokens in a batch")
    a.add_argument("--longest", type=int, default=832, help="longer documents are left out")
    a.add_argument("--lr", type=float, default=2e-3)
    a.add_argument("--optimizer", choices=["adamw", "muon"], default="muon")
    a.add_argument("--hidden", type=int, default=192)
    a.add_argument("--inner", type=int, default=512)
    a.add_argument("--layers", type=int, default=6)
    a.add_argument("--heads", type=int, default=6)
    a.add_argument("--warmup", type=int, default=150, help="steps")
    a.add_argument("--save-every", type=float, default=4, help="minutes between checkpoints")
    a.add_argument("--seed", type=int, default=7)
    return a.parse_args()


def main() -> None:
    args = arguments()
    with tempfile.TemporaryDirectory() as meeting:
        if args.workers == 1:
            run(0, args, meeting)
        else:
            mp.spawn(run, (args, meeting), nprocs=args.workers)


def run(worker: int, args, meeting: str) -> None:
    if args.workers > 1:
        if hasattr(os, "setsid"):
            os.setsid()  # Linux may share the CPUs among sessions, not processes
        dist.init_process_group("gloo", init_method=f"file://{meeting}/point", rank=worker, world_size=args.workers)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    tokenizer = Tokenizer.from_file(str(args.out / "tokenizer.json"))
    end, pad = tokenizer.token_to_id(END), tokenizer.token_to_id(PAD)
    shape = Shape(tokenizer.get_vocab_size(), args.hidden, args.inner, args.layers, args.heads, args.heads)
    model = Sprig(shape)
    opts = optimizers(model, args, worker)
    at = dict(step=0, pool=0, tokens=0, documents=0, seconds=0.0, level=0.05)
    saved = args.out / "checkpoint.pt"
    if saved.exists():
        state = torch.load(saved)
        model.load_state_dict(state["model"])
        for o, s in zip(opts, state["opts"]):
            o.load_state_dict(s)
        at = state["at"]
        log(f"worker {worker} resumed at step {at['step']}, {at['seconds'] / 60:.1f} min")
    if not worker:
        log(f"{sum(p.numel() for p in model.parameters()):,} parameters, {shape}")
    batches = Batches(tokenizer, args.tokens, args.longest, args.seed)
    clock, before, last_save = time.monotonic(), at["seconds"], at["seconds"]
    progress = lambda: at["step"] / args.steps if args.steps else at["seconds"] / 60 / args.minutes
    window = []

    def save():
        torch.save(dict(model=model.state_dict(), opts=[o.state_dict() for o in opts], at=at), saved.with_suffix(".new"))
        saved.with_suffix(".new").replace(saved)
        export = args.out / "export"
        save_hf(model, export, shape.hf_config(end, end, pad))
        shutil.copy(args.out / "tokenizer.json", export / "tokenizer.json")

    while progress() < 1:
        level, hits = at["level"], []
        for ids, keep, used in batches.pool(at["pool"], level, worker, args.workers):
            share = progress()
            if share >= 1:
                break
            factor = rate(share, at["step"], args.warmup)
            for o in opts:
                for g in o.param_groups:
                    g["lr"] = args.lr * factor
            with torch.autocast("cpu", torch.bfloat16):
                logits = model(ids[:, :-1], keep[:, :-1])
            wanted = ids[:, 1:][keep[:, :-1]]
            loss = F.cross_entropy(logits.float(), wanted)
            loss.backward()
            with torch.no_grad():
                hit = (logits.argmax(-1) == wanted).float()
                rows = keep[:, :-1].sum(1).tolist()
                whole = sum(part.all().item() for part in hit.split(rows)) / len(rows)
            now = before + time.monotonic() - clock
            facts = torch.tensor([loss.item(), hit.mean().item(), whole, now, float(used), float(len(ids))], dtype=torch.float64)
            if args.workers > 1:
                # The facts are summed too, so that all workers see the same clock and the same difficulty.
                summed([p.grad.div_(args.workers) for p in model.parameters()])
                dist.all_reduce(facts)
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            for o in opts:
                o.step()
                o.zero_grad(set_to_none=True)
            facts[:4] /= args.workers
            at["step"] += 1
            at["seconds"] = facts[3].item()
            at["tokens"] += int(facts[4])
            at["documents"] += int(facts[5])
            hits.append(facts[1].item())
            window.append(facts[:3].tolist())
            if at["step"] % 50 == 0 and not worker:
                mean = [sum(c) / len(window) for c in zip(*window)]
                window.clear()
                bar = "#" * int(20 * share) + "." * (20 - int(20 * share))
                log(f"[{bar}] {at['seconds'] / 60:6.2f} min step {at['step']} level {level:.2f} lr {args.lr * factor:.5f} loss {mean[0]:.4f} token {mean[1]:.4f} "
                    f"document {mean[2]:.3f} {at['tokens'] / 1e6:.2f}M tokens {at['documents']} documents {at['tokens'] / at['seconds']:.0f}/s")
        at["pool"] += 1
        at["level"] = level_after(level, sum(hits) / max(1, len(hits)), progress())
        if at["seconds"] - last_save > 60 * args.save_every:
            if not worker:
                save()
            last_save = at["seconds"]
    if not worker:
        save()
        log(f"done: {at}")


def log(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
