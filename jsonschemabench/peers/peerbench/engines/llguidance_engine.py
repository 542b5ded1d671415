"""llguidance: lexer derivatives and an Earley parser over a token trie, masks made when asked for."""

from __future__ import annotations

import json
import re
from functools import partial
from importlib.metadata import version

import numpy as np
from llguidance import LLMatcher, LLTokenizer

from peerbench.engines.engine import CompileError, EngineError, Unsupported
from peerbench.engines.errors import first_line, kind_of
from peerbench.tokenizer import TokenizerFile

_UNIMPLEMENTED = re.compile(r"Unimplemented keys: (\[.*?\])")


class LlguidanceEngine:
    """All of its defaults: flexible white space, declared order of members, errors for keywords that it does not have."""

    def __init__(self, tokenizer: TokenizerFile, variant: str, translate_gbnf: bool) -> None:
        if variant != "default":
            raise ValueError("llguidance has one variant: default")
        self.name = "llguidance"
        self.version = version("llguidance")
        self._translate_gbnf = translate_gbnf
        self._tokenizer = LLTokenizer(tokenizer.json, eos_token=tokenizer.vocabulary().end)

    def settings(self) -> dict[str, str]:
        return {
            "--variant": "default: whitespace_flexible, no lenient, default limits and slices",
            "--gbnf": "translated by llguidance.gbnf_to_lark" if self._translate_gbnf else "unsupported",
        }

    def forget(self) -> None:
        """Nothing is kept between sources."""

    def compile(self, kind: str, source: str) -> LlguidanceCompiled:
        matcher = LLMatcher(self._tokenizer, self._grammar(kind, source), log_level=0)
        if matcher.is_error():
            raise _refusal(matcher.get_error())
        return LlguidanceCompiled(matcher, self._tokenizer.vocab_size)

    def _grammar(self, kind: str, source: str) -> str:
        if kind == "schema":
            try:
                return LLMatcher.grammar_from_json_schema(source)
            except ValueError as error:
                raise CompileError("invalid", str(error)) from error
        if kind == "regex":
            return LLMatcher.grammar_from_regex(source)
        if kind == "lark":
            return LLMatcher.grammar_from_lark(source)
        if kind == "gbnf" and self._translate_gbnf:
            from llguidance.gbnf_to_lark import gbnf_to_lark

            return LLMatcher.grammar_from_lark(gbnf_to_lark(source))
        raise Unsupported(kind)


class LlguidanceCompiled:
    """A matcher that is set back for each text, so that its lexer's states stay from text to text."""

    def __init__(self, matcher: LLMatcher, vocab_size: int) -> None:
        self._matcher = matcher
        self._words = np.zeros((vocab_size + 31) // 32, dtype=np.int32)
        self._fresh = True

    def reader(self) -> LlguidanceReader:
        if not self._fresh and not self._matcher.reset():
            raise EngineError(first_line(self._matcher.get_error()))
        self._fresh = False
        return LlguidanceReader(self._matcher, self._words)


class LlguidanceReader:
    def __init__(self, matcher: LLMatcher, words: np.ndarray) -> None:
        self._matcher = matcher
        self.bits = memoryview(words).cast("B")
        self.mask = partial(matcher.unsafe_compute_mask_ptr, words.ctypes.data, words.nbytes)
        self.commit = matcher.consume_token

    def allows(self, token: int) -> bool:
        return bool(self.bits[token >> 3] >> (token & 7) & 1)

    def accepting(self) -> bool:
        return self._matcher.is_accepting()

    def check(self) -> None:
        if self._matcher.is_error():
            raise EngineError(first_line(self._matcher.get_error()))


def _refusal(message: str) -> CompileError:
    line = first_line(message)
    keys = _UNIMPLEMENTED.search(line)
    if keys:
        return CompileError(", ".join(json.loads(keys.group(1))), line)
    return CompileError(kind_of(line), line)
