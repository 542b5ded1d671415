"""Greedy, unconstrained generation on the held-out set: how often the shape and how often the fields are right."""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import math
from pathlib import Path

import torch
from tokenizers import Tokenizer

from model import Sprig, load_hf
from render import END, JSON, PAD, SCHEMA, TEXT
from short_form import lookup, short_form


@torch.no_grad()
def generate(model: Sprig, tokenizer: Tokenizer, prompts: list[str], limit: int = 400) -> list[tuple[str, bool]]:
    """The greedy continuation of each prompt, and whether it ended by itself. Shorter prompts are padded on the left."""
    end, pad = tokenizer.token_to_id(END), tokenizer.token_to_id(PAD)
    rows = [tokenizer.encode(p).ids for p in prompts]
    width = max(map(len, rows))
    ids = torch.tensor([[pad] * (width - len(r)) + r for r in rows])
    real = ids != pad
    seen = (real[:, None, :] & torch.ones(width, width, dtype=torch.bool).tril() | torch.eye(width, dtype=torch.bool))[:, None]
    caches = [[] for _ in model.model.layers]
    out, done = [[] for _ in rows], [False] * len(rows)
    start, fed = 0, ids
    for _ in range(min(limit, model.shape.max_position_embeddings - width)):
        following = model(fed, caches=caches, start=start, seen=seen)[:, -1].argmax(-1)
        start += fed.shape[1]
        for i, token in enumerate(following.tolist()):
            done[i] = done[i] or token == end
            if not done[i]:
                out[i].append(token)
        if all(done):
            break
        fed = following[:, None]
        real = torch.cat([real, torch.ones(len(rows), 1, dtype=torch.bool)], 1)
        seen = real[:, None, None, :]
    return [(tokenizer.decode(o, skip_special_tokens=False), d) for o, d in zip(out, done)]


def fits(value, schema, root) -> bool:
    """Whether a value has the shape of a schema: types, members, enums, consts (the part that the set uses)."""
    if "$ref" in schema:
        return fits(value, lookup(root, schema["$ref"]), root)
    if "anyOf" in schema:
        return any(fits(value, s, root) for s in schema["anyOf"])
    if "const" in schema:
        return value == schema["const"]
    if "enum" in schema and value not in schema["enum"]:
        return False
    kinds = schema.get("type", [])
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if kinds and not any(is_a(value, k) for k in kinds):
        return False
    if isinstance(value, dict):
        known = schema.get("properties", {})
        return all(k in value for k in schema.get("required", [])) and all(k in known and fits(v, known[k], root) for k, v in value.items())
    if isinstance(value, list):
        return all(fits(v, schema.get("items", {}), root) for v in value)
    return True


def is_a(value, kind: str) -> bool:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return {"string": isinstance(value, str), "boolean": isinstance(value, bool), "null": value is None, "object": isinstance(value, dict),
            "array": isinstance(value, list), "number": number, "integer": number and float(value).is_integer()}[kind]


def leaves(value, schema, root, path=()):
    """(path, kind, value) of every leaf that is expected."""
    if "$ref" in schema:
        schema = lookup(root, schema["$ref"])
    if "anyOf" in schema:
        schema = next((s for s in schema["anyOf"] if fits(value, s, root)), {})
    if isinstance(value, dict):
        for k, v in value.items():
            yield from leaves(v, schema.get("properties", {}).get(k, {}), root, (*path, k))
    elif isinstance(value, list):
        for i, v in enumerate(value):
            yield from leaves(v, schema.get("items", {}), root, (*path, i))
    else:
        yield path, kind_of(schema, path), value


def kind_of(schema, path) -> str:
    if "const" in schema:
        return "const"
    if "enum" in schema:
        return "enum"
    if isinstance(schema.get("type"), list):
        return "nullable " + schema["type"][0]
    return schema.get("format") or schema.get("type", "any")


def at(value, path):
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return math.nan
    return value


def same(a, b) -> bool:
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    return a == b


def report(cases: list[dict], answers: list[tuple[str, bool]], show: int) -> None:
    """Prints how often the answers (a text, and whether it ended) parse, have the shape, and are right, and the first wrong ones."""
    right, seen, by_schema = collections.Counter(), collections.Counter(), collections.defaultdict(lambda: [0, 0])
    parsed = shaped = whole = 0
    for number, case in enumerate(cases):
        schema = case["schema"]
        raw, ended = answers[number]
        try:
            got = json.loads(raw) if ended else math.nan
            parsed += ended
        except json.JSONDecodeError:
            got = math.nan
        shaped += fits(got, schema, schema)
        whole += got == case["expected"]
        for path, kind, want in leaves(case["expected"], schema, schema):
            ok = same(at(got, path), want)
            seen[kind] += 1
            right[kind] += ok
            tally = by_schema[case["id"].rsplit("-", 1)[0]]
            tally[0] += ok
            tally[1] += 1
        if show and got != case["expected"]:
            show -= 1
            print(f"{case['id']}\n  text {case['text']!r}\n  want {json.dumps(case['expected'], ensure_ascii=False)}\n  got  {raw}")
    n = len(cases)
    print(f"cases {n}: parsable {parsed / n:.1%}, of the schema's shape {shaped / n:.1%}, wholly right {whole / n:.1%}")
    print(f"fields {sum(seen.values())}: exactly right {sum(right.values()) / sum(seen.values()):.1%}")
    for kind in sorted(seen):
        print(f"  {kind:16} {right[kind]:4} of {seen[kind]:4}  {right[kind] / seen[kind]:.1%}")
    print("  " + ", ".join(f"{k} {r / t:.0%}" for k, (r, t) in sorted(by_schema.items())))


def read_cases(file: Path, every: int) -> list[dict]:
    return [json.loads(line) for line in gzip.decompress(file.read_bytes()).decode().splitlines()][::every]


def prompt_of(case: dict) -> str:
    return f"{SCHEMA}{short_form(case['schema'])}{TEXT}{case['text']}{JSON}"


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--model", type=Path, required=True, help="folder with config.json, model.safetensors, tokenizer.json")
    a.add_argument("--set", type=Path, default=Path(__file__).with_name("heldout.jsonl.gz"))
    a.add_argument("--every", type=int, default=1, help="take every n-th case only")
    a.add_argument("--batch", type=int, default=20)
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--show", type=int, default=0, help="print this many wrong answers")
    args = a.parse_args()
    torch.set_num_threads(args.threads)
    model, tokenizer = load_hf(args.model), Tokenizer.from_file(str(args.model / "tokenizer.json"))
    cases = read_cases(args.set, args.every)
    prompts = [prompt_of(case) for case in cases]
    order = sorted(range(len(cases)), key=lambda i: len(prompts[i]))
    answers = {}
    for at_once in (order[i : i + args.batch] for i in range(0, len(order), args.batch)):
        answers.update(zip(at_once, generate(model, tokenizer, [prompts[i] for i in at_once])))
    report(cases, [answers[i] for i in range(len(cases))], args.show)


if __name__ == "__main__":
    main()
