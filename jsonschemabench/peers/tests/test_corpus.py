import gzip
import json
import tempfile
import unittest
import zlib
from pathlib import Path

from peerbench import cases, corpus


class CorpusTest(unittest.TestCase):
    def setUp(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.folder = Path(self._folder.name)

    def test_theSchemaIsCutOutAsItStands(self) -> None:
        schema = '{ "b":1.50, "a" : "\\u0041" }'
        text = f'{{"id": "d/Some---x.json", "schema": {schema} , "tests": [{{"valid": true, "data": {{"k": [1e5, "é"]}}}}]}}'
        (self.folder / "a.jsonl").write_text(text + "\n\n", "utf-8")
        line = corpus.read([self.folder])[0]
        item = line.item(compact=False)
        self.assertEqual(("d/Some---x.json", "Some", "schema", schema), (item.id, item.dataset, item.kind, item.source))
        self.assertEqual((corpus.Instance(True, '{"k": [100000.0, "é"]}'),), item.instances)
        self.assertEqual('{"k":[100000.0,"é"]}', line.item(compact=True).instances[0].text)

    def test_filesAndFoldersAreReadInOrderAndIdsCountOnce(self) -> None:
        first = json.dumps({"id": "b_1", "schema": {}})
        (self.folder / "2.jsonl.gz").write_bytes(gzip.compress((first + "\n").encode()))
        (self.folder / "1.jsonl").write_text('{"schema": {}}\n' + first, "utf-8")
        (self.folder / "3.json").write_text('{"schema": true}', "utf-8")
        ids = [line.id for line in corpus.read([self.folder, self.folder / "1.jsonl"])]
        self.assertEqual(["1.jsonl:1", "b_1", "maskbench/data/3.json"], ids)
        (self.folder / "4.jsonl").write_text('{"id": "b_1", "schema": true}', "utf-8")
        with self.assertRaisesRegex(ValueError, "two different schemas|two schemas"):
            corpus.read([self.folder])

    def test_aLimitTakesTheSmallestHashesInTheOrderOfTheCorpus(self) -> None:
        lines = [corpus.Line(f"s_{i}", "{}") for i in range(50)]
        chosen = corpus.limited(lines, 7)
        smallest = sorted(lines, key=lambda line: zlib.crc32(line.id.encode()))[:7]
        self.assertEqual({line.id for line in smallest}, {line.id for line in chosen})
        self.assertEqual(chosen, [line for line in lines if line in chosen])

    def test_whatHasNoSchemaIsTold(self) -> None:
        for text in ('{"id": "x"}', "[]", '{"schema": {}', '{"schema" {}}'):
            with self.assertRaises(ValueError):
                corpus.Line("x", text).item(compact=False)

    def test_casesHaveANameAKindASourceAndTexts(self) -> None:
        case = {"name": "n", "kind": "gbnf", "source": 'root ::= "a"', "texts": ["a"], "any_order_texts": ["b"]}
        (self.folder / "n.json").write_text(json.dumps(case), "utf-8")
        texts = (corpus.Instance(True, "a"), corpus.Instance(True, "b"))
        expected = corpus.Item("n", "gbnf", "gbnf", 'root ::= "a"', texts)
        self.assertEqual([expected], cases.read(self.folder))
        (self.folder / "m.json").write_text(json.dumps({**case, "kind": "yacc"}), "utf-8")
        with self.assertRaisesRegex(ValueError, "yacc"):
            cases.read(self.folder)


if __name__ == "__main__":
    unittest.main()
