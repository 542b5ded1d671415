import json
import tempfile
import unittest
from pathlib import Path
from typing import Any

from peerbench.case_trial import CaseTrial, Steps, growth
from peerbench.corpus import Instance, Item
from peerbench.engines.errors import first_line, kind_of
from peerbench.results import ResultsFile
from peerbench.summary import summary
from peerbench.trial import Trial, lost
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
        self.assertEqual("No … here", kind_of("No `x` here. Try more"))
        self.assertEqual("Check failed", first_line("[12:00:01] /x/y.cc:34: Check failed\n at z"))


class CaseTrialTest(unittest.TestCase):
    def case(self, source: str, *texts: str, runs: int = 2, seconds: float = 60) -> dict[str, Any]:
        item = Item("c", "gbnf", "gbnf", source, tuple(Instance(True, text) for text in texts))
        encode = lambda text: [ord(letter) for letter in text]  # noqa: E731
        return CaseTrial(WordEngine(), encode, item, runs, seconds).run()

    def test_allTextsAreReadAndReadAgain(self) -> None:
        line = self.case("word", "word", "word")
        self.assertEqual(("read", 8, []), (line["end"], line["tokens"], line["reasons"]))
        self.assertEqual(8, line["histograms"]["again_ns"]["count"])
        self.assertLessEqual(line["compile_us"], line["first_mask_us"])

    def test_aRefusedTextDoesNotKeepOthersFromBeingRead(self) -> None:
        line = self.case("word", "worn", "word", "wor")
        self.assertEqual(("failed", 3 + 4 + 3), (line["end"], line["tokens"]))
        self.assertEqual("texts refused, of 3: 0 at token 3, 2 at token 3", line["reasons"][0]["reason"])

    def test_whatIsNotReadSaysWhy(self) -> None:
        self.assertEqual("refused", self.case("refuse", "a")["end"])
        self.assertEqual("failed", self.case("fail", "fail")["end"])
        self.assertEqual("stopped", self.case("word", "word", seconds=0)["end"])

    def test_growthIsThatOfTheLongestText(self) -> None:
        self.assertEqual(0.0, growth(Steps([1] * 10, [1] * 10, [10])))
        steps = Steps([9] * 4 + [1] * 8 + [5] * 8, [0] * 20, [4, 20])
        self.assertEqual(5.0, growth(steps))
        self.assertEqual([1, 2], Steps([1, 3], [1, 1]).least(Steps([2, 2, 2], [1, 1, 1])).mask)


class WorkerTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_aProcessThatEndsOrHangsCostsOneResult(self) -> None:
        sources = ["word", "die", "hang", "word"]
        worker = Worker(
            run=lambda i: result(sources[i], "word", seconds=0.2),
            lost=lambda i, hangs, keyword, reason: lost(str(i), "timeout" if hangs else "error", keyword, reason),
            warm_up=lambda: None,
            seconds=0.2,
            memory=1 << 30,
            log=self.folder / "log",
        )
        worker.GRACE = 0.2
        lines = [worker.result(i) for i in range(4)]
        worker.close()
        self.assertEqual(["compiled", "error", "timeout", "compiled"], [line["status"] for line in lines])
        self.assertEqual("SIGSEGV", lines[1]["reasons"][0]["keyword"])

    def test_resultsGoOnWhereTheyWere(self) -> None:
        settings = {"engine": "word 1", "measured with": "this"}
        first = ResultsFile(self.folder, settings, summary)
        first.add(result("word", "word"))
        first._out.close()
        with (self.folder / "results.jsonl").open("a") as out:
            out.write('{"id": "cut')
        again = ResultsFile(self.folder, {**settings, "measured with": "that"}, summary)
        self.assertTrue(again.has("d_word"))
        again.add(result("a", "b"))
        figures = again.finish()
        lines = (self.folder / "results.jsonl").read_text().splitlines()
        self.assertEqual(["d_a", "d_word"], [json.loads(line)["id"] for line in lines[:2]])
        self.assertEqual(figures, json.loads(lines[2])["summary"])
        self.assertEqual((2, 2, 5), (figures["schemas"], figures["passing"], figures["masks"]))
        with self.assertRaisesRegex(ValueError, "engine"):
            ResultsFile(self.folder, {"engine": "word 2"}, summary)


if __name__ == "__main__":
    unittest.main()
