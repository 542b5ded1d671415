"""One hard case through an engine, as the Java class HardTrial does it: the least of several runs for each step."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from peerbench.corpus import Item
from peerbench.engines.engine import Compiled, CompileError, Engine, EngineError
from peerbench.histogram import LatencyHistogram
from peerbench.trial import Encode

_REPEATED_BELOW = 0.25
"""The share of the time for a case that its first run may take to be repeated."""


@dataclass
class Steps:
    """The nanoseconds of each step of a run, and where texts were refused: their numbers and tokens."""

    mask: list[int] = field(default_factory=list)
    commit: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    refused: list[tuple[int, int]] = field(default_factory=list)
    stopped: bool = False

    def least(self, other: Steps) -> Steps:
        """Each step's least, as far as both go."""
        mask = [min(pair) for pair in zip(self.mask, other.mask)]
        commit = [min(pair) for pair in zip(self.commit, other.commit)]
        shorter = self if len(self.mask) <= len(other.mask) else other
        return Steps(mask, commit, shorter.ends, shorter.refused, shorter.stopped)


class CaseTrial:
    """What becomes of one case; `run` is called once."""

    def __init__(self, engine: Engine, encode: Encode, item: Item, runs: int, seconds: float) -> None:
        self._engine = engine
        self._item = item
        self._texts = [encode(instance.text) for instance in item.instances]
        self._runs = runs
        self._seconds = seconds
        self._compile: list[int] = []
        self._first_mask: list[int] = []
        self._fresh = Steps()
        self._again = Steps()

    def run(self) -> dict[str, Any]:
        """A line of results."""
        try:
            self._all()
        except CompileError as error:
            return self._result("refused", error.keyword, str(error))
        except EngineError as error:
            return self._result("failed", "engine", str(error))
        except Exception as error:  # whatever a binding raises becomes part of the result
            return self._result("failed" if self._compile else "refused", type(error).__name__, str(error))
        if self._fresh.refused:
            where = ", ".join(f"{text} at token {token}" for text, token in self._fresh.refused)
            return self._result("failed", "text refused", f"texts refused, of {len(self._texts)}: {where}")
        if self._fresh.stopped:
            return self._result("stopped", "timeout", f"not all read within {self._seconds:g} s")
        return self._result("read", "", "")

    def _all(self) -> None:
        begun = time.monotonic()
        grammar, self._fresh = self._fresh_run()
        if time.monotonic() - begun < self._seconds * _REPEATED_BELOW:
            self._compile.clear()  # the first run warms up
            self._first_mask.clear()
            grammar, self._fresh = self._fresh_run()
            for _ in range(1, self._runs):
                grammar, steps = self._fresh_run()
                self._fresh = self._fresh.least(steps)
        self._again = self._read(grammar)

    def _fresh_run(self) -> tuple[Compiled, Steps]:
        self._engine.forget()
        start = time.perf_counter_ns()
        grammar = self._engine.compile(self._item.kind, self._item.source)
        ready = time.perf_counter_ns()
        reader = grammar.reader()
        reader.mask()
        first = time.perf_counter_ns()
        reader.check()
        self._compile.append(ready - start)
        self._first_mask.append(first - start)
        return grammar, self._read(grammar)

    def _read(self, grammar: Compiled) -> Steps:
        """Reads all texts as far as there is time."""
        steps = Steps()
        deadline = time.perf_counter_ns() + int(self._seconds * 1e9)
        for number, tokens in enumerate(self._texts):
            refused_at = self._read_text(grammar, tokens, steps, deadline)
            steps.ends.append(len(steps.mask))
            if steps.stopped:
                break
            if refused_at is not None:
                steps.refused.append((number, refused_at))
        return steps

    def _read_text(self, grammar: Compiled, tokens: list[int], steps: Steps, deadline: int) -> int | None:
        """Where the text was refused; None if it was read, or time is over."""
        reader = grammar.reader()
        clock = time.perf_counter_ns
        mask, commit = reader.mask, reader.commit
        for index, token in enumerate(tokens):
            before = clock()
            mask()
            masked = clock()
            reader.check()
            if not reader.allows(token):
                return index
            committing = clock()
            answer = commit(token)
            committed = clock()
            reader.check()
            if answer is False:
                raise EngineError(f"the mask allows token {index}, but reading it fails")
            steps.mask.append(masked - before)
            steps.commit.append(committed - committing)
            if committed > deadline:
                steps.stopped = True
                return None
        return None if reader.accepting() else len(tokens)

    def _result(self, end: str, keyword: str, reason: str) -> dict[str, Any]:
        return case_line(
            self._item,
            end,
            [{"pointer": "#", "keyword": keyword, "reason": reason[:1000]}] if keyword else [],
            min(self._compile, default=0),
            min(self._first_mask, default=0),
            self._fresh,
            self._again,
        )


def lost_case(item: Item, end: str, keyword: str, reason: str) -> dict[str, Any]:
    """The line of a case whose process ended: without times."""
    return case_line(item, end, [{"pointer": "#", "keyword": keyword, "reason": reason}], 0, 0, Steps(), Steps())


def case_line(
    item: Item,
    end: str,
    reasons: list[dict[str, str]],
    compile_nanos: int,
    first_mask_nanos: int,
    fresh: Steps,
    again: Steps,
) -> dict[str, Any]:
    mask, commit, known = _histogram(fresh.mask), _histogram(fresh.commit), _histogram(again.mask)
    return {
        "id": item.id,
        "kind": item.kind,
        "end": end,
        "reasons": reasons,
        "source_bytes": len(item.source.encode("utf-8", errors="surrogatepass")),
        "tokens": mask.count,
        "compile_us": compile_nanos / 1000,
        "first_mask_us": first_mask_nanos / 1000,
        "mask_us": mask.figures(),
        "commit_us": commit.figures(),
        "again_us": known.figures(),
        "growth": growth(fresh),
        "histograms": {"mask_ns": mask.to_json(), "commit_ns": commit.to_json(), "again_ns": known.to_json()},
    }


def growth(steps: Steps) -> float:
    """The mean step of the last quarter of the longest text over that of its second quarter; 0 of less than 16 tokens."""
    starts = [0, *steps.ends]
    start, end = max(zip(starts, steps.ends), key=lambda pair: pair[1] - pair[0], default=(0, 0))
    length = end - start
    if length < 16:
        return 0.0
    times = [mask + commit for mask, commit in zip(steps.mask[start:end], steps.commit[start:end])]
    quarter = length // 4
    return round(sum(times[-quarter:]) / max(1, sum(times[quarter : 2 * quarter])), 3)


def _histogram(times: list[int]) -> LatencyHistogram:
    histogram = LatencyHistogram()
    for nanos in times:
        histogram.add(nanos)
    return histogram


def case_summary(lines: list[dict[str, Any]]) -> dict[str, Any]:
    ends = {end: sum(line["end"] == end for line in lines) for end in ("read", "refused", "failed", "stopped")}
    return {"cases": len(lines), **ends}
