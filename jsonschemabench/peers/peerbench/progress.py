"""A bar where diagnostics go to a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time

_WIDTH = 32
_SECONDS_BETWEEN_LINES = 60.0


class Progress:
    def __init__(self, task: str, steps: int) -> None:
        self._task = task
        self._steps = max(1, steps)
        self._done = 0
        self._measured = 0
        self._start = time.monotonic()
        self._shown = self._start
        self._terminal = sys.stderr.isatty()

    def step(self, measured: bool = True) -> None:
        """One more is done; `measured` unless its result was there before."""
        self._done += 1
        self._measured += measured
        now = time.monotonic()
        if now - self._shown >= (0.2 if self._terminal else _SECONDS_BETWEEN_LINES) or self._done == self._steps:
            self._shown = now
            self._show(now - self._start)

    def _show(self, seconds: float) -> None:
        rate = self._measured / seconds if seconds else 0.0
        left = f", {_clock((self._steps - self._done) / rate)} left" if rate else ""
        text = f"{self._task} {self._done}/{self._steps} {_clock(seconds)}{left}"
        if self._terminal:
            full = _WIDTH * self._done // self._steps
            text = f"\r[{'#' * full}{' ' * (_WIDTH - full)}] {text}\x1b[K"
        print(text, end="" if self._terminal else "\n", file=sys.stderr, flush=True)

    def close(self) -> None:
        if self._terminal:
            print(file=sys.stderr)


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
