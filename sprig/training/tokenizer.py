"""Trains the byte-level BPE on generated documents.

Words, spaces, single digits and runs of JSON punctuation are apart from each other, so a value has the same tokens in the
text and in the JSON: copying is then a matter of equal tokens. Words are also split at camelCase humps.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from render import END, JSON, PAD, SCHEMA, TEXT, document

SPLIT = r"""\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{L}|\p{N}|[\[\]{}":,?|]+|\n+| |[^\S\n ]+|[^\s\p{L}\p{N}\[\]{}":,?|]"""
SPECIAL = [END, PAD, SCHEMA, TEXT, JSON]


def train(size: int, documents: int) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(SPLIT), behavior="isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
    ])
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=size, special_tokens=SPECIAL, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()), show_progress=False)

    def texts():
        for i in range(documents):
            d = document(f"tokenizer/{i}")
            yield d.prompt().split(TEXT)[0].removeprefix(SCHEMA)
            yield d.text
            yield d.json

    tokenizer.train_from_iterator(texts(), trainer)
    return tokenizer


if __name__ == "__main__":
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--out", type=Path, required=True, help="folder for tokenizer.json")
    a.add_argument("--size", type=int, default=2048, help="vocabulary size")
    a.add_argument("--documents", type=int, default=20000, help="generated documents to learn from")
    args = a.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    train(args.size, args.documents).save(str(args.out / "tokenizer.json"))
