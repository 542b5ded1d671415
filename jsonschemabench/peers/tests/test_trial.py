import json
import tempfile
import unittest
from pathlib import Path
from typing import Any

from peerbench.corpus import Instance, Item
from peerbench.engines.errors import first_line, kind_of
from peerbench.results import ResultsFile
from peerbench.trial import Trial
from peerbench.worker import Worker
from tests.fakes import WordEngine


def result(source: str, *texts: str, seconds: float = 60) -> dict[str, Any]:
    item = Item("d_" + source, "d", "schema", source, tuple(Instance(text == source, text) for text in texts))
    return Trial(WordEngine(), lambda text: [ord(letter) for letter in text], item, seconds).run()


class TrialTest(unittest.TestCase):
    def test_verdictsSayWhereATextWasRefused(self) -> None:
        line = result("word", "word", "wart", "wo", "words")
        self.assertEqual("compiled", line["status"])
        self.assertEqual([None, 1, 2, 4], [test["rejected_at"] for test in line["tests"]])
        self.assertEqual([4, 4, 2, 5], [test["tokens"] for test in line["tests"]])
        self.assertEqual(4 + 2 + 2 + 5, line["masks"])
        self.assertEqual(13, line["histograms"]["commit_ns"]["count"])
        self.assertLessEqual(line["compile_us"], line["first_mask_us"])

    def test_errorsAreToldApartByWhenTheyCome(self) -> None:
        for source, status, keyword in (
            ("refuse", "refused", "refused for"),
            ("raise", "refused", "RuntimeError"),
            ("fail", "error", "engine"),
            ("disagree", "error", "engine"),
        ):
            line = result(source, source)
            self.assertEqual((status, keyword), (line["status"], line["reasons"][0]["keyword"]))
        self.assertEqual("timeout", result("word", "word", seconds=0)["status"])

    def test_messagesAreCountedWithoutWhatDiffers(self) -> None:
        self.assertEqual("Unresolved ref … in N", kind_of('Unresolved ref "#/a" in 12: more'))
        self.assertEqual("Check failed", first_line("[12:00:01] /x/y.cc:34: Check failed\n at z"))


class WorkerTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_aProcessThatEndsOrHangsCostsOneResult(self) -> None:
        sources = ["word", "die", "hang", "word"]
        worker = Worker(lambda i: result(sources[i], "word", seconds=0.2), lambda: None, 0.2, 1 << 30, self.folder / "log")
        worker.GRACE = 0.2
        lines = [worker.result(i, str(i), "d") for i in range(4)]
        worker.close()
        self.assertEqual(["compiled", "error", "timeout", "compiled"], [line["status"] for line in lines])
        self.assertEqual("SIGSEGV", lines[1]["reasons"][0]["keyword"])

    def test_resultsGoOnWhereTheyWere(self) -> None:
        settings = {"engine": "word 1", "measured with": "this"}
        first = ResultsFile(self.folder, settings)
        first.add(result("word", "word"))
        with (self.folder / "results.jsonl").open("a") as out:
            out.write('{"id": "cut')
        again = ResultsFile(self.folder, {**settings, "measured with": "that"})
        self.assertTrue(again.has("d_word"))
        again.add(result("a", "b"))
        figures = again.finish()
        lines = (self.folder / "results.jsonl").read_text().splitlines()
        self.assertEqual(["d_a", "d_word"], [json.loads(line)["id"] for line in lines[:2]])
        self.assertEqual(figures, json.loads(lines[2])["summary"])
        self.assertEqual((2, 2, 5), (figures["schemas"], figures["passing"], figures["masks"]))
        with self.assertRaisesRegex(ValueError, "engine"):
            ResultsFile(self.folder, {"engine": "word 2"})


if __name__ == "__main__":
    unittest.main()
