"""Named hard cases: a folder with one JSON file each, as `bench hard --write-cases` writes them."""

from __future__ import annotations

import json
from pathlib import Path

from peerbench.corpus import Instance, Item

KINDS = ("schema", "gbnf", "lark", "regex")


def read(folder: Path) -> list[Item]:
    """All cases, in the order of their names. Raises ValueError if a file is no case, or there is none."""
    items = [_item(file) for file in sorted(folder.glob("*.json"))]
    if not items:
        raise ValueError(f"no .json file with a case in {folder}")
    return sorted(items, key=lambda item: item.id)


def _item(file: Path) -> Item:
    case = json.loads(file.read_text("utf-8"))
    kind = case.get("kind")
    if kind not in KINDS:
        raise ValueError(f"{file}: the kind is {kind!r}, not one of {', '.join(KINDS)}")
    texts = case["texts"] + case.get("any_order_texts", [])
    return Item(case["name"], kind, kind, case["source"], tuple(Instance(True, text) for text in texts))
