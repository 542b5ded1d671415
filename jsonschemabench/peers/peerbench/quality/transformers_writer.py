"""A GGUF file in transformers, free or under the masks of an engine that makes them token by token."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Callable

import numpy as np
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from peerbench.engines.engine import Engine, EngineError, Reader
from peerbench.quality.prompts import Prompt
from peerbench.quality.writer import FREE, MASKED, Written
from peerbench.tokenizer import TokenizerFile

_CLOSE = 0.01
"""Logits of the two best tokens that differ by less are noted: their order may depend on roundings."""

PRECISIONS = {"f32": torch.float32, "bf16": torch.bfloat16}


class TransformersWriter:
    """A plain greedy loop with a cache: less around the forward passes than `generate` has."""

    def __init__(self, file: Path, precision: str, make: Callable[[TokenizerFile], Engine] | None) -> None:
        """make: the engine for the model's tokenizer; None writes freely."""
        self._model = AutoModelForCausalLM.from_pretrained(
            str(file.parent), gguf_file=file.name, dtype=PRECISIONS[precision]
        ).eval()
        self._tokenizer = AutoTokenizer.from_pretrained(str(file.parent), gguf_file=file.name)
        end = self._tokenizer.eos_token
        self._end = self._tokenizer.eos_token_id
        source = self._tokenizer.backend_tokenizer.to_str()
        self._engine = make(TokenizerFile(source, file.name, end)) if make else None
        self._precision = precision
        self.name = f"{self._engine.name if self._engine else 'transformers'} {precision}"
        self.ways = (MASKED,) if self._engine else (FREE,)

    def settings(self) -> dict[str, str]:
        known = {"transformers": version("transformers"), "torch": torch.__version__, "threads": str(torch.get_num_threads())}
        if self._engine:
            known |= {"engine": f"{self._engine.name} {self._engine.version}", **self._engine.settings()}
        return known

    def write(self, prompt: Prompt, way: str) -> Written:
        reader = self._engine.compile("schema", json.dumps(prompt.schema)).reader() if self._engine else None
        with torch.inference_mode():
            tokens, gaps = self._tokens(prompt, reader)
        close = None if reader else [self._close_call(tokens, place, gap) for place, gap in gaps.items()]
        return Written(self._text(tokens), len(tokens), close)

    def _text(self, tokens: list[int]) -> str:
        return self._tokenizer.decode(tokens, skip_special_tokens=False)

    def _close_call(self, tokens: list[int], place: int, gap: float) -> dict[str, float]:
        start = len(self._text(tokens[:place]))
        return {"from": start, "to": max(start + 1, len(self._text(tokens[: place + 1]))), "gap": gap}

    def _tokens(self, prompt: Prompt, reader: Reader | None) -> tuple[list[int], dict[int, float]]:
        """The tokens, and for the index of each that another one came close to, the gap of their logits."""
        tokens: list[int] = []
        gaps: dict[int, float] = {}
        pending = torch.tensor([prompt.tokens])
        cache = None
        while len(tokens) < prompt.budget:
            result = self._model(input_ids=pending, past_key_values=cache, use_cache=True, logits_to_keep=1)
            cache = result.past_key_values
            token = self._chosen(result.logits[0, -1], reader)
            if reader is None:
                best = result.logits[0, -1].topk(2).values
                if best[0] - best[1] < _CLOSE:
                    gaps[len(tokens)] = float(best[0] - best[1])
            if token == self._end:
                break
            tokens.append(token)
            if reader and not _read(reader, token):
                break
            pending = torch.tensor([[token]])
        return tokens, gaps

    def _chosen(self, logits: torch.Tensor, reader: Reader | None) -> int:
        if reader:
            reader.mask()
            reader.check()
            allowed = np.unpackbits(np.frombuffer(reader.bits, dtype=np.uint8), bitorder="little")[: len(logits)]
            logits = logits.masked_fill(torch.from_numpy(allowed) == 0, float("-inf"))
        return int(logits.argmax())


def _read(reader: Reader, token: int) -> bool:
    """Commits a token that the mask allows; whether the engine goes on."""
    if not reader.allows(token):
        raise EngineError("the mask allows no token")
    agreed = reader.commit(token)
    reader.check()
    return agreed is not False
