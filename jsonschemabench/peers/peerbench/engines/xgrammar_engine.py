"""xgrammar: an Earley parser over byte automata, the masks of all their states made when a grammar is compiled."""

from __future__ import annotations

from functools import partial
from importlib.metadata import version
from typing import Any

import numpy as np
import xgrammar
from tokenizers import Tokenizer
from transformers import PreTrainedTokenizerFast

from peerbench.engines.engine import CompileError, Unsupported
from peerbench.engines.errors import first_line, kind_of
from peerbench.tokenizer import TokenizerFile

VARIANTS: dict[str, dict[str, Any]] = {
    "open": {"any_whitespace": True, "strict_mode": False, "any_order": False},
    "default": {"any_whitespace": True, "strict_mode": True, "any_order": False},
    "any-order": {"any_whitespace": True, "strict_mode": False, "any_order": True},
}
"""`open` takes properties and items that a schema does not name, as JSON Schema does; all else is as by default."""

_CACHE_BYTES = 2 << 30


class XgrammarEngine:
    """One thread, its cache between schemas on as by default, but bounded so that a long run ends."""

    def __init__(self, tokenizer: TokenizerFile, variant: str, translate_gbnf: bool) -> None:
        if variant not in VARIANTS:
            raise ValueError(f"xgrammar's variants are {', '.join(VARIANTS)}, not {variant}")
        self.name = "xgrammar" if variant == "open" else f"xgrammar {variant}"
        self.version = version("xgrammar")
        self._variant = variant
        fast = PreTrainedTokenizerFast(tokenizer_object=Tokenizer.from_str(tokenizer.json))
        vocabulary = tokenizer.vocabulary()
        info = xgrammar.TokenizerInfo.from_huggingface(
            fast, vocab_size=vocabulary.size(), stop_token_ids=[vocabulary.end]
        )
        self._compiler = xgrammar.GrammarCompiler(info, max_threads=1, cache_limit_bytes=_CACHE_BYTES)
        self._words = np.zeros((1, (info.vocab_size + 31) // 32), dtype=np.int32)

    def settings(self) -> dict[str, str]:
        chosen = ", ".join(f"{name}={value}" for name, value in VARIANTS[self._variant].items())
        return {"--variant": f"{self._variant}: {chosen}, max_threads=1, cache of at most 2 GiB"}

    def forget(self) -> None:
        self._compiler.clear_cache()

    def compile(self, kind: str, source: str) -> XgrammarCompiled:
        try:
            return XgrammarCompiled(self._grammar(kind, source), self._words)
        except CompileError:
            raise
        except Exception as error:  # whatever the binding makes of a failed check
            line = first_line(str(error)) or type(error).__name__
            raise CompileError(kind_of(line), line) from error

    def _grammar(self, kind: str, source: str) -> xgrammar.CompiledGrammar:
        if kind == "schema":
            return self._compiler.compile_json_schema(source, **VARIANTS[self._variant])
        if kind == "gbnf":
            return self._compiler.compile_grammar(source)
        if kind == "lark":
            return self._compiler.compile_lark(source)
        if kind == "regex":
            return self._compiler.compile_regex(source)
        raise Unsupported(kind)


class XgrammarCompiled:
    def __init__(self, grammar: xgrammar.CompiledGrammar, words: np.ndarray) -> None:
        self._grammar = grammar
        self._words = words

    def reader(self) -> XgrammarReader:
        return XgrammarReader(xgrammar.GrammarMatcher(self._grammar), self._words)


class XgrammarReader:
    def __init__(self, matcher: xgrammar.GrammarMatcher, words: np.ndarray) -> None:
        self._matcher = matcher
        self.bits = memoryview(words).cast("B")
        self.mask = partial(matcher.fill_next_token_bitmask, words)
        self.commit = matcher.accept_token

    def allows(self, token: int) -> bool:
        return bool(self.bits[token >> 3] >> (token & 7) & 1)

    def accepting(self) -> bool:
        return self._matcher.is_completed()

    def check(self) -> None:
        """Failures are raised by the calls themselves."""
