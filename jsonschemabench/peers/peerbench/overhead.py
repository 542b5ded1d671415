"""What a timed call costs when there is nothing in it: a floor under all times of a run."""

from __future__ import annotations

import os
import time
from functools import partial

from peerbench.engines.engine import CompileError, Engine, EngineError
from peerbench.histogram import LatencyHistogram

_ROUNDS = 20_000
_WARM_SCHEMA = '{"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "array"}}}'
WARM_TEXTS = ('{"a": 1, "b": ["x", {"y": null}, 2.5, true]}', '{"a": -20, "b": []}')


def empty_call() -> LatencyHistogram:
    """Two readings of the clock around a call of a partial of a built-in function that does nothing."""
    nothing = partial(isinstance, 0, int)
    histogram = LatencyHistogram()
    clock = time.perf_counter_ns
    for _ in range(_ROUNDS):
        before = clock()
        nothing()
        after = clock()
        histogram.add(after - before)
    return histogram


def describe() -> str:
    """In words, for the settings of a run."""
    histogram = empty_call()
    return (
        f"empty timed call: mean {histogram.mean():.0f} ns, p50 {histogram.percentile(50)} ns,"
        f" p99 {histogram.percentile(99)} ns; load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
    )


def warm_up(engine: Engine, encode_all: list[list[int]]) -> None:
    """Reads some texts under a small schema some times, so that no time is a first touch of the engine's code and tables."""
    try:
        compiled = engine.compile("schema", _WARM_SCHEMA)
        for _ in range(5):
            for tokens in encode_all:
                reader = compiled.reader()
                for token in tokens:
                    reader.mask()
                    if not reader.allows(token):
                        break
                    reader.commit(token)
    except (CompileError, EngineError):
        return
