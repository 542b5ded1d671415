"""Answers of one writer to all prompts, as the Java class Answer reads them; it also judges them."""

from __future__ import annotations

import json
import resource
import time
from pathlib import Path
from typing import Any, Callable

from peerbench.engines.engine import CompileError, EngineError
from peerbench.progress import Progress
from peerbench.quality.prompts import Prompt, Prompts
from peerbench.quality.writer import Writer, Written
from peerbench.results import ResultsFile

_LOAD = "load.json"


def run(folder: Path, prompts: Prompts, load: Callable[[], Writer], settings: dict[str, str]) -> dict[str, Any]:
    """Loads the writer, writes what is not there yet, and returns the summary. Raises ValueError if the folder has other results."""
    start = time.perf_counter_ns()
    writer = load()
    nanos = time.perf_counter_ns() - start
    results = ResultsFile(folder, {**settings, **writer.settings(), "prompts": prompts.label}, summary, "tokens")
    asked = [(way, prompt) for way in writer.ways for prompt in prompts.all]
    for way in writer.ways:
        answer(writer, prompts.all[0], way)  # not counted: the start of threads and libraries is nobody's time
    progress = Progress(writer.name, len(asked))
    try:
        for way, prompt in asked:
            fresh = not results.has(_id(way, prompt))
            if fresh:
                results.add(answer(writer, prompt, way))
            progress.step(fresh)
    finally:
        progress.close()
    _write_load(folder, writer.name, nanos)
    return results.finish()


def _id(way: str, prompt: Prompt) -> str:
    return f"{way}/{prompt.id}"


def answer(writer: Writer, prompt: Prompt, way: str) -> dict[str, Any]:
    """One line. Times are of all threads of this process, and of the clock."""
    error = ""
    cpu = time.process_time_ns()
    start = time.perf_counter_ns()
    try:
        written = writer.write(prompt, way)
    except (CompileError, EngineError) as failure:
        written, error = Written("", 0), str(failure) or type(failure).__name__
    wall = time.perf_counter_ns() - start
    cpu = time.process_time_ns() - cpu
    line: dict[str, Any] = {
        "id": _id(way, prompt),
        "engine": writer.name,
        "way": way,
        "task": prompt.id,
        "kind": prompt.kind,
        "text": written.text,
        "error": error,
        "prompt_tokens": len(prompt.tokens),
        "tokens": written.tokens,
        "budget": prompt.budget,
        "cpu_us": cpu / 1000,
        "wall_us": wall / 1000,
    }
    if written.close_calls is not None:
        line["close_calls"] = written.close_calls
    return line


def summary(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """What needs no judge; `bench quality` says what is right."""
    seconds = sum(line["cpu_us"] for line in lines) / 1e6
    tokens = sum(line["tokens"] for line in lines)
    return {
        "answers": len(lines),
        "errors": sum(bool(line["error"]) for line in lines),
        "tokens": tokens,
        "tokens_a_cpu_second": round(tokens / seconds, 3) if seconds else 0,
    }


def _write_load(folder: Path, name: str, nanos: int) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    line = {"engine": name, "load_us": nanos / 1000, "peak_bytes": peak}
    (folder / _LOAD).write_text(json.dumps(line) + "\n", "utf-8")
