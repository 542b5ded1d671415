"""Writes texts.txt: blocks of code points and pieces of text, of which the tests put their texts together."""

import pathlib

HERE = pathlib.Path(__file__).parent
BLOCKS = [(0x20, 0x7E)] * 6 + [
    (0xA0, 0x17F), (0x250, 0x36F), (0x391, 0x3A1), (0x3A3, 0x3FF), (0x400, 0x4FF), (0x5D0, 0x5EA), (0x610, 0x6FF),
    (0x901, 0x939), (0xE01, 0xE3A), (0x10D0, 0x10F0), (0x1100, 0x11FF), (0x1E00, 0x1EFF), (0x2000, 0x2027), (0x2030, 0x205E),
    (0x2070, 0x2071), (0x2074, 0x208E), (0x2100, 0x2188), (0x2190, 0x23FA), (0x2460, 0x27BF), (0x2C60, 0x2DFF - 0x20),
    (0x3000, 0x303F), (0x3041, 0x3096), (0x30A0, 0x30FF), (0x3400, 0x3500), (0x4E00, 0x9FA5), (0xA640, 0xA69D),
    (0xAC00, 0xD7A3), (0xE000, 0xE0FF), (0xF900, 0xFA6D), (0xFB00, 0xFB06), (0xFE20, 0xFE2F), (0xFF01, 0xFFBE),
    (0x10000, 0x1000B), (0x10400, 0x1049D), (0x1D400, 0x1D454), (0x1D7CE, 0x1D7FF), (0x1F300, 0x1F5FF), (0x1F600, 0x1F64F),
    (0x1F910, 0x1F91E), (0x20000, 0x20100), (0xE0100, 0xE01EF), (0x10FF00, 0x10FFFD), (0x0, 0x1F), (0x7F, 0x9F),
]  # fmt: skip
PIECES = [
    "'s", "'T", "'LL", "'ve", "'re", "'\u017f", "\u212a", "  ", "   ", "\t", "\n", "\r\n", "\n\n", " \n ", "\u3000", "\u2028", "\u00a0",
    "\u200b", "\u200d", "\u0301", "\u0323", "1", "12", "1234567", "3.14", "\u00e9", "\u00c9", "\u00df", "the ", " and", "Hello", "WORLD",
    "CamelCase", "HTTPServer", "snake_case", "\u4f60\u597d", "\u65e5\u672c\u8a9e", "\ud55c\uad6d\uc5b4", "\u0645\u0631\u062d\u0628\u0627",
    "\u05e9\u05dc\u05d5\u05dd", "\U0001f600", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f3f3\ufe0f\u200d\U0001f308", '{"a": [1, 2]}',
    "if (x < 10) {\n    return x;\n}\n", "def f(self):\n\treturn None", "<s>", "</s>", "<|end|>", "<|im_end|>", "<|endoftext|>", "<think>",
    "[SEP]", " [MASK] ", "<unk>", "<0x0A>", "\u2581", "\u2581\u2581", "\u0120", "<", "|", ">", "!!!", "...", "//", "#", "$x", "@", "_", "-", "=>",
    "don't", "I'M", "\u0130", "\u03a3\u03c2", "\ufb01", "\u2460", "\u00bd", "\u0663", "\u2167", "e\u0301", "a\u0323\u0308", "a\u0308\u0323", "\ufffd",
    "\ufeff", "\x00", "\x7f", "\x85", "##a", "%20", "a" * 30, " " * 20, "\n" * 5, "=-" * 10, "tool", "tools", "xtool ", "x" * 120,
]  # fmt: skip


def hexes(text):
    return " ".join(f"{ord(c):x}" for c in text)


if __name__ == "__main__":
    target = HERE.parent / "resources/dev/espalier/mask/encoder/texts.txt"
    lines = [f"block {a:x} {b:x}" for a, b in BLOCKS] + ["piece " + hexes(p) for p in PIECES]
    target.write_text("\n".join(lines) + "\n")
