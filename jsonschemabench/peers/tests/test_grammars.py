import json
import tempfile
import unittest
from pathlib import Path

from peerbench.cases import read_grammars


class GrammarsTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.texts = Path(folder.name) / "texts"
        self.versions = Path(folder.name) / "versions"
        self.texts.mkdir()
        self.versions.mkdir()

    def test_anEngineReadsItsOwnVersion(self) -> None:
        (self.texts / "list.texts.json").write_text(json.dumps({"valid": ["1", "2"], "invalid": ["x"]}))
        (self.versions / "list.lark").write_text("start: /[0-9]/")
        (self.versions / "list.ebnf").write_text("root ::= [0-9]")
        (lark,) = read_grammars(self.texts, [self.versions], "llguidance")
        self.assertEqual(("list", "lark", "start: /[0-9]/"), (lark.id, lark.kind, lark.source))
        self.assertEqual(["1", "2"], [instance.text for instance in lark.instances])
        (ebnf,) = read_grammars(self.texts, [self.versions], "xgrammar")
        self.assertEqual(("gbnf", "root ::= [0-9]"), (ebnf.kind, ebnf.source))

    def test_theFirstFolderComesFirst(self) -> None:
        (self.texts / "list.texts.json").write_text(json.dumps({"valid": ["1"]}))
        (self.versions / "list.ebnf").write_text("root ::= [0-9]")
        other = self.versions / "other"
        other.mkdir()
        (other / "list.lark").write_text("start: /[0-9]/")
        (item,) = read_grammars(self.texts, [other, self.versions], "xgrammar")
        self.assertEqual("lark", item.kind)

    def test_aGrammarWithoutAVersionIsOfNoKind(self) -> None:
        (self.texts / "list.texts.json").write_text(json.dumps({"valid": ["1"]}))
        for engine in ("llguidance", "xgrammar", "outlines-core"):
            (item,) = read_grammars(self.texts, [self.versions], engine)
            self.assertEqual(("grammar", ""), (item.kind, item.source))

    def test_aFolderWithoutTextsIsRefused(self) -> None:
        with self.assertRaises(ValueError):
            read_grammars(self.texts, [self.versions], "xgrammar")
