#!/usr/bin/env python3
"""Judges texts of the grammars in this folder by each language's own tool.

    python3 -m venv VENV && VENV/bin/pip install -r examples/grammars/requirements.txt
    VENV/bin/python examples/grammars/judge.py                        # all NAME.texts.json
    VENV/bin/python examples/grammars/judge.py json --texts more.json # a JSON array of texts that are said to be valid

Prints a line for each grammar and each text on which tool and file disagree, and exits with 1 if there is one.
"""

import argparse
import ast
import csv
import email
import email.policy
import importlib.metadata
import io
import json
import pathlib
import platform
import re
import sqlite3
import subprocess
import sys
import warnings
import xml.parsers.expat

FOLDER = pathlib.Path(__file__).resolve().parent


class Refused(Exception):
    """The tool does not take the text."""


def package(name):
    return f"{name} {importlib.metadata.version(name)}"


def python(name):
    return f"{name} of Python {platform.python_version()}"


def judge_json(text):
    def constant(name):
        raise Refused(f"{name} is no JSON")

    json.loads(text, parse_constant=constant, parse_int=str, parse_float=str)


def judge_arithmetic(text):
    allowed = (ast.Expression, ast.BinOp, ast.UnaryOp, ast.Constant, ast.operator, ast.unaryop)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text, mode="eval")
    for node in ast.walk(tree):
        if not isinstance(node, allowed):
            raise Refused(f"{type(node).__name__} is no arithmetic")
        if isinstance(node, ast.Constant) and type(node.value) not in (int, float):
            raise Refused(f"{node.value!r} is no number")


def judge_python(text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ast.parse(text)


def judge_csv(text):
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    if len({max(1, len(row)) for row in rows}) > 1:
        raise Refused("records differ in their number of fields")
    written = []
    for row in rows:
        fields = []
        for field in row or [""]:
            quoted = '"' + field.replace('"', '""') + '"'
            fields.append(re.escape(quoted) if re.search(r'[",\r\n]', field) else f"(?:{re.escape(field)}|{re.escape(quoted)})")
        written.append(",".join(fields))
    if not re.fullmatch("\r\n".join(written) + "(?:\r\n)?", text):
        raise Refused("written again, it is another text")


def judge_chess(text):
    import chess

    *moves, result = text.split(" ")
    if result not in ("1-0", "0-1", "1/2-1/2", "*"):
        raise Refused("no result at the end")
    white = True
    numbered = False
    for word in moves:
        if re.fullmatch(r"[1-9][0-9]{0,2}\.", word):
            white, numbered = True, True
            continue
        if not numbered or not possible(chess, word, white):
            raise Refused(f"no board has the move {word} there")
        numbered, white = white, False
    if numbered and white:
        raise Refused("a number without a move")


def possible(chess, san, white):
    """Whether python-chess reads the move on a board that is made for it: an own piece, and what it captures."""
    match = chess.SAN_REGEX.match(san)
    color = chess.WHITE if white else chess.BLACK
    if match is None:
        if not san.startswith("O-O"):
            return False
        board = chess.Board("4k2r/8/8/8/8/8/8/4K2R w Kk - 0 1" if san.rstrip("+#") == "O-O" else "r3k3/8/8/8/8/8/8/R3K3 w Qq - 0 1")
        board.turn = color
        return read(board, san)
    target = chess.parse_square(match.group(4))
    piece = chess.PIECE_SYMBOLS.index(match.group(1).lower()) if match.group(1) else chess.PAWN
    capture = "x" in san
    for origin in chess.SQUARES:
        if origin == target:
            continue
        board = chess.Board(None)
        board.turn = color
        board.set_piece_at(origin, chess.Piece(piece, color))
        if capture:
            board.set_piece_at(target, chess.Piece(chess.ROOK, not color))
        if piece == chess.PAWN and chess.square_rank(origin) in (0, 7):
            continue
        if read(board, san):
            return True
    return False


def read(board, san):
    try:
        move = board.parse_san(san)
    except ValueError:
        return False
    return board.is_legal(move)


def judge_icalendar(text):
    import icalendar

    if re.search(r"(?<!\r)\n|\r(?!\n)", text) or not text.endswith("\r\n"):
        raise Refused("lines end with CRLF")
    calendar = icalendar.Calendar.from_ical(text)
    errors = [error for part in calendar.walk() for error in part.errors]
    if errors:
        raise Refused(str(errors[0]))
    for part in calendar.walk("VEVENT"):
        missing = [name for name in ("UID", "DTSTAMP") if name not in part]
        if missing:
            raise Refused(f"an event has no {missing[0]}")
        for name in ("DTSTART", "DTEND", "DTSTAMP", "RRULE", "DURATION", "SUMMARY", "UID"):
            if name in part:
                part.decoded(name)
    for part in calendar.walk("VCALENDAR"):
        if part.get("VERSION") != "2.0" or "PRODID" not in part:
            raise Refused("VERSION and PRODID are required")


def judge_email(text):
    if not text.endswith("\r\n\r\n"):
        raise Refused("a blank line ends the header")
    message = email.message_from_string(text, policy=email.policy.default.clone(raise_on_defect=True))
    for name in ("Date", "From"):
        if len(message.get_all(name, [])) != 1:
            raise Refused(f"exactly one {name} is required")
    for name, value in message.items():
        if value.defects:
            raise Refused(f"{name}: {value.defects[0]!r}")
        for address in [a for group in getattr(value, "groups", ()) for a in group.addresses]:
            if not address.username or not address.domain:
                raise Refused(f"{name}: {address} is no address")
    if not message["From"].addresses:
        raise Refused("From names nobody")


def judge_smiles(text):
    from rdkit import Chem, RDLogger

    RDLogger.DisableLog("rdApp.*")
    parameters = Chem.SmilesParserParams()
    parameters.sanitize = False
    parameters.allowCXSMILES = False
    if Chem.MolFromSmiles(text, parameters) is None:
        raise Refused("RDKit reads no molecule")


def judge_markdown_table(text):
    import cmarkgfm

    page = cmarkgfm.github_flavored_markdown_to_html(text)
    if not re.fullmatch(r"<table>(?:(?!</?table).)*</table>\s*", page, re.S):
        raise Refused("not one table")
    rows = text.strip("\n").split("\n")
    cells = [len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) - 1 for row in rows]
    if len(set(cells)) > 1 or len(re.findall("<tr>", page)) != len(rows) - 1:
        raise Refused("rows differ in their number of cells")
    if any(not row.startswith("|") or not row.rstrip(" ").endswith("|") for row in rows):
        raise Refused("a row has no outer pipes")


def judge_xml(text):
    parser = xml.parsers.expat.ParserCreate()
    parser.Parse(text.encode(), True)


def judge_html(text):
    import html5lib

    html5lib.HTMLParser(strict=True).parseFragment(text, container="body")


# what SQLite says of statements that it has parsed
MEANING = re.compile(
    r"no such (table|column|function|collation|index)|wrong number of arguments|misuse of|do not have the same number of result columns|"
    r"ambiguous column|no tables specified|ORDER BY term|GROUP BY term|term out of range|may not be used as a window function|"
    r"cannot join using column|sub-select returns|row value misused|a NATURAL join may not"
)


def judge_sqlite(text):
    try:
        sqlite3.connect(":memory:").execute("EXPLAIN " + text)
    except sqlite3.OperationalError as error:
        if not MEANING.search(str(error)):
            raise


def judge_postgresql(text):
    import pglast

    if [type(tree.stmt).__name__ for tree in pglast.parse_sql(text)] != ["SelectStmt"]:
        raise Refused("not one SELECT")


CPP = """#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>
using namespace std;
struct Point { int x = 0, y = 0; Point *next = nullptr; int f(int) const; template <class T> T as() const; };
template <class T> T made(T);
int g(int, int);
int body(int n, vector<int> v, map<string, int> m, Point p) """


def judge_cpp(text):
    command = ["g++", "-std=c++20", "-fsyntax-only", "-w", "-x", "c++", "-"]
    done = subprocess.run(command, input=CPP + text + "\n", capture_output=True, text=True)
    if done.returncode:
        raise Refused(done.stderr.split("error: ")[-1].split("\n")[0])


def gcc():
    return "g++ " + subprocess.run(["g++", "-dumpfullversion"], capture_output=True, text=True, check=True).stdout.strip()


class NodeTool:
    """A parser from npm, in a process of node for all texts at once."""

    def __init__(self, modules, script, name):
        self.modules = modules
        self.script = script
        self.name = name

    def version(self):
        file = pathlib.Path(self.modules) / "node_modules" / self.name / "package.json"
        return f"{self.name} {json.loads(file.read_text())['version']}"

    def reasons(self, texts):
        command = ["node", str(FOLDER / self.script), self.modules]
        done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)
        return json.loads(done.stdout)


class Javac:
    """The parser of the JDK on the path, in one process for all texts."""

    def version(self):
        return subprocess.run(["javac", "-version"], capture_output=True, text=True, check=True).stdout.strip()

    def reasons(self, texts):
        command = ["java", str(FOLDER / "JudgeJava.java")]
        done = subprocess.run(command, input="\0".join(texts), capture_output=True, text=True, check=True)
        return [None if reason == "-" else reason for reason in done.stdout.split("\0")]


class Tool:
    """A function that raises for texts that are refused."""

    def __init__(self, version, function):
        self.text = version
        self.function = function

    def version(self):
        return self.text()

    def reasons(self, texts):
        return [self.reason(text) for text in texts]

    def reason(self, text):
        try:
            self.function(text)
        except Exception as error:  # every tool has errors of its own
            return f"{type(error).__name__}: {error}"
        return None


def tools(modules):
    mermaid = NodeTool(modules, "judge-mermaid.mjs", "mermaid") if modules else None
    cypher = NodeTool(modules, "judge-cypher.mjs", "@neo4j-cypher/language-support") if modules else None
    return {
        "arithmetic": Tool(lambda: python("ast"), judge_arithmetic),
        "chess": Tool(lambda: package("chess"), judge_chess),
        "cpp": Tool(gcc, judge_cpp),
        "csv": Tool(lambda: python("csv"), judge_csv),
        "cypher": cypher,
        "email": Tool(lambda: python("email"), judge_email),
        "html": Tool(lambda: package("html5lib"), judge_html),
        "icalendar": Tool(lambda: package("icalendar"), judge_icalendar),
        "json": Tool(lambda: python("json"), judge_json),
        "markdown-table": Tool(lambda: package("cmarkgfm"), judge_markdown_table),
        "mermaid-flowchart": mermaid,
        "mermaid-sequence": mermaid,
        "java": Javac(),
        "postgresql": Tool(lambda: package("pglast"), judge_postgresql),
        "python": Tool(lambda: python("ast"), judge_python),
        "smiles": Tool(lambda: package("rdkit"), judge_smiles),
        "sqlite": Tool(lambda: "SQLite " + sqlite3.sqlite_version, judge_sqlite),
        "xml": Tool(lambda: xml.parsers.expat.EXPAT_VERSION.replace("_", " "), judge_xml),
    }


def judged(name, tool, valid, invalid):
    """Prints where tool and file disagree; how often."""
    wrong = 0
    for kind, texts in (("valid", valid), ("invalid", invalid)):
        for text, reason in zip(texts, tool.reasons(texts)):
            if (reason is None) != (kind == "valid"):
                wrong += 1
                print(f"{name}: {kind} in the file, but {reason or 'accepted'}: {text!r}")
    print(f"{name}: {len(valid)} valid, {len(invalid)} invalid, {wrong} disagreements; {tool.version()}")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="grammars; all, if none is named")
    parser.add_argument("--texts", metavar="FILE", help="a JSON array of texts to judge as valid, instead of the grammar's own")
    parser.add_argument("--node-modules", metavar="DIR", help="where the packages of judge-mermaid.mjs and judge-cypher.mjs are installed; without it they are passed over")
    parser.add_argument("--write-judge", action="store_true", help="write the tools' versions into the files")
    options = parser.parse_args()
    known = tools(options.node_modules)
    unknown = [name for name in options.names if name not in known]
    if unknown:
        parser.error(f"no grammar is called {unknown[0]}: expected one of {', '.join(known)}")
    if options.texts and len(options.names) != 1:
        parser.error("--texts needs one NAME")
    wrong = 0
    for name in options.names or known:
        tool = known[name]
        if tool is None:
            print(f"{name}: passed over, --node-modules is not given")
            continue
        if options.texts:
            wrong += judged(name, tool, json.loads(pathlib.Path(options.texts).read_text()), [])
            continue
        file = FOLDER / f"{name}.texts.json"
        texts = json.loads(file.read_text())
        wrong += judged(name, tool, texts["valid"], texts["invalid"])
        if options.write_judge:
            file.write_text(json.dumps({**texts, "judge": tool.version()}, indent=2, ensure_ascii=False) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
