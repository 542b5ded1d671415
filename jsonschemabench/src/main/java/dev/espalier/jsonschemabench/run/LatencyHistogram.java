// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * Counts times in buckets that are exact up to 127 ns and at most 1.6% wide above. Sum, count and maximum are exact.
 * Histograms can be added up and written down, so that figures over a whole corpus do not need every time again. One
 * thread at a time.
 */
public final class LatencyHistogram {

    private static final int LINEAR_BITS = 7;
    private static final int HALF = 1 << (LINEAR_BITS - 1);

    private long[] counts = new long[256];
    private long count;
    private long sum;
    private long max;

    /** Counts one time. */
    public void add(long nanos) {
        long value = Math.max(0, nanos);
        addTo(bucket(value), 1);
        count++;
        sum += value;
        max = Math.max(max, value);
    }

    /** Counts all times of another histogram. */
    public void add(LatencyHistogram other) {
        for (int i = 0; i < other.counts.length; i++) {
            if (other.counts[i] > 0) {
                addTo(i, other.counts[i]);
            }
        }
        count += other.count;
        sum += other.sum;
        max = Math.max(max, other.max);
    }

    private void addTo(int bucket, long times) {
        if (bucket >= counts.length) {
            counts = Arrays.copyOf(counts, bucket + 64);
        }
        counts[bucket] += times;
    }

    /** How many times were counted. */
    public long count() {
        return count;
    }

    /** The mean in nanoseconds; 0 of nothing. */
    public double mean() {
        return count == 0 ? 0 : (double) sum / count;
    }

    /** The longest time in nanoseconds. */
    public long max() {
        return max;
    }

    /**
     * MaskBench's percentile, the value at index {@code int(count * p / 100)} of the sorted times, at most the last: the
     * upper end of its bucket, in nanoseconds.
     */
    public long percentile(double p) {
        long index = Math.min((long) (count * p / 100), count - 1);
        long before = 0;
        for (int i = 0; i < counts.length; i++) {
            before += counts[i];
            if (before > index) {
                return Math.min(upper(i), max);
            }
        }
        return max;
    }

    /** How many times are longer than some nanoseconds, as exact as buckets are. */
    public long above(long nanos) {
        long more = 0;
        for (int i = bucket(nanos) + 1; i < counts.length; i++) {
            more += counts[i];
        }
        return more;
    }

    /** Pairs of nanoseconds and the share of times, above 0 and at most 1, that are as long or longer; from the shortest on. */
    public List<double[]> exceedance() {
        List<double[]> points = new ArrayList<>();
        long rest = count;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                points.add(new double[] {Math.min(upper(i), max), (double) rest / count});
                rest -= counts[i];
            }
        }
        return points;
    }

    /** {@code {"mean", "p50", "p90", "p99", "p999", "max"}}, in microseconds. */
    public JsonNode figures() {
        return JsonMapper.shared()
                .createObjectNode()
                .put("mean", micros(mean()))
                .put("p50", micros(percentile(50)))
                .put("p90", micros(percentile(90)))
                .put("p99", micros(percentile(99)))
                .put("p999", micros(percentile(99.9)))
                .put("max", micros(max));
    }

    private static double micros(double nanos) {
        return Math.round(nanos) / 1000.0;
    }

    private static int bucket(long nanos) {
        if (nanos < 2 * HALF) {
            return (int) nanos;
        }
        int shift = 64 - LINEAR_BITS - Long.numberOfLeadingZeros(nanos);
        return HALF * (shift + 1) + (int) ((nanos >>> shift) - HALF);
    }

    private static long upper(int bucket) {
        if (bucket < 2 * HALF) {
            return bucket;
        }
        int shift = bucket / HALF - 1;
        long lead = HALF + bucket % HALF;
        return ((lead + 1) << shift) - 1;
    }

    /** {@code {"count", "sum", "max", "buckets": [bucket, count, …]}}. */
    @JsonValue
    public JsonNode toJson() {
        ArrayNode buckets = JsonMapper.shared().createArrayNode();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                buckets.add(i).add(counts[i]);
            }
        }
        return JsonMapper.shared()
                .createObjectNode()
                .put("count", count)
                .put("sum", sum)
                .put("max", max)
                .set("buckets", buckets);
    }

    /**
     * What {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException if this is nothing of the kind
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static LatencyHistogram of(JsonNode node) {
        LatencyHistogram histogram = new LatencyHistogram();
        JsonNode buckets = node.path("buckets");
        long counted = 0;
        for (int i = 0; i + 1 < buckets.size(); i += 2) {
            int bucket = buckets.get(i).asInt();
            long times = buckets.get(i + 1).asLong();
            if (bucket < 0 || bucket > bucket(Long.MAX_VALUE) || times < 1) {
                throw new IllegalArgumentException("no bucket: " + bucket + " with " + times + " times");
            }
            histogram.addTo(bucket, times);
            counted += times;
        }
        histogram.count = node.path("count").asLong();
        if (counted != histogram.count) {
            throw new IllegalArgumentException(counted + " times in buckets, not " + histogram.count);
        }
        histogram.sum = node.path("sum").asLong();
        histogram.max = node.path("max").asLong();
        return histogram;
    }
}
