"""What a run asks of a model under an engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, Sequence

from peerbench.quality.prompts import Prompt

FREE = "free"
"""The way without a constraint."""

MASKED = "masked"
"""The way under the schema."""


@dataclass(frozen=True)
class Written:
    """A text, and how many tokens were written for it, the end not counted.

    close_calls: where another token came close to the likeliest: begin and end of the token in the text, and the gap of their logits.
    """

    text: str
    tokens: int
    close_calls: list[dict[str, float]] | None = None


class Writer(Protocol):
    """A loaded model with an engine. It takes the likeliest token that may come, always."""

    name: str
    """What its answers are listed under: the engine, with the precision of the weights."""

    ways: Sequence[str]
    """In which ways it writes: FREE, MASKED or both."""

    def settings(self) -> dict[str, str]:
        """Versions, and what was chosen where there is a choice."""

    def write(self, prompt: Prompt, way: str) -> Written:
        """Writes an answer. Raises CompileError or EngineError if the engine gives up."""
