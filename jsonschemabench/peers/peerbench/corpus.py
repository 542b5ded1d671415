"""Schemas with instances, read as `bench maskbench` reads them: the schema's text as it stands in the file."""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

_DECODER = json.JSONDecoder()
_BLANK = " \t\r\n"


@dataclass(frozen=True)
class Instance:
    """A text to read, or the value whose text is read; and whether it must be accepted."""

    valid: bool
    text: str


@dataclass(frozen=True)
class Item:
    """One thing to compile with the texts to read under it.

    kind: schema, gbnf, lark or regex. source: its text.
    """

    id: str
    dataset: str
    kind: str
    source: str
    instances: tuple[Instance, ...]


@dataclass(frozen=True)
class Line:
    """A schema that is read as JSON only when it is needed."""

    id: str
    text: str

    def item(self, compact: bool) -> Item:
        """Raises ValueError if it is no object with a schema."""
        members = raw_members(self.text)
        if "schema" not in members:
            raise ValueError(f'{self.id}: there is no member "schema"')
        tests = json.loads(members.get("tests", "[]"))
        instances = tuple(
            Instance(test.get("valid") is True, instance_text(test.get("data"), compact)) for test in tests
        )
        return Item(self.id, dataset_of(self.id), "schema", members["schema"], instances)


def instance_text(value: Any, compact: bool) -> str:
    """MaskBench's form, `", "` and `": "`, or no white space at all; letters beyond ASCII as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":") if compact else (", ", ": "))


def raw_members(text: str) -> dict[str, str]:
    """The members of a JSON object, each value cut out as it stands."""
    members: dict[str, str] = {}
    at = _skip(text, 0)
    if text[at : at + 1] != "{":
        raise ValueError("expected an object")
    at = _skip(text, at + 1)
    while text[at : at + 1] != "}":
        name, at = _DECODER.raw_decode(text, at)
        at = _skip(text, at)
        if text[at : at + 1] != ":":
            raise ValueError(f"expected a colon at {at}")
        at = _skip(text, at + 1)
        _, end = _DECODER.raw_decode(text, at)
        members[name] = text[at:end]
        at = _skip(text, end)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
    return members


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANK:
        at += 1
    return at


def dataset_of(name: str) -> str:
    """What an id has before `---`, or else before the first `_`."""
    last = name[name.rfind("/") + 1 :]
    end = last.find("---") if "---" in last else last.find("_")
    return "" if end < 0 else last[:end]


def read(paths: list[Path]) -> list[Line]:
    """All schemas of files and folders, each id once, in the order of `bench maskbench`.

    Raises ValueError if there is none, or two different ones have the same id.
    """
    lines: dict[str, Line] = {}
    for path in paths:
        for file in _files(path):
            for line in _lines(file):
                before = lines.setdefault(line.id, line)
                if before.text != line.text:
                    raise ValueError(f"{file}: two schemas have the id {line.id}")
    if not lines:
        raise ValueError(f"no .json, .jsonl or .jsonl.gz file with schemas in {paths}")
    return list(lines.values())


def limited(lines: list[Line], limit: int) -> list[Line]:
    """At most so many, spread over all by a hash of their ids: those that `bench maskbench --limit` takes."""
    if limit >= len(lines):
        return lines
    ranked = sorted(lines, key=lambda line: (zlib.crc32(line.id.encode("utf-8")), line.id))
    chosen = {line.id for line in ranked[:limit]}
    return [line for line in lines if line.id in chosen]


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    clone = path / "maskbench" / "data"
    folder = clone if clone.is_dir() else path
    return sorted(f for f in folder.iterdir() if f.name.endswith((".json", ".jsonl", ".jsonl.gz")))


def _lines(file: Path) -> Iterator[Line]:
    if file.name.endswith(".json"):
        yield Line("maskbench/data/" + file.name, file.read_text("utf-8"))
        return
    data = gzip.decompress(file.read_bytes()) if file.name.endswith(".gz") else file.read_bytes()
    for number, row in enumerate(data.split(b"\n"), start=1):
        if row.strip():
            text = row.decode("utf-8", errors="surrogateescape")
            yield Line(_id(text) or f"{file.name}:{number}", text)


def _id(text: str) -> str:
    try:
        return str(json.loads(raw_members(text).get("id", '""')))
    except ValueError:
        return ""
