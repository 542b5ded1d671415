"""Writes categories.txt: the general categories of code points that Java 17's Unicode (13) does not have, as the library tokenizers has them.

    java Unassigned.java > unassigned.txt && python categories.py unassigned.txt

Unassigned.java prints every code point whose Character.getType is 0, one on a line.
"""

import pathlib
import sys

from tokenizers import Regex, pre_tokenizers

HERE = pathlib.Path(__file__).parent
TARGET = HERE.parents[1] / "main/resources/dev/espalier/mask/pattern/categories.txt"
CATEGORIES = "Lu Ll Lt Lm Lo Mn Me Mc Nd Nl No Pd Ps Pe Pc Po Sm Sc Sk So Pi Pf Cf Zs".split()


def main():
    unassigned = [int(line) for line in open(sys.argv[1])]
    found = {}
    for category in CATEGORIES:
        members = pre_tokenizers.Split(Regex(rf"[\p{{{category}}}]+"), "removed", invert=True)
        for i in range(0, len(unassigned), 4096):
            for word, _ in members.pre_tokenize_str("".join(map(chr, unassigned[i : i + 4096]))):
                found.update((ord(c), category) for c in word)
    ranges = []
    for c, category in sorted(found.items()):
        if ranges and ranges[-1][1] == c - 1 and ranges[-1][2] == category:
            ranges[-1][1] = c
        else:
            ranges.append([c, c, category])
    TARGET.write_text("".join(f"{category} {first:x} {last:x}\n" for first, last, category in ranges))


if __name__ == "__main__":
    main()
