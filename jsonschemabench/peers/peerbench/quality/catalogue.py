"""The writers by the name of their engine; each is imported only when it is asked for."""

from __future__ import annotations

from pathlib import Path

from peerbench.engines import catalogue
from peerbench.quality.writer import Writer

NAMES = ("transformers", "llguidance", "xgrammar", "llama.cpp")


def load(engine: str, variant: str | None, file: Path, precision: str, threads: int) -> Writer:
    """Loads the model. Raises ValueError if there is no such engine, ImportError if it is not installed."""
    if engine == "llama.cpp":
        from peerbench.quality.llama_writer import LlamaWriter

        return LlamaWriter(file, threads)
    if engine not in NAMES:
        raise ValueError(f"no model runs under {engine}: there are {', '.join(NAMES)}")
    import torch

    from peerbench.quality.transformers_writer import TransformersWriter

    torch.set_num_threads(threads)
    if engine == "transformers":
        return TransformersWriter(file, precision, None)
    chosen = variant or catalogue.FIRST_VARIANT[engine]
    return TransformersWriter(file, precision, lambda tokenizer: catalogue.make(engine, chosen, tokenizer, False))
