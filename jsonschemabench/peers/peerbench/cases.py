"""Named hard cases: a folder with one JSON file each, as `bench hard --write-cases` writes them; and grammar files with their texts."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

from peerbench.corpus import Instance, Item

KINDS = ("schema", "gbnf", "lark", "regex")

TEXTS = ".texts.json"

EXTENSIONS = {"llguidance": ((".lark", "lark"),), "xgrammar": ((".ebnf", "gbnf"), (".lark", "lark"))}
"""What files an engine reads as grammars, the first choice first, and of which kind they are."""


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


def read_grammars(texts: Path, versions: list[Path], engine: str) -> list[Item]:
    """The valid texts of each NAME.texts.json, under the engine's own version of the grammar: NAME with one of the engine's
    extensions in the first of `versions` that has one. A grammar without one is of the kind `grammar`, which no engine reads. Raises ValueError if there
    are no texts."""
    items = [_grammar(file, versions, EXTENSIONS.get(engine, ())) for file in sorted(texts.glob("*" + TEXTS))]
    if not items:
        raise ValueError(f"no file NAME{TEXTS} in {texts}")
    return items


def _grammar(file: Path, versions: list[Path], extensions: tuple[tuple[str, str], ...]) -> Item:
    name = file.name.removesuffix(TEXTS)
    valid = tuple(Instance(True, text) for text in json.loads(file.read_text("utf-8"))["valid"])
    for folder, (extension, kind) in itertools.product(versions, extensions):
        version = folder / (name + extension)
        if version.is_file():
            return Item(name, kind, kind, version.read_text("utf-8"), valid)
    return Item(name, "grammar", "grammar", "", valid)
