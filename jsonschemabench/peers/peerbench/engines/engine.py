"""What the protocol asks of an engine."""

from __future__ import annotations

from typing import Callable, Protocol


class CompileError(Exception):
    """The engine refuses a source.

    keyword: what stands in its way, or the kind of error, for counting.
    """

    def __init__(self, keyword: str, message: str) -> None:
        super().__init__(message)
        self.keyword = keyword


class Unsupported(CompileError):
    """The engine has no way to read a source of this kind."""

    def __init__(self, kind: str) -> None:
        super().__init__("unsupported", f"this engine reads no {kind}")


class EngineError(Exception):
    """The engine gave up after it had compiled."""


class Reader(Protocol):
    """One text being read. `mask` and `commit` are what is timed: calls of the engine without Python around them."""

    mask: Callable[[], object]
    """Makes the mask of the next token in the engine's buffer, which is there before."""

    commit: Callable[[int], object]
    """Reads a token that the mask allows."""

    bits: memoryview
    """The last mask: bit `i & 7` of byte `i >> 3` for token `i`."""

    def allows(self, token: int) -> bool:
        """Whether the last mask allows a token."""

    def accepting(self) -> bool:
        """Whether the text may end here."""

    def check(self) -> None:
        """Raises EngineError if the last call failed without saying so."""


class Compiled(Protocol):
    """A source that was compiled."""

    def reader(self) -> Reader:
        """At the beginning of a new text."""


class Engine(Protocol):
    """An engine with one tokenizer. Made once; what it caches between sources by default, it keeps."""

    name: str
    version: str

    def settings(self) -> dict[str, str]:
        """What was chosen where the engine has a choice, by option name."""

    def forget(self) -> None:
        """Empties what is cached between sources."""

    def compile(self, kind: str, source: str) -> Compiled:
        """From text to a grammar from which readers can be had. Raises CompileError."""
