"""Messages of engines, shortened for counting."""

from __future__ import annotations

import re

_PLACE = re.compile(r"^\[[0-9:]+\] \S+?:[0-9]+: ")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|`[^`]*`")
_NUMBER = re.compile(r"[0-9]+")
_MORE = re.compile(r"[:.] ")
_LONGEST = 80


def first_line(message: str) -> str:
    """The first line, without the time and source line that some engines begin it with."""
    return _PLACE.sub("", message.strip().split("\n", 1)[0])


def kind_of(line: str) -> str:
    """An error without what differs from schema to schema: quoted parts, numbers, and all that follows a colon or full stop."""
    kind = _NUMBER.sub("N", _QUOTED.sub("…", line))
    return _MORE.split(kind, maxsplit=1)[0].strip()[:_LONGEST]
