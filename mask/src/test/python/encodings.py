"""Makes the tokenizers that the tests of the encoders use, and the ids that other libraries encode texts to.

    pip install tokenizers tiktoken sentencepiece
    python make_texts.py && python encodings.py [FOLDER]    # FOLDER has NAME.json.gz of real models

The texts themselves are not written: the tests make the same ones from the same numbers (Texts.java).
"""

import base64
import gzip
import io
import json
import pathlib
import re
import sys
import zlib

import sentencepiece
import tiktoken
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

HERE = pathlib.Path(__file__).parent
TARGET = HERE.parent / "resources/dev/espalier/mask/encoder"
REAL = ["gpt2", "llama2", "llama3_1", "qwen3", "gemma3"]
SMALL_TEXTS = 250
REAL_TEXTS = 3000
REAL_IDS = 100  # of so many texts all ids are written, of the others a checksum

LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
CL100K = (
    r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+"
    r"|\s++$|\s*[\r\n]|\s+(?!\S)|\s"
)
UPPER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"
LOWER = r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
END = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
O200K = (
    rf"[^\r\n\p{{L}}\p{{N}}]?{UPPER}*{LOWER}+{END}|[^\r\n\p{{L}}\p{{N}}]?{UPPER}+{LOWER}*{END}"
    r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


class Texts:
    """A generator of texts; Texts.java is the same in Java."""

    def __init__(self, seed):
        self.state = seed
        self.blocks, self.pieces = [], []
        for line in (TARGET / "texts.txt").read_text().splitlines():
            kind, *numbers = line.split(" ")
            if kind == "block":
                self.blocks.append(tuple(int(n, 16) for n in numbers))
            else:
                self.pieces.append("".join(chr(int(n, 16)) for n in numbers))

    def below(self, bound):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % bound

    def next(self):
        out = []
        for _ in range((0, 1, 1, 2, 3, 5, 8, 13)[self.below(8)]):
            if self.below(2) == 0:
                out.append(self.pieces[self.below(len(self.pieces))])
            else:
                first, last = self.blocks[self.below(len(self.blocks))]
                out.extend(chr(first + self.below(last - first + 1)) for _ in range(1 + self.below(6)))
                if self.below(2) == 0:
                    out.append(" ")
        return "".join(out)


def corpus():
    """Texts to train with; what looks like a special token is left out, so that no merges make one."""
    generator = Texts(77)
    return [re.sub(r"</?\w+>|<\|\w+\|>|\[[A-Z]+\]", "", generator.next()) for _ in range(1500)]


def common():
    return ["".join(c for c in text if 0x20 <= ord(c) < 0x180) for text in corpus()]


def split(pattern, behavior="isolated", invert=False):
    return pre_tokenizers.Split(Regex(pattern), behavior, invert)


def pairs(pre, normalizer=None, specials=(), size=600, **model):
    tokenizer = Tokenizer(models.BPE(**model))
    if normalizer is not None:
        tokenizer.normalizer = normalizer
    if pre is not None:
        tokenizer.pre_tokenizer = pre
    marks = {k: model[k] for k in ("continuing_subword_prefix", "end_of_word_suffix") if k in model}
    byte_level = "ByteLevel" in str(json.loads(tokenizer.to_str())["pre_tokenizer"])
    alphabet = pre_tokenizers.ByteLevel.alphabet() if byte_level else []
    first = list(specials) + ([f"<0x{b:02X}>" for b in range(256)] if model.get("byte_fallback") else [])
    trainer = trainers.BpeTrainer(
        vocab_size=size + len(first), special_tokens=first, initial_alphabet=alphabet, show_progress=False,
        limit_alphabet=300, **marks,
    )  # fmt: skip
    tokenizer.train_from_iterator(corpus(), trainer)
    if model.get("byte_fallback"):  # bytes are no special tokens
        tree = json.loads(tokenizer.to_str())
        tree["added_tokens"] = [t for t in tree["added_tokens"] if not t["content"].startswith("<0x")]
        tokenizer = Tokenizer.from_str(json.dumps(tree))
    return tokenizer


def unigram(normalizer, byte_fallback):
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    first = ["<unk>", "</s>"] + ([f"<0x{b:02X}>" for b in range(256)] if byte_fallback else [])
    trainer = trainers.UnigramTrainer(
        vocab_size=700 + len(first), special_tokens=first, unk_token="<unk>", show_progress=False
    )
    tokenizer.train_from_iterator(common(), trainer)
    tree = json.loads(tokenizer.to_str())
    tree["model"]["byte_fallback"] = byte_fallback
    tree["added_tokens"] = [t for t in tree["added_tokens"] if not t["content"].startswith("<0x")]
    return Tokenizer.from_str(json.dumps(tree))


def word_pieces():
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(
        vocab_size=600, special_tokens=["[UNK]", "[SEP]", "[MASK]"], limit_alphabet=300, show_progress=False
    )
    tokenizer.train_from_iterator(corpus(), trainer)
    return tokenizer


def words():
    tokenizer = Tokenizer(models.WordLevel(unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFD(), normalizers.StripAccents()])
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    trainer = trainers.WordLevelTrainer(vocab_size=500, special_tokens=["<unk>"], show_progress=False)
    tokenizer.train_from_iterator(corpus(), trainer)
    return tokenizer


def small():
    level = pre_tokenizers.ByteLevel
    sequence = pre_tokenizers.Sequence
    byte_level = pairs(level(add_prefix_space=True), normalizers.NFC(), ["<|endoftext|>", "</s>"])
    byte_level.add_special_tokens([AddedToken("<|end|>", lstrip=True, rstrip=True)])
    byte_level.add_tokens([AddedToken("<think>"), AddedToken("tool", single_word=True), AddedToken("tools", lstrip=True)])
    fallback = pairs(
        None,
        normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]),
        ["<unk>", "<s>", "</s>"], unk_token="<unk>", fuse_unk=True, byte_fallback=True,
    )  # fmt: skip
    fallback.add_tokens([AddedToken("[SEP]", normalized=True), AddedToken("x" * 120, rstrip=True)])
    plain = level(add_prefix_space=False, use_regex=False)
    return {
        "byte_level": byte_level,
        "ignore_merges": pairs(sequence([split(LLAMA3), plain]), ignore_merges=True),
        "cl100k": pairs(sequence([split(CL100K), plain])),
        "o200k": pairs(sequence([split(O200K), plain]), normalizers.NFKC()),
        "digits": pairs(
            sequence([
                pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.Punctuation("contiguous"),
                pre_tokenizers.Split("\n", "merged_with_previous"), plain,
            ])
        ),
        "deepseek": pairs(
            sequence([
                split(r"[\r\n]"), split(r"\s?\p{L}+"), split(r"\s?[!-/:-~！-／：-～‘-‟　-。]+"), split(r"\s+$"),
                split(r"[一-龥ࠀ-一가-퟿]+"), pre_tokenizers.Digits(individual_digits=False), plain,
            ])
        ),
        "behaviors": pairs(
            sequence([
                split(r"\p{Lu}", "merged_with_next"), split(r"[.,!-]", "merged_with_previous"), split(r"\s", "contiguous"),
                split(r"[\p{L}\p{M}]+|\p{N}+|[^\p{L}\p{N}]", "removed", True), split(r"(?=(\d{3})+(?!\d))"), plain,
            ])
        ),
        "bloom": pairs(sequence([split(r" ?[^(\s|[.,!?…。，、।۔،])]+"), plain]), normalizers.NFKD()),
        "fallback": fallback,
        "metaspace": pairs(pre_tokenizers.Metaspace(prepend_scheme="first"), None, ["<unk>", "</s>"], unk_token="<unk>"),
        "metaspace_whole": pairs(
            pre_tokenizers.Metaspace(prepend_scheme="never", split=False), normalizers.Nmt(), ["<unk>"],
            unk_token="<unk>", fuse_unk=True,
        ),
        "affixes": pairs(
            pre_tokenizers.WhitespaceSplit(), normalizers.Lowercase(), ["<unk>"], unk_token="<unk>",
            continuing_subword_prefix="##", end_of_word_suffix="</w>",
        ),
        "replace": pairs(
            pre_tokenizers.CharDelimiterSplit("_"),
            normalizers.Sequence([normalizers.Replace(Regex(r"\s+"), "_"), normalizers.Strip(), normalizers.Replace("a", "")]),
            ["<unk>"], unk_token="<unk>",
        ),
        "unigram": unigram(normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()]), False),
        "unigram_bytes": unigram(normalizers.NFC(), True),
        "word_pieces": word_pieces(),
        "words": words(),
    }  # fmt: skip


def encoded(tokenizer, texts, trusted):
    tokenizer.encode_special_tokens = not trusted
    return [e.ids for e in tokenizer.encode_batch(texts, add_special_tokens=False)]


def lines(encodings, full):
    for i, ids in enumerate(encodings):
        text = " ".join(map(str, ids or []))
        yield "-" if ids is None else text if i < full else f"#{zlib.crc32(text.encode()):08x}"


def without_controls(ids, texts):
    """The ids; none where the library reads control tokens and bytes out of text, which ours does not."""
    return [None if re.search("<unk>|</s>|<0x", text.lower()) else i for i, text in zip(ids, texts)]


def write(name, content):
    with gzip.GzipFile(TARGET / f"{name}.gz", "wb", 9, mtime=0) as out:
        out.write(f"{content}\n".encode())


def texts(count):
    generator = Texts(1)
    return [generator.next() for _ in range(count)]


def all_pieces():
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(t for t in common() if t.strip()), model_writer=model, vocab_size=900,
        model_type="bpe", byte_fallback=True, normalization_rule_name="identity", remove_extra_whitespaces=False,
        character_coverage=0.98, minloglevel=2, max_sentence_length=100000,
    )  # fmt: skip
    return sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())


def pieces():
    """A SentencePiece model as GGUF has it: type, score and text of each token; then its ids."""
    model = all_pieces()
    out = []
    for i in range(model.vocab_size()):
        kind = 2 if model.is_unknown(i) else 3 if model.is_control(i) else 6 if model.is_byte(i) else 1
        out.append(f"{kind} {model.get_score(i)} {json.dumps(model.id_to_piece(i))}")
    write("pieces.txt", "\n".join(out))
    write("pieces.ids", "\n".join(lines((model.encode(t) for t in texts(SMALL_TEXTS)), SMALL_TEXTS)))


def ranks(tokenizer):
    """A file of ranks with the tokens of a byte-level tokenizer, and its ids."""
    alphabet = json.loads(tokenizer.to_str())["model"]["vocab"]
    letters = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    byte_of = {}
    for b in range(128):
        byte_of[letters.pre_tokenize_str(chr(b))[0][0]] = b
    for b in range(128, 256):
        lead = chr(0x80 + b % 64) if b < 192 else chr((b - 192) * 64) if 194 <= b < 224 else None
        if lead is not None:
            byte_of[letters.pre_tokenize_str(lead)[0][0][1 if b < 192 else 0]] = b
    tokens = [bytes([b]) for b in range(256)]
    for text, _ in sorted(alphabet.items(), key=lambda item: item[1]):
        if all(c in byte_of for c in text) and len(text) > 1:
            tokens.append(bytes(byte_of[c] for c in text))
    table = {token: rank for rank, token in enumerate(dict.fromkeys(tokens))}
    write("ranks.txt", "\n".join(f"{base64.b64encode(t).decode()} {r}" for t, r in table.items()))
    special = {"<|endoftext|>": len(table), "<|end|>": len(table) + 5}
    encoding = tiktoken.Encoding("small", pat_str=CL100K, mergeable_ranks=table, special_tokens=special)
    plain = [encoding.encode(t, disallowed_special=()) for t in texts(SMALL_TEXTS)]
    trusted = [encoding.encode(t, allowed_special="all") for t in texts(SMALL_TEXTS)]
    write("ranks.ids", "\n".join(lines(plain + trusted, 2 * SMALL_TEXTS)))


def main():
    for name, tokenizer in small().items():
        tokenizer = Tokenizer.from_str(tokenizer.to_str())
        write(f"{name}.json", tokenizer.to_str())
        both = encoded(tokenizer, texts(SMALL_TEXTS), False) + encoded(tokenizer, texts(SMALL_TEXTS), True)
        if name.startswith("unigram"):
            both = without_controls(both, 2 * texts(SMALL_TEXTS))
        write(f"{name}.ids", "\n".join(lines(both, SMALL_TEXTS)))
        if name == "cl100k":
            ranks(tokenizer)
    pieces()
    for name in REAL if len(sys.argv) > 1 else []:
        file = pathlib.Path(sys.argv[1]) / f"{name}.json.gz"
        tokenizer = Tokenizer.from_str(gzip.decompress(file.read_bytes()).decode())
        for mode in (False, True):
            ids = encoded(tokenizer, texts(REAL_TEXTS), mode)
            write(f"{name}.{'trusted' if mode else 'plain'}.ids", "\n".join(lines(ids, REAL_IDS)))


if __name__ == "__main__":
    main()
