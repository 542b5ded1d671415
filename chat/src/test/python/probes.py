"""Writes the small templates of ProbesTest with jinja2's text for each.

    python3 -m venv jinja && jinja/bin/pip install jinja2==3.1.6
    jinja/bin/python chat/src/test/python/probes.py chat/src/test/resources/dev/espalier/chat/probes.jsonl.gz
"""

import gzip
import re
import sys

from probe_list import CONTEXT, PROBES
from reference import case


def parts(line):
    """The outputs of a line by themselves, so that one that fails hides no other."""
    return [line] if "{%" in line or "\n" in line else re.split(r"(?<=}}) (?={{)", line)


if __name__ == "__main__":
    lines = [
        case(f"{group} {i}", template, CONTEXT)
        for group, all in PROBES.items()
        for i, template in enumerate(part for line in all for part in parts(line))
    ]
    with gzip.GzipFile(sys.argv[1], "wb", mtime=0) as out:
        out.write(("\n".join(lines) + "\n").encode())
    print(len(lines), "probes")
