"""Distributions of times, in the buckets of the Java class LatencyHistogram, so that either side reads the other's."""

from __future__ import annotations

from collections import Counter
from typing import Any

_LINEAR_BITS = 7
_HALF = 1 << (_LINEAR_BITS - 1)


class LatencyHistogram:
    """Counts nanoseconds in buckets that are exact up to 127 and at most 1.6 % wide above; sum, count and maximum are exact."""

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()
        self.count = 0
        self.sum = 0
        self.max = 0

    def add(self, nanos: int) -> None:
        value = max(0, nanos)
        self._counts[bucket(value)] += 1
        self.count += 1
        self.sum += value
        self.max = max(self.max, value)

    def add_all(self, other: LatencyHistogram) -> None:
        self._counts.update(other._counts)
        self.count += other.count
        self.sum += other.sum
        self.max = max(self.max, other.max)

    def mean(self) -> float:
        """In nanoseconds; 0 of nothing."""
        return self.sum / self.count if self.count else 0.0

    def percentile(self, p: float) -> int:
        """MaskBench's percentile, the value at index int(count * p / 100): the upper end of its bucket."""
        index = min(int(self.count * p / 100), self.count - 1)
        before = 0
        for key in sorted(self._counts):
            before += self._counts[key]
            if before > index:
                return min(upper(key), self.max)
        return self.max

    def above(self, nanos: int) -> int:
        """How many times are longer, as exact as buckets are."""
        limit = bucket(nanos)
        return sum(times for key, times in self._counts.items() if key > limit)

    def figures(self) -> dict[str, float]:
        """Mean, percentiles and maximum in microseconds."""
        return {
            "mean": _micros(self.mean()),
            "p50": _micros(self.percentile(50)),
            "p90": _micros(self.percentile(90)),
            "p99": _micros(self.percentile(99)),
            "p999": _micros(self.percentile(99.9)),
            "max": _micros(self.max),
        }

    def to_json(self) -> dict[str, Any]:
        buckets: list[int] = []
        for key in sorted(self._counts):
            buckets += [key, self._counts[key]]
        return {"count": self.count, "sum": self.sum, "max": self.max, "buckets": buckets}

    @staticmethod
    def of(node: dict[str, Any]) -> LatencyHistogram:
        """What `to_json` wrote."""
        histogram = LatencyHistogram()
        buckets = node["buckets"]
        histogram._counts.update(dict(zip(buckets[::2], buckets[1::2])))
        histogram.count, histogram.sum, histogram.max = node["count"], node["sum"], node["max"]
        if sum(histogram._counts.values()) != histogram.count:
            raise ValueError("the buckets do not add up to the count")
        return histogram


def bucket(nanos: int) -> int:
    if nanos < 2 * _HALF:
        return nanos
    shift = nanos.bit_length() - _LINEAR_BITS
    return _HALF * (shift + 1) + (nanos >> shift) - _HALF


def upper(key: int) -> int:
    """The longest time in a bucket."""
    if key < 2 * _HALF:
        return key
    shift = key // _HALF - 1
    lead = _HALF + key % _HALF
    return ((lead + 1) << shift) - 1


def _micros(nanos: float) -> float:
    return round(nanos) / 1000
