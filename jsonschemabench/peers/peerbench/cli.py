"""The command line."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from pathlib import Path

from peerbench import overhead
from peerbench.engines import catalogue
from peerbench.engines.engine import Engine
from peerbench.quality import catalogue as quality
from peerbench.quality.prompts import Prompts
from peerbench.quality.run import run as run_quality
from peerbench.quality.writer import Writer
from peerbench.progress import Progress
from peerbench.results import NAME, ResultsFile
from peerbench.tokenizer import TokenizerFile
from peerbench.work import CaseWork, SchemaWork, WishWork, Work
from peerbench.worker import Worker

_VERSIONS = Path(__file__).resolve().parent.parent / "grammars"
_ONE_THREAD = ("RAYON_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> int:
    options = _options()
    for name in _ONE_THREAD:
        os.environ[name] = str(options.threads) if options.quality else "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    try:
        return _run_quality(options) if options.quality else _run(options)
    except (ValueError, OSError, ImportError) as error:
        print(f"peers: {error}", file=sys.stderr)
        return 2


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Runs another constrained decoding engine on the schemas and instances of `bench maskbench`, the cases of"
        " `bench hard`, the grammars of `bench grammars` or the wishes of `bench twoway`, with the same timing points, or a model under it on the tasks of `bench quality`, and"
        " writes the same results.jsonl. A run that was stopped goes on where it was.",
        epilog="example: python run.py --engine llguidance --data DATA/jsonschemabench"
        " --tokenizer DATA/tokenizers/llama3_1.json.gz --out out/llguidance --limit 500",
    )
    parser.add_argument("--engine", required=True, choices=tuple(dict.fromkeys(catalogue.NAMES + quality.NAMES)))
    parser.add_argument("--variant", help="the engine's settings, see README.md (default: those nearest to JSON Schema)")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--data", type=Path, nargs="+", metavar="DIR_OR_FILE", help="schemas with instances")
    what.add_argument("--cases", type=Path, metavar="DIR", help="cases that `bench hard --write-cases` wrote")
    what.add_argument("--grammars", type=Path, metavar="DIR", help="texts of grammars, NAME.texts.json; with --versions")
    what.add_argument("--wishes", type=Path, metavar="DIR", help="texts of a simulated model that `bench twoway` wrote")
    what.add_argument("--quality", type=Path, metavar="DIR", help="prompts that `bench quality --write-prompts` wrote; with --model")
    parser.add_argument("--versions", type=Path, nargs="+", default=[_VERSIONS], metavar="DIR",
                        help="with --grammars: the engine's own versions of the grammars, the first choice first (default: grammars"
                        " beside run.py)")
    parser.add_argument("--model", type=Path, metavar="FILE", help="with --quality: a .gguf file")
    parser.add_argument("--precision", choices=("f32", "bf16"), default="f32",
                        help="with --quality: the numbers of transformers (default: f32)")
    parser.add_argument("--threads", type=_at_least_one, default=os.cpu_count(), metavar="N",
                        help="with --quality: threads of the model (default: the processors)")
    parser.add_argument("--tokenizer", type=Path, metavar="FILE", help="tokenizer.json, plain or gzipped")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where results are written")
    parser.add_argument("--limit", type=_at_least_one, default=sys.maxsize, metavar="N",
                        help="only N schemas, the same that `bench maskbench --limit N` takes")
    parser.add_argument("--text", choices=("official", "compact"), default="official",
                        help='how instances are written; official is ", " and ": " (default)')
    parser.add_argument("--timeout", type=_at_least_one, default=60, metavar="S",
                        help="seconds for one schema, or one run of a case (default: 60)")
    parser.add_argument("--runs", type=_at_least_one, default=3, metavar="N",
                        help="runs of a case whose least times count, after one that does not (default: 3)")
    parser.add_argument("--memory", type=_at_least_one, default=8, metavar="GB",
                        help="gigabytes that the engine's process may take (default: 8)")
    parser.add_argument("--translate-gbnf", action="store_true",
                        help="llguidance: read GBNF through the engine's own converter to Lark instead of not at all")
    options = parser.parse_args()
    needed = "model" if options.quality else "tokenizer"
    if getattr(options, needed) is None:
        parser.error(f"expected --{needed}")
    return options


def _at_least_one(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number of at least 1, not {text}")
    return int(text)


def _run_quality(options: argparse.Namespace) -> int:
    prompts = Prompts.read(options.quality, options.limit)
    settings = {"--model": options.model.name, "--precision": options.precision}

    def load() -> Writer:
        return quality.load(options.engine, options.variant, options.model, options.precision, options.threads)

    try:
        figures = run_quality(options.out, prompts, load, settings)
    except KeyboardInterrupt:
        return 1
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    print(f"peers: wrote {options.out / NAME}", file=sys.stderr)
    return 0


def _run(options: argparse.Namespace) -> int:
    tokenizer = TokenizerFile.read(options.tokenizer)
    work = _work(options, tokenizer)
    variant = options.variant or catalogue.FIRST_VARIANT[options.engine]
    engine = catalogue.make(options.engine, variant, tokenizer, options.translate_gbnf)
    results = ResultsFile(options.out, _settings(engine, tokenizer, work, options), work.summary)
    encode = tokenizer.encoder()
    warm_texts = [encode(text) for text in overhead.WARM_TEXTS]
    worker = Worker(
        run=lambda index: work.run(index, engine, encode),
        lost=work.lost,
        warm_up=lambda: overhead.warm_up(engine, warm_texts),
        seconds=work.seconds(),
        memory=options.memory << 30,
        log=options.out / "engine.log",
    )
    progress = Progress(engine.name, len(work.names))
    stopped = False
    try:
        for index, name in enumerate(work.names):
            fresh = not results.has(name)
            if fresh:
                results.add(worker.result(index))
            progress.step(fresh)
    except KeyboardInterrupt:
        stopped = True
    finally:
        worker.close()
        progress.close()
    print(json.dumps(results.finish(), ensure_ascii=False, indent=1))
    print(f"peers: wrote {options.out / NAME}", file=sys.stderr)
    return 1 if stopped else 0


def _work(options: argparse.Namespace, tokenizer: TokenizerFile) -> Work:
    if options.wishes:
        return WishWork.read(options.wishes, options.limit, tokenizer.vocabulary(), options.timeout)
    if options.cases:
        return CaseWork.read(options.cases, options.limit, options.runs, options.timeout)
    if options.grammars:
        return CaseWork.of_grammars(options.grammars, options.versions, options.engine, options.runs, options.timeout)
    return SchemaWork.read(options.data, options.limit, options.text, options.timeout)


def _settings(engine: Engine, tokenizer: TokenizerFile, work: Work, options: argparse.Namespace) -> dict[str, str]:
    return {
        "engine": f"{engine.name} {engine.version}",
        "--tokenizer": tokenizer.label,
        **work.settings(),
        "--seconds": str(options.timeout),
        **engine.settings(),
        "measured by": f"Python {platform.python_version()}, garbage collection between schemas only",
        "measured with": overhead.describe(),
    }
