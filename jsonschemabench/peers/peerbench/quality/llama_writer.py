"""A GGUF file in llama.cpp, through llama-cpp-python, free or under the grammar that it makes of a JSON Schema."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

from llama_cpp import Llama, LlamaGrammar

from peerbench.engines.engine import CompileError
from peerbench.engines.errors import first_line, kind_of
from peerbench.quality.prompts import Prompt
from peerbench.quality.writer import FREE, MASKED, Written

_CONTEXT = 2048


class LlamaWriter:
    """The weights stay as the file has them. The cache is emptied before each prompt."""

    def __init__(self, file: Path, threads: int) -> None:
        self._model = Llama(
            model_path=str(file), n_ctx=_CONTEXT, n_threads=threads, n_threads_batch=threads, verbose=False
        )
        self.name = f"llama.cpp {file.stem.rpartition('.')[2]}"
        self.ways = (FREE, MASKED)
        self._threads = threads

    def settings(self) -> dict[str, str]:
        return {"llama-cpp-python": version("llama-cpp-python"), "threads": str(self._threads), "context": str(_CONTEXT)}

    def write(self, prompt: Prompt, way: str) -> Written:
        self._model.reset()
        completion = self._model.create_completion(
            prompt.tokens,
            max_tokens=prompt.budget,
            temperature=0.0,
            repeat_penalty=1.0,
            grammar=_grammar(prompt) if way == MASKED else None,
        )
        return Written(completion["choices"][0]["text"], completion["usage"]["completion_tokens"])


def _grammar(prompt: Prompt) -> LlamaGrammar:
    try:
        return LlamaGrammar.from_json_schema(json.dumps(prompt.schema), verbose=False)
    except Exception as error:  # whatever the converter makes of a schema that it does not know
        line = first_line(str(error)) or type(error).__name__
        raise CompileError(kind_of(line), line) from error
