"""One schema or case through an engine: the timing points of the Java class SchemaTrial."""

from __future__ import annotations

import time
from typing import Any, Callable

from peerbench.corpus import Instance, Item, dataset_of
from peerbench.engines.engine import CompileError, Engine, EngineError, Reader
from peerbench.histogram import LatencyHistogram

Encode = Callable[[str], list[int]]


class OutOfTime(Exception):
    """Past the time for one schema."""


class Trial:
    """What becomes of one item; `run` is called once."""

    def __init__(self, engine: Engine, encode: Encode, item: Item, seconds: float) -> None:
        self._engine = engine
        self._encode = encode
        self._item = item
        self._seconds = seconds
        self._mask = LatencyHistogram()
        self._commit = LatencyHistogram()
        self._step = LatencyHistogram()
        self._tests: list[dict[str, Any]] = []
        self._status = "compiled"
        self._reasons: list[dict[str, str]] = []
        self._compile_nanos = 0
        self._first_mask_nanos = 0
        self._deadline = 0

    def run(self) -> dict[str, Any]:
        """A line of results."""
        compiled = False
        start = time.perf_counter_ns()
        self._deadline = start + int(self._seconds * 1e9)
        try:
            grammar = self._engine.compile(self._item.kind, self._item.source)
            self._compile_nanos = time.perf_counter_ns() - start
            compiled = True
            reader = grammar.reader()
            reader.mask()
            self._first_mask_nanos = time.perf_counter_ns() - start
            reader.check()
            for instance in self._item.instances:
                tokens = self._encode(instance.text)
                self._tests.append(self._read(grammar.reader(), instance, tokens))
        except CompileError as error:
            self._fail("refused", error.keyword, str(error))
        except OutOfTime as error:
            self._fail("timeout", "timeout", str(error))
        except EngineError as error:
            self._fail("error", "engine", str(error))
        except Exception as error:  # whatever a binding raises becomes part of the result
            self._fail("error" if compiled else "refused", type(error).__name__, str(error))
        return self._result()

    def _read(self, reader: Reader, instance: Instance, tokens: list[int]) -> dict[str, Any]:
        clock = time.perf_counter_ns
        mask, commit = reader.mask, reader.commit
        for index, token in enumerate(tokens):
            before = clock()
            mask()
            masked = clock()
            reader.check()
            if not reader.allows(token):
                self._add(masked - before, 0)
                return _test(instance, tokens, index)
            committing = clock()
            answer = commit(token)
            committed = clock()
            self._add(masked - before, committed - committing)
            reader.check()
            if answer is False:
                raise EngineError(f"the mask allows token {index}, but reading it fails")
            if committed > self._deadline:
                raise OutOfTime(f"past the time for one schema after token {index}")
        return _test(instance, tokens, None if reader.accepting() else len(tokens))

    def _add(self, mask: int, commit: int) -> None:
        self._mask.add(mask)
        self._commit.add(commit)
        self._step.add(mask + commit)

    def _fail(self, status: str, keyword: str, reason: str) -> None:
        self._status = status
        self._reasons = [{"pointer": "#", "keyword": keyword, "reason": reason[:1000]}]

    def _result(self) -> dict[str, Any]:
        return {
            **head(self._item.id, self._item.dataset, self._status, self._reasons),
            "schema_bytes": len(self._item.source.encode("utf-8", errors="surrogatepass")),
            "compile_us": self._compile_nanos / 1000,
            "first_mask_us": self._first_mask_nanos / 1000,
            "masks": self._mask.count,
            "trie_nodes": 0,
            "mask_us": self._mask.figures(),
            "commit_us": self._commit.figures(),
            "step_us": self._step.figures(),
            "histograms": {
                "mask_ns": self._mask.to_json(),
                "commit_ns": self._commit.to_json(),
                "step_ns": self._step.to_json(),
            },
            "tests": self._tests,
        }


def _test(instance: Instance, tokens: list[int], rejected_at: int | None) -> dict[str, Any]:
    return {
        "valid": instance.valid,
        "accepted": rejected_at is None,
        "tokens": len(tokens),
        "rejected_at": rejected_at,
    }


def head(name: str, dataset: str, status: str, reasons: list[dict[str, str]]) -> dict[str, Any]:
    """How each line begins."""
    return {"id": name, "dataset": dataset, "status": status, "reasons": reasons, "checked_at_end": []}


def lost(name: str, status: str, keyword: str, reason: str) -> dict[str, Any]:
    """The line of an item whose process ended, or that cannot be read: without times."""
    nothing = LatencyHistogram()
    return {
        **head(name, dataset_of(name), status, [{"pointer": "#", "keyword": keyword, "reason": reason}]),
        "schema_bytes": 0,
        "compile_us": 0.0,
        "first_mask_us": 0.0,
        "masks": 0,
        "trie_nodes": 0,
        "mask_us": nothing.figures(),
        "commit_us": nothing.figures(),
        "step_us": nothing.figures(),
        "histograms": {"mask_ns": nothing.to_json(), "commit_ns": nothing.to_json(), "step_ns": nothing.to_json()},
        "tests": [],
    }
