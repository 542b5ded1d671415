"""Writes random expressions with jinja2's text for each: a seed, a number of them, a file.

    jinja/bin/python chat/src/test/python/random_cases.py 1 400 chat/src/test/resources/dev/espalier/chat/random.jsonl.gz
"""

import gzip
import random
import sys
import warnings

from probe_list import CONTEXT
from reference import case

ATOMS = """1 2 0 -1 3 7 10 2.5 -0.5 1e16 0.1 1e-7 100000000000000000000 true false none '' 'a' 'abc' 'Hello World' ' x ' 'é😀ß' 'a,b,,c'
'<b>&' "it's" 'x\\ny\\n' '12' '3.5' '0x1f' [] [1] [3,1,2] ['b','A','a'] [1,'a',none] [[1,2],[3]] [[]] {} {'a':1} {'b':{'a':2},'a':[1]}
(1,) (1,2) () missing n x big flag nothing empty list words pairs dict user name wide msgs msgs[1] dict.a dict.zz range(4) range(5,0,-2)""".split()

NAMES = "n x flag nothing list words pairs dict user name wide msgs missing dict.a".split()

FILTERS = """abs capitalize center(9) count default('d') default(1,true) dictsort first float int items join join(',') last length list lower max min
replace('a','b') reverse round round(1) safe sort sort(reverse=true) string sum title tojson tojson(indent=1) trim trim('a') truncate(5,true,'') unique upper
wordcount e map('string') map('upper') map('length') map(attribute='a') map(attribute=0) select select('string') select('odd') reject('none') reject
selectattr('role') selectattr('role','eq','user') rejectattr('n') batch(2) batch(3,0) slice(2) groupby('role') indent(2) indent(1,true) urlencode
tojson(sort_keys=true) format(1) int(5) float('q') sort(case_sensitive=true) filesizeformat d('z') unique(true) max(attribute=0) map('tojson') forceescape
truncate(4) center replace('','-') dictsort(by='value') map('int') map('default','q') sum(start=1) join('<') map('first') list|length list""".split()

TESTS = """defined undefined none string number integer float boolean mapping sequence iterable true false odd even lower upper callable eq(1)
in([1,'a']) divisibleby(2) sameas(none) ge(1) lt('b') escaped""".split()

METHODS = """upper() lower() strip() title() capitalize() swapcase() split() split(',') split('a') split(none,1) rsplit(',',1) splitlines() startswith('a')
endswith('c') replace('a','xy') replace('','.') find('b') count('a') isdigit() isalpha() isupper() islower() istitle() isspace() isalnum() isnumeric()
partition(',') rpartition(',') lstrip('ax ') rstrip() center(7,'*') ljust(5) rjust(5) zfill(6) casefold() items() keys() values() get('a') get('z',1)
copy() index(1) format(1,2) join(['p','q']) join('yz') removeprefix('a') removesuffix('c') expandtabs() isidentifier() encode isascii() a b role x
rfind('l') isprintable() split('l',maxsplit=1)""".split()

SLICES = "[0] [-1] [1] [5] [1:] [:2] [::-1] [-2:] [::2] ['a'] [true] [2:0:-1] [:-1] [none] [n] [1.5] [x]".split()
FORMATS = """'%s' '%r' '%d' '%5s|' '%-5s|' '%.2f' '%05d' '%x' '%e' '%g' '%+d' '%s-%s' '%%' '%c' '%i' '%o' '%.1s' '%#x' '%5.1f'""".split()
SPECS = "{} {:5} {:<5} {:>5} {:^5} {:*^7} {:.2} {:.2f} {:d} {:05d} {:x} {:,} {:e} {:g} {:+} {:%} {!r} {:s} {:_} {:.3g} {:b} {:#x} {:c} {:.0f} {:08.3f} {:-^9}".split()
BINARY = "+ - * / // % ~ ~ + == != < <= > >= in and or and or".split() + ["not in"]


def atom(rng):
    return rng.choice(ATOMS)


def wrapped(rng, depth):
    made = expression(rng, depth - 1)
    return made if made.isalnum() else "(" + made + ")"


def expression(rng, depth):
    if depth <= 0 or rng.random() < 0.12:
        return atom(rng)
    kind = rng.random()
    if kind < 0.25:
        return f"{wrapped(rng, depth)} {rng.choice(BINARY)} {wrapped(rng, depth)}"
    if kind < 0.35:
        return f"{expression(rng, depth - 1)} {rng.choice(BINARY)} {expression(rng, depth - 1)}"
    if kind < 0.58:
        return f"{wrapped(rng, depth)}|{rng.choice(FILTERS)}"
    if kind < 0.66:
        return f"{wrapped(rng, depth)} is {rng.choice(['', 'not '])}{rng.choice(TESTS)}"
    if kind < 0.80:
        return f"{wrapped(rng, depth)}.{rng.choice(METHODS)}"
    if kind < 0.88:
        # slices of constants are worked out by jinja2's optimizer, by rules of its own
        cut = rng.choice(SLICES)
        return f"{rng.choice(NAMES) if ':' in cut else wrapped(rng, depth)}{cut}"
    if kind < 0.885:
        return f"{wrapped(rng, depth)} ** {rng.choice(['2', '-1', '0.5', 'true', '3'])}"
    if kind < 0.90:
        return f"{rng.choice(['not ', '-', '+', '- -'])}{wrapped(rng, depth)}"
    if kind < 0.93:
        return f"{wrapped(rng, depth)} if {wrapped(rng, depth)} else {wrapped(rng, depth)}"
    if kind < 0.95:
        return f"[{expression(rng, depth - 1)}, {expression(rng, depth - 1)}]"
    if kind < 0.96:
        return f"{{{expression(rng, depth - 1)}: {expression(rng, depth - 1)}}}"
    if kind < 0.98:
        return f"{rng.choice(FORMATS)} % {wrapped(rng, depth)}"
    return f"'{rng.choice(SPECS)}'.format({wrapped(rng, depth)})"


def template(rng):
    kind = rng.random()
    made = expression(rng, rng.choice([1, 2, 2, 3, 3, 4]))
    if kind < 0.8:
        return "{{ " + made + " }}"
    if kind < 0.88:
        return "{% for i in " + wrapped(rng, 3) + " %}{{ loop.index }}{{ i }}{{ ',' if not loop.last }}{% else %}none{% endfor %}"
    if kind < 0.94:
        return "{% set v = " + made + " %}{{ v }}|{{ v is defined }}|{{ v | tojson }}"
    return "{% if " + expression(rng, 3) + " %}yes{% else %}no{% endif %}"


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    rng = random.Random(int(sys.argv[1]))
    count = int(sys.argv[2])
    lines = []
    while len(lines) < count:
        # addresses and what only Python's own types show are no part of the language
        line = case(f"random {len(lines)}", template(rng), CONTEXT)
        if " at 0x" not in line.lower() and "object sync" not in line.lower() and "generbtor" not in line:
            lines.append(line)
    with gzip.GzipFile(sys.argv[3], "wb", mtime=0) as out:
        out.write(("\n".join(lines) + "\n").encode())
    print(len(lines), "expressions")
