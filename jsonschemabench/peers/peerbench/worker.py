"""A process that runs one item after another, so that an engine that hangs or breaks its process costs one result."""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Callable

Run = Callable[[int], dict[str, Any]]
Lost = Callable[[int, bool, str, str], dict[str, Any]]


class Worker:
    """A fork of this process, made again when it has ended: what was loaded before, the engine above all, is there at once."""

    GRACE = 5.0
    """Seconds that a process may take beyond those in which it should give up by itself."""

    def __init__(
        self, *, run: Run, lost: Lost, warm_up: Callable[[], None], seconds: float, memory: int, log: Path
    ) -> None:
        """
        run: makes the result of an item by its index. lost: the result where there is no answer: of which item, whether
        it hangs, a keyword and a reason. warm_up: what a new process does first. seconds: after which `run` itself should
        give up. memory: bytes that the process may have beyond those at its start. log: where what the engine says on
        stderr is added.
        """
        self._run = run
        self._lost = lost
        self._warm_up = warm_up
        self._seconds = seconds
        self._memory = memory
        self._log = log
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._used = False
        self._death = ""

    def result(self, index: int) -> dict[str, Any]:
        """The result of an item. One whose process broke is tried once more in a process of its own, if this had run others."""
        tried_alone = not self._used
        line = self._attempt(index)
        if line is None and not tried_alone:
            line = self._attempt(index)
        if line is None:
            return self._lost(index, False, self._death, f"the process ended: {self._death}")
        if line == {}:
            return self._lost(index, True, "timeout", f"no answer within {self._seconds + self.GRACE:g} s")
        return line

    def _attempt(self, index: int) -> dict[str, Any] | None:
        """The result; empty if there was none in time; None if the process ended."""
        if self._process is None or self._pipe is None:
            self._start()
        assert self._process is not None and self._pipe is not None
        self._used = True
        try:
            self._pipe.send(index)
            if self._pipe.poll(self._seconds + self.GRACE):
                return self._pipe.recv()
        except (EOFError, OSError):
            self._process.join(self.GRACE)
            self._death = _death(self._process.exitcode)
            self.close()
            return None
        self.close()
        return {}

    def _start(self) -> None:
        fork = multiprocessing.get_context("fork")
        mine, theirs = fork.Pipe()
        self._process = fork.Process(target=self._serve, args=(theirs, mine), daemon=True)
        self._process.start()
        theirs.close()
        self._pipe = mine
        self._used = False
        if not mine.poll(120):
            raise RuntimeError("the engine's process does not get warm")
        mine.recv()

    def _serve(self, pipe: Connection, parents: Connection) -> None:
        parents.close()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        with self._log.open("ab") as log:
            os.dup2(log.fileno(), 2)
        _limit_memory(self._memory)
        self._warm_up()
        gc.collect()
        gc.freeze()
        gc.disable()
        pipe.send("warm")
        while True:
            try:
                index = pipe.recv()
            except EOFError:
                return
            pipe.send(self._run(index))
            gc.collect()

    def close(self) -> None:
        """Ends the process, whatever it is doing."""
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._process = self._pipe = None


def _death(code: int | None) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit {code}"


def _limit_memory(more: int) -> None:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0]) if Path("/proc/self/statm").exists() else 0
    limit = pages * resource.getpagesize() + more
    if pages:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
