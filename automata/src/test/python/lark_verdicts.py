"""Writes lark-verdicts.txt: grammars, texts, and what the Python packages lark 1.3.1 and llguidance 1.9.1 say of them. Lines begin with "=" and a dialect, ">" and a line of
the grammar, "+" and a text that is accepted, or "-" and one that is not.

    pip install lark==1.3.1 llguidance==1.9.1
    python lark_verdicts.py > ../resources/dev/espalier/automata/lark-verdicts.txt
    python lark_verdicts.py parts > ../../../../espalier/src/test/resources/dev/espalier/source/llguidance-parts.txt

The second are grammars with schemas and special tokens, which llguidance has. In their texts ⟨257⟩ is token 257: 256 ends a text, 257 is <|tool|>, 258 is <|end|>, 259 is the
word "word".
"""

import random
import re
import sys

import lark
import lark.indenter
import llguidance
from lark.indenter import PythonIndenter

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
    (
        "start: item+\nitem: NAME _NEWLINE [_INDENT item+ _DEDENT]\nNAME: /[a-z]+/\n_NEWLINE: /(\\n *)+/\n%declare _INDENT _DEDENT",
        ["a\n  b\n  c\n", "a\n b\n   c\nd\n", "a\n"],
    ),
    (
        'start: (_NEWLINE | stmt)*\nstmt: NAME "=" value _NEWLINE | "if" NAME ":" suite\nsuite: stmt | _NEWLINE _INDENT stmt+ _DEDENT\n'
        'value: NAME | "(" NAME* ")" | "[" value "]"\nNAME: /[a-z]+/\n_NEWLINE: /(\\n[ \\t]*)+/\n%ignore " "\n%declare _INDENT _DEDENT',
        ["if a:\n  b = (c\n d)\n  e = f\n", "a = [(b\n)]\nif iff: if c:\n\td = e\n", "\nif a: b = c\n"],
    ),
    (
        'start: _NEWLINE? item+\nitem: "if" NAME ":" suite | row _NEWLINE\nrow: NAME | LPAR [row] RPAR\nsuite: row _NEWLINE | _NEWLINE _INDENT item+ _DEDENT\n'
        'NAME: /[a-z]+/\nLPAR: "("\nRPAR: ")"\n_NEWLINE: /(\\n[\\t ]*)+/\n%ignore " "\n%declare _INDENT _DEDENT',
        ["if a:\n  b\n  (c)\n", "if a:\n\tb\n        (\n c\n)\nif\n", "\nif a: b\nc\n", "if a:\n if b:\n  c\n d\n"],
    ),
    (
        'start: block\nblock: NAME _NEWLINE _INDENT (NAME _NEWLINE | block)+ _DEDENT\nNAME: /[a-z]+/\n_NEWLINE: /(#[a-z]*)?\\n([ \\t]*(#[a-z]*)?\\n)*[ \\t]*/\n'
        "%ignore / +/\n%declare _INDENT _DEDENT",
        ["a\n b\n", "a\n  b #c\n #d\n  e\n   f\n   g\n", "a\n  b\n\tc\n\td\n"],
    ),
    # what terminals ask of the text around them
    ("start: (C | W)+\nC: /\\/\\*(\\*(?!\\/)|[^*])*\\*\\//\nW: /[a-z* ]/\n%ignore / /", ["/*a**b*/a", "/**/ /***/"]),
    ("start: T+\nT: /(?:(?!-->)[^.;])*-->/", ["a-->b--->", "-->"]),
    ("start: (T | B)+\nT: /(a(?!b)|[^ab])*ab/\nB: \"b\"", ["aab", "1aabab"]),
    ('start: (INT | NAME | "_")+\nINT: /[0-9]+(?![_a-z])/\nNAME: /[a-z0-9]+/\n%ignore " "', ["12 a1 1a", "1_ 2"]),
    ('start: NAME (EQ | EQEQ | ARROW) NAME\nEQ: /[ \\t]*=(?!=|>)/\nEQEQ: "=="\nARROW: "=>"\nNAME: /[a-z]+/\n%ignore " "', ["a =b", "a== b", "a => b"]),
    ('start: (NAME OP?)+ | "?a" NAME\nOP: /[+*]|[?](?![a-z])/\nNAME: /[a-z]+/\n%ignore " "', ["a? b", "?a b", "a+"]),
    ('start: (STRING | LONG | "x")+\nSTRING: /"(?!"").*?(?<!\\\\)(\\\\\\\\)*?"/\nLONG: /""".*?(?<!\\\\)(\\\\\\\\)*?"""/s', ['"a"x""', '"""a"b"""x"c\\""', '"\\\\"']),
    ('start: (A | B | C)+\nA: /a(?=b)/\nB: /[ab]/\nC: /1(?=b*;)|1(?!b)|;/', ["ab1bb;", "aab", "1"]),
    ('start: (W | A)+\nW: /\\b[a-z]+\\b/\nA: /[a-z1]/\n%ignore / /', ["ab a1", "1a b"]),
    ('start: (A | B)+\nA: /(?<!a)b/\nB: /(?<=b)a|(?<![ab])1| /\n%ignore ";"', ["ba1", "b;b 1", ";b"]),
    ('start: (H | T | N)+\nH: /^#[a-z]+/m\nT: /[a-z#]+$/m\nN: /\\n|[a-z ]/', ["#ab\nc", "a b\n#c\n", "a#"]),
    ('start: A B? "\\n"?\nA: /a+$/\nB: /a+\\Z/', ["aa\n", "a", "aaa"]),
    ('start: (A | "b")+\nA: /^a|a\\Bb?/\n', ["ab", "abab", "aabb"]),
    ('start: (A | B)+\nA: /(a(?=.*;)|1){2,3}/\nB: /[a1;]/', ["aa1;", "11a", "a1a;a"]),
    ('start: ("if" | ID)+\nID: /(?!if1|"a)[a-z"][a-z1"]*/\n%ignore " "', ["if a", "if1", "ifa if", '"b']),
    ('start: (X | Y)+\nX: /(?=(a|b(?=a))+;)[ab]+/\nY: /[ab]*;/', ["aba;", "ab;;", "b;"]),
    # where a parser may end a rule or go on, it goes on
    ('start: stmt+\nstmt: "if" NAME stmt ["else" stmt] | NAME ";"\nNAME: /[a-z]+/\n%ignore " "', ["if a if b c; else d; e;", "if a b;"]),
    ('start: e\ne: e "+" e | e "*" e | "-" e | NUM\nNUM: /[0-9]/\n', ["1+2*3", "-1*-2"]),
    ('start: item*\nitem: NAME [";"] | ";" ";"\nNAME: /[a-z]/', ["a;b;;;", "a;;", "ab"]),
    ('start: call | name\ncall: name "(" args ")"\nargs: (arg ",")* [arg [","]]\narg: name | call\nname: NAME | "match"\nNAME: /[a-z]+/\n', ["a(b,match)", "a(b(),)", "match"]),
    ('start: m | n ";" | n "(" n ")" ";"\nm: "match" n "!" | "match" "(" n ")" "!"\nn: "match" | NAME\nNAME: /[a-z]+/\n%ignore " "', ["match a!", "match;", "match(a);", "a(match);", "match (a)!"]),
    ('start: _NEWLINE? s+\ns: NAME _NEWLINE | "if" NAME ":" b\nb: _NEWLINE _INDENT s+ _DEDENT _NEWLINE?\nNAME: /[a-z]+/\n_NEWLINE: /(\\n[ \\t]*)+/\n%ignore " "\n%declare _INDENT _DEDENT', ["if a:\n b\nc\n", "if a:\n if b:\n  c\nd\n"]),
    # terminals that never come
    ('start: (NAME | COMMENT | NAME COMMENT)+\nNAME: /[a-z]+/\nCOMMENT: /1+/\n%ignore COMMENT\n%ignore " "', ["a 1b", "1"]),
    ('start: "a" (MADE | "b")\n%declare MADE', ["ab", "a"]),
]

OBJECT = '{"type":"object","properties":{"a":{"type":"integer"},"b":{"enum":["x","y z"]}},"required":["a"],"additionalProperties":false}'

PARTS = [
    ('start: "x" %json ' + OBJECT + ' "y"', ['x{"a":1}y', 'x{ "a" : -10, "b":"x" }y', 'x {"a":1} y']),
    ('start: "x" %json ' + OBJECT + ' "y"\n%ignore " "', ['x{"a":1}y', 'x{"a":\n1} y', 'x {"a":1} y']),
    ("start: %json " + OBJECT, ['{"a":1}', '{"b":"x","a":2}', '{"a":1,"b":"y z"} ']),
    ("start: (NAME %json " + OBJECT + ")+\nNAME: /[a-z]+/", ['ab{"a":1}c{"a":2}', "ab"]),
    (
        'start: TEXT? call*\ncall: <|tool|> NAME "\\n" %json {"type":"array","items":{"type":"boolean"}} <|end|>\nTEXT: /[^<]+/\nNAME: /[a-z]+/',
        ["so ⟨257⟩f\n[true]⟨258⟩", "⟨257⟩f\n[]⟨258⟩⟨257⟩gh\n[ false , true ]⟨258⟩", "hello"],
    ),
    ('start: "v" %json {"type":["integer","null"]} ";"', ["v12;", "vnull;", "v-0;", "v 1;"]),
    ('start: NAME %json {"type":"string","pattern":"^a+$"} NAME?\nNAME: /[a-z]+/', ['x"aa"y', 'x"a"', '"a"']),
    ("start: NAME <|tool|> NAME\nNAME: /[a-z]+/\n%ignore \" \"", ["a⟨257⟩b", "a ⟨257⟩ b", " a⟨257⟩b "]),
    ("start: NAME <[257-258]> NAME\nNAME: /[a-z]+/", ["a⟨257⟩b", "a⟨258⟩b", "a⟨259⟩b"]),
    ("start: NUMBER <[^257]> NUMBER\nNUMBER: /[0-9]+/", ["1⟨257⟩2", "1⟨258⟩2", "1⟨259⟩2", "1x2"]),
    ("start: NUMBER <[*]> NUMBER\nNUMBER: /[0-9]+/", ["1⟨257⟩2", "1⟨259⟩2", "1⟨256⟩2"]),
    ('start: %json {"type":"boolean","x-guidance":{"whitespace_flexible":false}} | "[" %json {"type":"array"} "]"', ["true", "[[1 ]]", "[[]]"]),
    ('start: %json {"x-guidance":{"whitespace_flexible":false},"type":"array","items":{"type":"null"}} "!"', ["[null,null]!", "[null, null]!"]),
]


class Bytes:
    """A tokenizer whose tokens are the 256 bytes, one that ends the text, two special ones and a word."""

    eos_token_id = 256
    bos_token_id = None
    tokens = [bytes([i]) for i in range(256)] + [b"<|eos|>", b"<|tool|>", b"<|end|>", b"word"]
    special_token_ids = [256, 257, 258]

    def __call__(self, text):
        return list(text if isinstance(text, bytes) else text.encode())


TOKENIZER = llguidance.LLTokenizer(llguidance.TokenizerWrapper(Bytes()), n_vocab=260)


def lark_reader(grammar):
    return accepting(lark.Lark(grammar, parser="lalr", lexer="contextual", postlex=indenter(grammar)))


def basic_reader(grammar):
    return accepting(lark.Lark(grammar, parser="earley", lexer="basic", postlex=indenter(grammar)))


def indenter(grammar):
    return PythonIndenter() if "_INDENT" in grammar else None


def accepting(parser):

    def accepts(text):
        try:
            parser.parse(text)
            return True
        except (lark.exceptions.UnexpectedInput, lark.exceptions.ParseError, lark.indenter.DedentError, AssertionError):
            return False

    return accepts


def tokens(text):
    parts = re.split("⟨(25[6-9])⟩", text)
    return [token for i, part in enumerate(parts) for token in ([int(part)] if i % 2 else part.encode())]


def llguidance_reader(grammar):
    matcher = llguidance.LLMatcher(TOKENIZER, llguidance.LLMatcher.grammar_from_lark(grammar), log_level=0)
    if matcher.get_error():
        raise ValueError(matcher.get_error())

    def accepts(text):
        matcher.reset()
        data = tokens(text)
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
    isParts = sys.argv[1:] == ["parts"]
    for number, (grammar, seeds) in enumerate(PARTS if isParts else GRAMMARS):
        generator = random.Random(number)
        texts = list(seeds)
        while len(texts) < TEXTS:
            texts.append(mutated(generator.choice(texts), generator))
        readers = [("llguidance", llguidance_reader)]
        if not isParts:
            readers = [("lark", lark_reader), ("lark-basic", basic_reader)] + readers
        for dialect, reader in readers:
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
