"""results.jsonl and settings.json, as the Java classes ResultsFile and Settings keep them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Callable

NAME = "results.jsonl"
SETTINGS = "settings.json"
Summary = Callable[[list[dict[str, Any]]], dict[str, Any]]


class ResultsFile:
    """Grows by a line a result, so that a run that was stopped goes on where it was."""

    def __init__(self, folder: Path, settings: dict[str, str], summary: Summary, member: str = "histograms") -> None:
        """member: what every whole line has. Raises ValueError if the folder has results of other settings."""
        self._member = member
        self._summary = summary
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / NAME
        self._lines: dict[str, dict[str, Any]] = {}
        _claim(folder, settings)
        if self._path.exists():
            for row in self._path.read_bytes().split(b"\n"):
                self._take(row)
        self._replace([self._lines[name] for name in sorted(self._lines)])
        self._out = self._path.open("a", encoding="utf-8")

    def _take(self, row: bytes) -> None:
        try:
            line = json.loads(row)
        except ValueError:  # cut off, or not UTF-8
            return
        if isinstance(line, dict) and "id" in line and self._member in line:
            self._lines[line["id"]] = line

    def has(self, name: str) -> bool:
        return name in self._lines

    def add(self, line: dict[str, Any]) -> None:
        self._lines[line["id"]] = line
        self._out.write(_text(line) + "\n")
        self._out.flush()

    def finish(self) -> dict[str, Any]:
        """Puts the lines in the order of their ids, with the summary, which is also the answer, as the last."""
        self._out.close()
        ordered = [self._lines[name] for name in sorted(self._lines)]
        figures = self._summary(ordered)
        self._replace([*ordered, {"summary": figures}])
        return figures

    def _replace(self, lines: list[dict[str, Any]]) -> None:
        new = self._path.with_name(NAME + ".new")
        with new.open("w", encoding="utf-8") as out:
            for line in lines:
                out.write(_text(line) + "\n")
        os.replace(new, self._path)


def _text(line: dict[str, Any]) -> str:
    """One line of JSON; halves of surrogate pairs, which UTF-8 does not have, as escapes."""
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text)


def _claim(folder: Path, settings: dict[str, str]) -> None:
    file = folder / SETTINGS
    if file.exists():
        before = json.loads(file.read_text("utf-8"))
        for name, value in settings.items():
            if before.get(name, "") != value and not name.startswith("measured"):
                raise ValueError(
                    f"{folder} has results of a run with {name} {before.get(name, '')}, not {value}:"
                    " name another folder, or delete this one"
                )
        return
    if (folder / NAME).exists():
        raise ValueError(f"{folder} has results, but no {SETTINGS} that says what they are of")
    file.write_text(json.dumps(settings, ensure_ascii=False) + "\n", "utf-8")
