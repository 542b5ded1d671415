"""Writes lark-verdicts.txt: grammars, texts, and what the Python packages lark 1.3.1 and llguidance 1.9.1 say of them. Lines begin with "=" and a dialect, ">" and a line of
the grammar, "+" and a text that is accepted, or "-" and one that is not.

    pip install lark==1.3.1 llguidance==1.9.1
    python lark_verdicts.py > ../resources/dev/espalier/automata/lark-verdicts.txt
"""

import random
import sys

import lark
import llguidance

TEXTS = 40

# grammar, texts to begin with
GRAMMARS = [
    ('start: "if" NAME | NAME "=" NAME\nNAME: /[a-z]+/\n%ignore /[ \\t]+/', ["if a", "iff = if", "a=b"]),
    (
        'start: stmt*\nstmt: "let" NAME "=" expr ";" | "print" expr ";"\nexpr: NAME | INT\nNAME: /[a-z_]+/\n'
        "%import common.INT\n%import common.WS\n%ignore WS",
        ["let x = 12; print x;", "print printer;", ""],
    ),
    (
        'start: value\nvalue: object | array | STRING | NUM | "true" | "null"\narray: "[" [value ("," value)*] "]"\n'
        'object: "{" [pair ("," pair)*] "}"\npair: STRING ":" value\nSTRING: /"[^"\\n]*"/\nNUM: /-?[0-9]+(\\.[0-9]+)?/\n%ignore /[ \\n]+/',
        ['{"a": [1, 2.5, true], "b": null}', "[]"],
    ),
    (
        'start: sum\nsum: product | sum "+" product\nproduct: atom | product "*" atom\natom: NUMBER | "(" sum ")"\nNUMBER: /[0-9]+/\n%ignore " "',
        ["1+2*(3 + 4)", "((7))"],
    ),
    ('start: "def" NAME "(" ")" ":" | "default" ":" NAME\nNAME: /[a-z]+/\n%ignore " "', ["def default():", "default: def"]),
    ("start: (A | B)+\nA: /a+?/\nB: \"ab\"", ["aab", "abab"]),
    ("start: (A | B)+\nA: /a|ab/\nB: /b+/", ["abab", "bba"]),
    ("start: (A | B)+\nA: /a+/\nB: \"ab\"", ["aab", "abab"]),
    ('start: ("list" | "listen") "ed"', ["listed", "listened"]),
    ('start: "a" /[a-z]+/ "0"', ["abc0", "a0"]),
    ('start: "FOR"i NAME "in" NAME\nNAME: /[a-z]+/i\n%ignore / +/', ["for FOR in in", "For x in y"]),
    ('start: A "b" | C "d"\nA.2: /[a-z]+/\nC: "abc"', ["abcb", "abcd"]),
    ('start: A? C\nA: /[a-z]+/\nC.1: "abc"\n%ignore " "', ["x abc", "abc", "xabc"]),
    ('start: x~3 y~1..2 [z] ("," z)*\nx: "x"\ny: "y"\nz: "z"', ["xxxyyz,z", "xxxy"]),
    ('start: list{NAME} | list{num}\nlist{x}: "[" x ("," x)* "]"\nnum: /[0-9]+/\nNAME: /[a-z]+/', ["[a,b]", "[1,2]"]),
    ('start: STRING+\nSTRING: /"(?!").*?(?<!\\\\)(\\\\\\\\)*?"/', ['"a\\"b\\\\"', '"x""y"']),
    ("start: R\nR: /\\/(?!\\/)(\\\\\\/|\\\\\\\\|[^\\/])*?\\/[imslux]*/", ["/a\\/b/i", "//x/"]),
    ('start: (C | "x" | "/")*\nC: /\\/\\*(.|\\n)*?\\*\\//', ["/*a*/x/", "/**/"]),
    ('start: key ":" val\nkey: WORD\nval: TEXT\nWORD: /[a-z0-9]+/\nTEXT: /[^\\n]+/', ["a:b c", "a1:::"]),
    ('start: "<" tag attr* ">" TEXT? "<"\ntag: NAME\nattr: NAME "=" VAL\nVAL: /[^ >]+/\nNAME: /[a-z]+/\nTEXT: /[^<]+/\nWS: " "\n%ignore WS', ["<a b=c d=e> x <", "<a><"]),
    ('start: "type" NAME | NAME\nNAME: /[a-z]+/\n%ignore " "', ["type type", "type", "typex"]),
    ('start: "a"~60 "b"~0..3\n', ["a" * 60 + "bb"]),
    ('start: "a"~2..70 "b"\n', ["a" * 69 + "b", "aab"]),
    ('start: (W | N)+\nW: /[a-z]+/\nN.5: /[a-z]/\n', ["abc"]),
    ('start: (A|B|C)+\nA: /./\nB: "+"\nC: "++"', ["a+++", "++"]),
    ('start: A\nA: "a"\n%extend A: "x" "y"', ["a", "xy"]),
    ('start: INT ("," INT)*\nINT: /[0-9]+/\n%ignore /,,/', ["1,2", "1,,,2,,"]),
    ('start: body "!"\nbody[lazy]: /.*<e>/', ["ab<e>!", "<e><e>!"]),
    ('start: body\nbody[suffix="<e>"]: /.*/', ["ab<e>", "<e><e>"]),
    ('start: LINES\nLINES: /[a-z \\n]*/ & ~/(?s:.*)\\n\\n(?s:.*)/', ["a\nb", "a\n\nb"]),
    ('start: "q" %regex { "substring_chunks": ["abc", "de", "fg"] } "!"', ["qabcde!", "q!", "qabcfg!"]),
    ('%llguidance { "allow_initial_skip": true }\nstart: "a" "b"?\n%ignore " "', [" a ", "a b "]),
    ('start: NAME{2,3}\nNAME: /[a-c]/', ["ab", "abc"]),
    ('start: (TEXT "\\n")*\nTEXT: /[^\\n]+/', ["a\nb\n", ""]),
    ('start: "\\u0041\\n" /\\x41\\u0042/ /\\d\\w\\s/', ["A\nAB1é ", "A\nAB٣_\t"]),
]


class Bytes:
    """A tokenizer whose tokens are the 256 bytes, and one that ends the text."""

    eos_token_id = 256
    bos_token_id = None
    tokens = [bytes([i]) for i in range(256)] + [b"<|eos|>"]
    special_token_ids = [256]

    def __call__(self, text):
        return list(text if isinstance(text, bytes) else text.encode())


TOKENIZER = llguidance.LLTokenizer(llguidance.TokenizerWrapper(Bytes()), n_vocab=257)


def lark_reader(grammar):
    parser = lark.Lark(grammar, parser="lalr", lexer="contextual")

    def accepts(text):
        try:
            parser.parse(text)
            return True
        except (lark.exceptions.UnexpectedInput, lark.exceptions.ParseError):
            return False

    return accepts


def llguidance_reader(grammar):
    matcher = llguidance.LLMatcher(TOKENIZER, llguidance.LLMatcher.grammar_from_lark(grammar), log_level=0)
    if matcher.get_error():
        raise ValueError(matcher.get_error())

    def accepts(text):
        matcher.reset()
        data = list(text.encode())
        read = matcher.try_consume_tokens(data) if data else 0
        return read == len(data) and matcher.is_accepting()

    return accepts


def mutated(text, random):
    letters = list(text)
    for _ in range(random.randint(1, 2)):
        at = random.randint(0, len(letters))
        new = random.choice(list(text + ' ab1"\\;') or ["a"])
        kind = random.random()
        if kind < 0.4:
            letters[at:at] = [new]
        elif kind < 0.7:
            letters[at : at + 1] = []
        else:
            letters[at : at + 1] = [new]
    return "".join(letters)


def escaped(text):
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def main():
    for number, (grammar, seeds) in enumerate(GRAMMARS):
        generator = random.Random(number)
        texts = list(seeds)
        while len(texts) < TEXTS:
            texts.append(mutated(generator.choice(texts), generator))
        for dialect, reader in (("lark", lark_reader), ("llguidance", llguidance_reader)):
            try:
                accepts = reader(grammar)
            except (lark.exceptions.LarkError, ValueError):
                continue
            print("=", dialect)
            for line in grammar.split("\n"):
                print(">" + line)
            for text in sorted(set(texts)):
                print(("+" if accepts(text) else "-") + escaped(text))


if __name__ == "__main__":
    sys.exit(main())
