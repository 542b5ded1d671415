"""A simulated model that has a text in mind and prefers white space where it is blocked, as the Java class WishModel has it."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from peerbench.engines.engine import CompileError, Engine, EngineError, Reader
from peerbench.tokenizer import Vocabulary
from peerbench.trial import Encode

LIMIT = 256
"""Tokens of a text."""

_AHEAD = 64


@dataclass(frozen=True)
class Wish:
    """A schema, and a text that the model would like to write under it."""

    id: str
    schema: str
    text: str


def read(folder: Path) -> list[Wish]:
    """What `bench twoway` wrote. Raises ValueError if there is nothing."""
    lines = [line for file in sorted(folder.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    wishes = [Wish(one["id"], one["schema"], one["wish"]) for one in map(json.loads, lines)]
    if not wishes:
        raise ValueError(f"no .jsonl file with wishes in {folder}")
    return wishes


class WishModel:
    """Of what is allowed: its text's next token, white space, a later token of its text, the end, a hash's first."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.end = vocabulary.end
        texts = vocabulary.texts().items()
        self.blanks = sorted(token for text, ids in texts for token in ids if text and not text.strip(b" \n\t\r"))
        self._ids = np.arange(1, vocabulary.size() + 1, dtype=np.uint32) * np.uint32(0x9E3779B1)
        self._wish: list[int] = []
        self._at = 0
        self._step = 0

    def wish(self, tokens: list[int]) -> None:
        """Has another text in mind."""
        self._wish, self._at, self._step = tokens, 0, 0

    def next(self, reader: Reader) -> int:
        """The next token of those that the reader's last mask allows; -1 if there is none."""
        self._step += 1
        if self._at < len(self._wish) and reader.allows(self._wish[self._at]):
            self._at += 1
            return self._wish[self._at - 1]
        if self._at == len(self._wish) and reader.allows(self.end):
            return self.end
        blank = next((token for token in self.blanks if reader.allows(token)), -1)
        if blank >= 0:
            return blank
        for ahead in range(self._at + 1, min(len(self._wish), self._at + _AHEAD)):
            if reader.allows(self._wish[ahead]):
                self._at = ahead + 1
                return self._wish[ahead]
        return self.end if reader.allows(self.end) else self._by_hash(reader)

    def _by_hash(self, reader: Reader) -> int:
        bits = np.unpackbits(np.frombuffer(reader.bits, dtype=np.uint8), bitorder="little")[: len(self._ids)]
        allowed = np.flatnonzero(bits)
        if not len(allowed):
            return -1
        with np.errstate(over="ignore"):
            h = self._ids[allowed] + np.uint32(self._step * 0x85EBCA6B & 0xFFFFFFFF)
            h ^= h >> np.uint32(15)
            h *= np.uint32(0x2C1B3C6D)
            h ^= h >> np.uint32(12)
        return int(allowed[np.argmax(h)])


class WishTrial:
    """What becomes of one wish; `run` is called once."""

    def __init__(self, engine: Engine, encode: Encode, vocabulary: Vocabulary, wish: Wish, seconds: float) -> None:
        self._engine = engine
        self._encode = encode
        self._vocabulary = vocabulary
        self._wish = wish
        self._seconds = seconds
        self._tokens: list[int] = []
        self._end = "limit"

    def run(self) -> dict[str, Any]:
        """A line of results."""
        try:
            grammar = self._engine.compile("schema", self._wish.schema)
        except CompileError:
            return wish_line(self._wish, "refused", 0, 0, "")
        except Exception:  # whatever a binding raises becomes part of the result
            return wish_line(self._wish, "error", 0, 0, "")
        model = WishModel(self._vocabulary)
        model.wish(self._encode(self._wish.text))
        try:
            self._write(grammar.reader(), model)
        except Exception:  # as above
            self._end = "error"
        blank = set(model.blanks)
        ends = next((i for i, token in enumerate(reversed(self._tokens)) if token not in blank), len(self._tokens))
        return wish_line(self._wish, self._end, len(self._tokens), ends, self._text())

    def _write(self, reader: Reader, model: WishModel) -> None:
        deadline = time.monotonic() + self._seconds
        while len(self._tokens) < LIMIT:
            reader.mask()
            reader.check()
            token = model.next(reader)
            if token == model.end:
                self._end = "complete"
                return
            if token < 0 or time.monotonic() > deadline or reader.commit(token) is False:
                raise EngineError("the text does not go on")
            reader.check()
            self._tokens.append(token)
        self._end = "complete" if reader.accepting() else "limit"

    def _text(self) -> str:
        spelled = {token: text for text, ids in self._vocabulary.texts().items() for token in ids}
        return b"".join(spelled.get(token, b"") for token in self._tokens).decode("utf-8", errors="replace")


def wish_line(wish: Wish, end: str, tokens: int, blanks: int, text: str) -> dict[str, Any]:
    return {"id": wish.id, "end": end, "tokens": tokens, "blanks": blanks, "text": text}


def wish_summary(lines: list[dict[str, Any]]) -> dict[str, Any]:
    ends = {end: sum(line["end"] == end for line in lines) for end in ("complete", "limit", "refused", "error")}
    return {"texts": len(lines), **ends}
