"""Figures over many results: those of the Java class MaskbenchView."""

from __future__ import annotations

from collections import Counter
from typing import Any

from peerbench.histogram import LatencyHistogram

_LONG_MASK = 10_000_000


def summary(lines: list[dict[str, Any]]) -> dict[str, Any]:
    status = Counter(line["status"] for line in lines)
    times = {name: LatencyHistogram() for name in ("mask", "commit", "step", "compile", "first_mask")}
    refused_for: Counter[str] = Counter()
    for line in lines:
        for name in ("mask", "commit", "step"):
            times[name].add_all(LatencyHistogram.of(line["histograms"][name + "_ns"]))
        if line["status"] == "compiled":
            times["compile"].add(round(line["compile_us"] * 1000))
            times["first_mask"].add(round(line["first_mask_us"] * 1000))
        else:
            refused_for.update({reason["keyword"] for reason in line["reasons"]})
    tests = [test for line in lines for test in line["tests"]]
    return {
        "schemas": len(lines),
        "passing": sum(_passes(line) for line in lines),
        "compiled": status["compiled"],
        "unsatisfiable": 0,
        "checked_at_end": 0,
        "refused": status["refused"],
        "error": status["error"],
        "timeout": status["timeout"],
        "valid": sum(test["valid"] for test in tests),
        "valid_refused": sum(test["valid"] and not test["accepted"] for test in tests),
        "invalid": sum(not test["valid"] for test in tests),
        "invalid_accepted": sum(test["accepted"] and not test["valid"] for test in tests),
        "masks": times["mask"].count,
        "masks_over_10_ms": times["mask"].above(_LONG_MASK),
        **{name + "_us": histogram.figures() for name, histogram in times.items()},
        "refused_for": dict(sorted(refused_for.items(), key=lambda entry: (-entry[1], entry[0]))),
    }


def _passes(line: dict[str, Any]) -> bool:
    return line["status"] == "compiled" and all(test["valid"] == test["accepted"] for test in line["tests"])
