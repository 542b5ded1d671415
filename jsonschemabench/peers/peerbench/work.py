"""What there is to run: schemas with instances, hard cases, or wishes of a simulated model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from peerbench import cases, corpus
from peerbench.case_trial import CaseTrial, case_summary, lost_case
from peerbench.engines.engine import Engine
from peerbench.summary import summary
from peerbench.tokenizer import Vocabulary
from peerbench.trial import Encode, Trial, lost
from peerbench.wishes import LIMIT, Wish, WishTrial, wish_line, wish_summary
from peerbench.wishes import read as read_wishes


class Work(Protocol):
    """Numbered items, each of which becomes a line of results."""

    @property
    def names(self) -> list[str]:
        """The ids of the items."""

    def settings(self) -> dict[str, str]:
        """What decides the results, by option name."""

    def seconds(self) -> float:
        """After which an item should have given up."""

    def run(self, index: int, engine: Engine, encode: Encode) -> dict[str, Any]:
        """The result of an item."""

    def lost(self, index: int, hangs: bool, keyword: str, reason: str) -> dict[str, Any]:
        """The result of an item whose process gave no answer: it did not in time, or ended."""

    def summary(self, lines: list[dict[str, Any]]) -> dict[str, Any]:
        """Figures over all results."""


@dataclass(frozen=True)
class SchemaWork:
    """Schemas, as `bench maskbench` runs them."""

    lines: list[corpus.Line]
    text: str
    timeout: float

    @staticmethod
    def read(paths: list[Path], limit: int, text: str, timeout: float) -> SchemaWork:
        return SchemaWork(corpus.limited(corpus.read(paths), limit), text, timeout)

    @property
    def names(self) -> list[str]:
        return [line.id for line in self.lines]

    def settings(self) -> dict[str, str]:
        return {"--text": self.text}

    def seconds(self) -> float:
        return self.timeout

    def run(self, index: int, engine: Engine, encode: Encode) -> dict[str, Any]:
        try:
            item = self.lines[index].item(compact=self.text == "compact")
        except (ValueError, KeyError) as error:
            return lost(self.lines[index].id, "error", "unreadable", str(error))
        return Trial(engine, encode, item, self.timeout).run()

    def lost(self, index: int, hangs: bool, keyword: str, reason: str) -> dict[str, Any]:
        return lost(self.lines[index].id, "timeout" if hangs else "error", keyword, reason)

    def summary(self, lines: list[dict[str, Any]]) -> dict[str, Any]:
        return summary(lines)


@dataclass(frozen=True)
class CaseWork:
    """Hard cases, as `bench hard` runs them, or grammar files, as `bench grammars --grammars` does."""

    items: list[corpus.Item]
    runs: int
    timeout: float

    @staticmethod
    def read(folder: Path, limit: int, runs: int, timeout: float) -> CaseWork:
        return CaseWork(cases.read(folder)[:limit], runs, timeout)

    @staticmethod
    def of_grammars(texts: Path, versions: list[Path], engine: str, runs: int, timeout: float) -> CaseWork:
        return CaseWork(cases.read_grammars(texts, versions, engine), runs, timeout)

    @property
    def names(self) -> list[str]:
        return [item.id for item in self.items]

    def settings(self) -> dict[str, str]:
        return {"--runs": str(self.runs)}

    def seconds(self) -> float:
        return self.timeout * (self.runs + 2)

    def run(self, index: int, engine: Engine, encode: Encode) -> dict[str, Any]:
        return CaseTrial(engine, encode, self.items[index], self.runs, self.timeout).run()

    def lost(self, index: int, hangs: bool, keyword: str, reason: str) -> dict[str, Any]:
        return lost_case(self.items[index], "stopped" if hangs else "failed", keyword, reason)

    def summary(self, lines: list[dict[str, Any]]) -> dict[str, Any]:
        return case_summary(lines)


@dataclass(frozen=True)
class WishWork:
    """Texts that a simulated model would like to write, as `bench twoway` has them."""

    wishes: list[Wish]
    vocabulary: Vocabulary
    timeout: float

    @staticmethod
    def read(folder: Path, limit: int, vocabulary: Vocabulary, timeout: float) -> WishWork:
        return WishWork(read_wishes(folder)[:limit], vocabulary, timeout)

    @property
    def names(self) -> list[str]:
        return [wish.id for wish in self.wishes]

    def settings(self) -> dict[str, str]:
        return {"--tokens": str(LIMIT)}

    def seconds(self) -> float:
        return self.timeout

    def run(self, index: int, engine: Engine, encode: Encode) -> dict[str, Any]:
        return WishTrial(engine, encode, self.vocabulary, self.wishes[index], self.timeout).run()

    def lost(self, index: int, hangs: bool, keyword: str, reason: str) -> dict[str, Any]:
        return wish_line(self.wishes[index], "error", 0, 0, "")

    def summary(self, lines: list[dict[str, Any]]) -> dict[str, Any]:
        return wish_summary(lines)
