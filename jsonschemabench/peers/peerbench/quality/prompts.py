"""The prompts that `bench quality --write-prompts` wrote."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FILE = "prompts.jsonl"


@dataclass(frozen=True)
class Prompt:
    """A task as the model reads it.

    id, kind: the task. tokens: the prompt. schema: what an answer must fit. budget: the most tokens of an answer.
    """

    id: str
    kind: str
    tokens: list[int]
    schema: dict[str, Any]
    budget: int


@dataclass(frozen=True)
class Prompts:
    """All of a file. label: its name and checksum."""

    all: list[Prompt]
    label: str

    @staticmethod
    def read(folder: Path, limit: int) -> Prompts:
        """At most `limit` of each kind: those that `bench quality --limit` takes. Raises ValueError if a line is no prompt."""
        data = (folder / _FILE).read_bytes()
        by_kind: dict[str, list[Prompt]] = {}
        for number, row in enumerate(data.decode("utf-8").splitlines(), 1):
            try:
                line = json.loads(row)
                prompt = Prompt(line["id"], line["kind"], line["tokens"], line["schema"], line["budget"])
            except (ValueError, KeyError) as error:
                raise ValueError(f"{folder / _FILE}:{number}: not a prompt: {error}") from error
            by_kind.setdefault(prompt.kind, []).append(prompt)
        chosen = [prompt for some in by_kind.values() for prompt in _spread(some, limit)]
        return Prompts(chosen, f"{_FILE} (CRC-32 {zlib.crc32(data):08x})")


def _spread(prompts: list[Prompt], limit: int) -> list[Prompt]:
    count = min(limit, len(prompts))
    return [prompts[i * len(prompts) // count] for i in range(count)]
