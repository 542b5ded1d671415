"""outlines-core: a schema as one regular expression, its automaton run over the whole vocabulary when it is compiled."""

from __future__ import annotations

from functools import partial
from importlib.metadata import version

import numpy as np
from outlines_core import Guide, Index, Vocabulary
from outlines_core.json_schema import build_regex_from_schema

from peerbench.engines.engine import CompileError, Unsupported
from peerbench.engines.errors import first_line, kind_of
from peerbench.tokenizer import TokenizerFile


class OutlinesEngine:
    """All of its defaults: at most one space between tokens of JSON, three levels of recursion."""

    def __init__(self, tokenizer: TokenizerFile, variant: str, translate_gbnf: bool) -> None:
        if variant != "default":
            raise ValueError("outlines-core has one variant: default")
        self.name = "outlines-core"
        self.version = version("outlines-core")
        vocabulary = tokenizer.vocabulary()
        texts = vocabulary.texts()
        self._vocabulary = Vocabulary(vocabulary.end, texts)
        self._words = np.zeros((vocabulary.size() + 31) // 32, dtype=np.int32)

    def settings(self) -> dict[str, str]:
        return {"--variant": "default: whitespace_pattern [ ]?, max_recursion_depth 3"}

    def forget(self) -> None:
        """Nothing is kept between sources."""

    def compile(self, kind: str, source: str) -> OutlinesCompiled:
        try:
            return OutlinesCompiled(Index(self._expression(kind, source), self._vocabulary), self._words)
        except CompileError:
            raise
        except Exception as error:  # the binding raises ValueError, TypeError and others
            line = first_line(str(error)) or type(error).__name__
            raise CompileError(kind_of(line), line) from error

    def _expression(self, kind: str, source: str) -> str:
        if kind == "schema":
            return build_regex_from_schema(source)
        if kind == "regex":
            return source
        raise Unsupported(kind)


class OutlinesCompiled:
    def __init__(self, index: Index, words: np.ndarray) -> None:
        self._index = index
        self._words = words

    def reader(self) -> OutlinesReader:
        return OutlinesReader(Guide(self._index), self._words)


class OutlinesReader:
    def __init__(self, guide: Guide, words: np.ndarray) -> None:
        self._guide = guide
        self.bits = memoryview(words).cast("B")
        self.mask = partial(guide.write_mask_into, words.ctypes.data, words.size, words.itemsize)
        self.commit = partial(guide.advance, return_tokens=False)

    def allows(self, token: int) -> bool:
        return bool(self.bits[token >> 3] >> (token & 7) & 1)

    def accepting(self) -> bool:
        return self._guide.is_finished()

    def check(self) -> None:
        """Failures are raised by the calls themselves."""
