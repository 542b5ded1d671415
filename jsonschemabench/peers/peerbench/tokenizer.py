"""What a tokenizer.json says, for engines that want the bytes of each token."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable

_BYTE_PIECE = re.compile(r"<0x([0-9A-F]{2})>")
_ENDS = ("<|end_of_text|>", "<|endoftext|>", "</s>", "<eos>", "<|im_end|>")


@dataclass(frozen=True)
class TokenizerFile:
    """A tokenizer.json, plain or gzipped.

    json: its text. label: its name and checksum, as `bench maskbench` writes them into its settings. end: how the token is spelled
    that ends a text, where the model says so.
    """

    json: str
    label: str
    end: str | None = None

    @staticmethod
    def read(path: Path) -> TokenizerFile:
        data = path.read_bytes()
        label = f"{path.name} (CRC-32 {zlib.crc32(data):08x})"
        text = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        return TokenizerFile(text.decode("utf-8"), label)

    def encoder(self) -> Callable[[str], list[int]]:
        """From a text to its tokens, none of them special: a text that spells one is read as letters."""
        from tokenizers import Tokenizer

        encoder = Tokenizer.from_str(self.json)
        encoder.no_truncation()
        encoder.no_padding()
        encoder.encode_special_tokens = True

        def encode(text: str) -> list[int]:
            well_formed = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            return encoder.encode(well_formed, add_special_tokens=False).ids

        return encode

    def vocabulary(self) -> Vocabulary:
        """Raises ValueError if its tokens are neither byte-level nor with byte fallback, or no token ends a text."""
        document = json.loads(self.json)
        pieces: dict[str, int] = dict(document["model"]["vocab"])
        special: set[int] = set()
        for token in document.get("added_tokens", []):
            pieces[token["content"]] = token["id"]
            if token.get("special"):
                special.add(token["id"])
        ends = (self.end,) if self.end else _ENDS
        end = next((pieces[name] for name in ends if name in pieces), None)
        if end is None:
            raise ValueError(f"none of {', '.join(ends)} is in the vocabulary")
        added = {token["id"] for token in document.get("added_tokens", [])}
        return Vocabulary(pieces, frozenset(special), frozenset(added), end, _is_byte_level(document))


@dataclass(frozen=True)
class Vocabulary:
    """Tokens as the file spells them, by id; which of them are special, which were added; and the one that ends a text."""

    pieces: dict[str, int]
    special: frozenset[int]
    added: frozenset[int]
    end: int
    byte_level: bool

    def size(self) -> int:
        return max(self.pieces.values()) + 1

    def spelled(self) -> list[str]:
        """The spelling of every id; empty where there is none."""
        spelled = [""] * self.size()
        for piece, token in self.pieces.items():
            spelled[token] = piece
        return spelled

    def texts(self) -> dict[bytes, list[int]]:
        """The ids of each byte string that ordinary tokens stand for."""
        letters = _letters()
        texts: dict[bytes, list[int]] = {}
        for piece, token in self.pieces.items():
            if token not in self.special:
                texts.setdefault(self._bytes(piece, token, letters), []).append(token)
        return texts

    def _bytes(self, piece: str, token: int, letters: dict[str, int]) -> bytes:
        if token in self.added:
            return piece.encode("utf-8")
        if self.byte_level:
            return bytes(letters[letter] for letter in piece)
        fallback = _BYTE_PIECE.fullmatch(piece)
        return bytes([int(fallback.group(1), 16)]) if fallback else piece.replace("\u2581", " ").encode("utf-8")


def _is_byte_level(document: dict[str, Any]) -> bool:
    if _mentions(document.get("pre_tokenizer"), "ByteLevel") or _mentions(document.get("decoder"), "ByteLevel"):
        return True
    if document["model"].get("byte_fallback"):
        return False
    raise ValueError("the tokenizer is neither byte-level nor has byte fallback")


def _mentions(node: Any, kind: str) -> bool:
    if isinstance(node, dict):
        return node.get("type") == kind or any(_mentions(value, kind) for value in node.values())
    return isinstance(node, list) and any(_mentions(value, kind) for value in node)


def _letters() -> dict[str, int]:
    """GPT-2's letters for bytes: printable ones stand for themselves, the rest are counted up from 256."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    letters = {chr(byte): byte for byte in printable}
    shown = set(printable)
    for index, byte in enumerate(b for b in range(256) if b not in shown):
        letters[chr(256 + index)] = byte
    return letters
