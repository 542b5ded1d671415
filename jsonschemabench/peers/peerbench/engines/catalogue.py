"""The engines by name; each is imported only when it is asked for."""

from __future__ import annotations

from peerbench.engines.engine import Engine
from peerbench.tokenizer import TokenizerFile

NAMES = ("llguidance", "xgrammar", "outlines-core")
FIRST_VARIANT = {"llguidance": "default", "xgrammar": "open", "outlines-core": "default"}


def make(name: str, variant: str, tokenizer: TokenizerFile, translate_gbnf: bool) -> Engine:
    """Raises ValueError if there is no such engine or variant, ImportError if it is not installed."""
    if name == "llguidance":
        from peerbench.engines.llguidance_engine import LlguidanceEngine

        return LlguidanceEngine(tokenizer, variant, translate_gbnf)
    if name == "xgrammar":
        from peerbench.engines.xgrammar_engine import XgrammarEngine

        return XgrammarEngine(tokenizer, variant, translate_gbnf)
    if name == "outlines-core":
        from peerbench.engines.outlines_engine import OutlinesEngine

        return OutlinesEngine(tokenizer, variant, translate_gbnf)
    raise ValueError(f"no engine {name}: there are {', '.join(NAMES)}")
