"""Prompts are read and answers written as `bench quality` has them."""

from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path

from peerbench.engines.engine import CompileError
from peerbench.quality.prompts import Prompt, Prompts
from peerbench.quality.run import answer, run
from peerbench.quality.writer import FREE, MASKED, Written


class EchoWriter:
    """Writes the task's name; refuses schemas that say so."""

    name = "echo f32"
    ways = (FREE, MASKED)

    def __init__(self) -> None:
        self.asked: list[str] = []

    def settings(self) -> dict[str, str]:
        return {"version": "1"}

    def write(self, prompt: Prompt, way: str) -> Written:
        self.asked.append(f"{way}/{prompt.id}")
        if way == MASKED and "refuse" in prompt.schema:
            raise CompileError("refuse", "no such keyword")
        return Written(prompt.id, 3)


def line(name: str, kind: str, **schema: object) -> str:
    return json.dumps({"id": name, "kind": kind, "tokens": [1, 2], "schema": schema, "budget": 9, "label": {}})


class QualityTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def prompts(self, *lines: str, limit: int = 99) -> Prompts:
        (self.folder / "prompts.jsonl").write_text("\n".join(lines) + "\n")
        return Prompts.read(self.folder, limit)

    def test_aLimitIsSpreadOverEachKind(self) -> None:
        lines = [line(f"e{i}", "extraction") for i in range(6)] + [line(f"r{i}", "reasoning") for i in range(2)]
        chosen = [prompt.id for prompt in self.prompts(*lines, limit=3).all]
        self.assertEqual(["e0", "e2", "e4", "r0", "r1"], chosen)

    def test_aLineThatIsNoPromptIsNamed(self) -> None:
        with self.assertRaisesRegex(ValueError, "prompts.jsonl:2: not a prompt"):
            self.prompts(line("a", "extraction"), '{"id": "b"}')

    def test_everyWayIsWrittenOnceAndLoadingIsNoted(self) -> None:
        prompts = self.prompts(line("a", "extraction"), line("b", "extraction", refuse=True))
        first = EchoWriter()
        figures = run(self.folder / "out", prompts, lambda: first, {"--model": "m"})
        self.assertEqual((4, 1, 9), (figures["answers"], figures["errors"], figures["tokens"]))
        self.assertEqual("echo f32", json.loads((self.folder / "out/load.json").read_text())["engine"])
        again = EchoWriter()
        run(self.folder / "out", prompts, lambda: again, {"--model": "m"})
        self.assertEqual(["free/a", "masked/a"], again.asked, "the start of libraries, and nothing twice")
        with self.assertRaisesRegex(ValueError, "--model"):
            run(self.folder / "out", prompts, EchoWriter, {"--model": "another"})

    def test_closeCallsAreKept(self) -> None:
        calls = [{"from": 0, "to": 2, "gap": 0.001}]
        writer = EchoWriter()
        writer.write = lambda prompt, way: Written("ab", 1, calls)  # type: ignore[method-assign]
        prompt = self.prompts(line("a", "extraction")).all[0]
        self.assertEqual(calls, answer(writer, prompt, FREE)["close_calls"])
        self.assertNotIn("close_calls", answer(EchoWriter(), prompt, FREE))

    def test_aRefusedSchemaIsAnErrorOfItsAnswer(self) -> None:
        refused = answer(EchoWriter(), self.prompts(line("a", "extraction", refuse=True)).all[0], MASKED)
        self.assertEqual(("", "no such keyword", 0), (refused["text"], refused["error"], refused["tokens"]))
        self.assertEqual(("masked/a", "extraction", 2, 9),
                         (refused["id"], refused["kind"], refused["prompt_tokens"], refused["budget"]))


if __name__ == "__main__":
    unittest.main()
