import random
import unittest

from peerbench.histogram import LatencyHistogram, bucket, upper


class HistogramTest(unittest.TestCase):
    def test_bucketsAreExactBelow128AndNarrowAbove(self) -> None:
        for nanos in range(128):
            self.assertEqual((nanos, nanos), (bucket(nanos), upper(bucket(nanos))))
        for exponent in range(7, 60):
            for nanos in (1 << exponent, (1 << exponent) + 1, (1 << (exponent + 1)) - 1):
                end = upper(bucket(nanos))
                self.assertTrue(nanos <= end <= nanos * 1.016, nanos)
                self.assertEqual(bucket(nanos) + 1, bucket(end + 1))

    def test_bucketsAreThoseOfTheJavaClass(self) -> None:
        known = {127: 127, 128: 128, 129: 128, 255: 191, 256: 192, 1000: 317, 1_000_000: 954, 123_456_789: 1397}
        self.assertEqual(known, {nanos: bucket(nanos) for nanos in known})

    def test_percentilesAreNearThoseOfTheSortedTimes(self) -> None:
        seed = 20261120
        draw = random.Random(seed)
        times = [int(draw.lognormvariate(9, 2)) for _ in range(5000)]
        histogram = LatencyHistogram()
        for nanos in times:
            histogram.add(nanos)
        times.sort()
        for p in (0, 50, 90, 99, 99.9, 100):
            exact = times[min(int(len(times) * p / 100), len(times) - 1)]
            self.assertTrue(exact <= histogram.percentile(p) <= exact * 1.016 + 1, f"p{p}, seed {seed}")
        self.assertEqual((max(times), sum(times)), (histogram.max, histogram.sum))

    def test_whatWasWrittenIsReadBackAndAddsUp(self) -> None:
        histogram = LatencyHistogram()
        for nanos in (5, 5, 70_000):
            histogram.add(nanos)
        again = LatencyHistogram.of(histogram.to_json())
        again.add_all(histogram)
        self.assertEqual((6, 140_020, 70_000), (again.count, again.sum, again.max))
        self.assertEqual([5, 4, bucket(70_000), 2], again.to_json()["buckets"])
        with self.assertRaises(ValueError):
            LatencyHistogram.of({"count": 2, "sum": 1, "max": 1, "buckets": [1, 1]})


if __name__ == "__main__":
    unittest.main()
