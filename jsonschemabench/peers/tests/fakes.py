"""An engine that reads one word, letter by letter, each letter being a token."""

from __future__ import annotations

import os
import signal
import time

from peerbench.engines.engine import CompileError, EngineError


class WordEngine:
    """Its sources say what it does: `word`, or `refuse`, `raise`, `die`, `hang`, `fail`, `disagree`."""

    name = "word"
    version = "1"

    def settings(self) -> dict[str, str]:
        return {}

    def forget(self) -> None:
        """Nothing is kept."""

    def compile(self, kind: str, source: str) -> WordCompiled:
        if source == "refuse":
            raise CompileError("refused for", "a reason")
        if source == "raise":
            raise RuntimeError("no reason")
        if source == "die":
            os.kill(os.getpid(), signal.SIGSEGV)
        if source == "hang":
            time.sleep(600)
        return WordCompiled(source)


class WordCompiled:
    def __init__(self, word: str) -> None:
        self._word = word

    def reader(self) -> WordReader:
        return WordReader(self._word)


class WordReader:
    def __init__(self, word: str) -> None:
        self._word = word
        self._at = 0
        self.mask = lambda: None
        self.commit = self._commit

    def _commit(self, token: int) -> bool:
        self._at += 1
        return self._word != "disagree"

    def allows(self, token: int) -> bool:
        return self._at < len(self._word) and ord(self._word[self._at]) == token

    def accepting(self) -> bool:
        return self._at == len(self._word)

    def check(self) -> None:
        if self._word == "fail" and self._at == 2:
            raise EngineError("too complex")
