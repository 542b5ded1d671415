"""The simulated model chooses as the Java class WishModel does."""

from __future__ import annotations

import unittest

from peerbench.tokenizer import Vocabulary
from peerbench.wishes import Wish, WishModel, WishTrial


class MaskReader:
    """A reader whose mask is always the same."""

    def __init__(self, size: int, allowed: set[int]) -> None:
        bits = bytearray((size + 7) // 8)
        for token in allowed:
            bits[token >> 3] |= 1 << (token & 7)
        self.bits = memoryview(bits)
        self.mask = lambda: None
        self.commit = lambda token: True

    def allows(self, token: int) -> bool:
        return bool(self.bits[token >> 3] >> (token & 7) & 1)

    def accepting(self) -> bool:
        return False

    def check(self) -> None:
        """Nothing fails."""


class Everything:
    """An engine whose every mask allows some tokens."""

    name, version = "everything", "1"

    def __init__(self, size: int, allowed: set[int]) -> None:
        self._mask = (size, allowed)

    def compile(self, kind: str, source: str) -> Everything:
        return self

    def reader(self) -> MaskReader:
        return MaskReader(*self._mask)


def byte_tokens() -> Vocabulary:
    pieces = {f"<0x{byte:02X}>": byte for byte in range(256)} | {"<end>": 256}
    return Vocabulary(pieces, frozenset({256}), frozenset({256}), 256, False)


class WishModelTest(unittest.TestCase):
    def test_choices_by_hash_are_those_of_the_other_implementation(self) -> None:
        model = WishModel(byte_tokens())
        model.wish([])
        reader = MaskReader(257, set(b"abcdefgh"))
        self.assertEqual("fegahbaffhbb", bytes(model.next(reader) for _ in range(12)).decode())

    def test_its_text_then_white_space_then_a_later_token_then_the_end(self) -> None:
        model = WishModel(byte_tokens())
        model.wish(list(b"xyz"))
        self.assertEqual(ord("x"), model.next(MaskReader(257, set(b"x \n"))))
        self.assertEqual(ord("\n"), model.next(MaskReader(257, set(b"z \n"))))
        self.assertEqual(ord("z"), model.next(MaskReader(257, set(b"qz"))))
        self.assertEqual(256, model.next(MaskReader(257, {256, 32})))

    def test_a_text_that_never_ends_is_cut_off_and_its_white_space_counted(self) -> None:
        engine = Everything(257, set(b"x "))
        line = WishTrial(engine, lambda text: list(text.encode()), byte_tokens(), Wish("w", "{}", "xq"), 60).run()
        self.assertEqual(("limit", 256, 255), (line["end"], line["tokens"], line["blanks"]))
        self.assertTrue(line["text"].startswith("x  "))


if __name__ == "__main__":
    unittest.main()
