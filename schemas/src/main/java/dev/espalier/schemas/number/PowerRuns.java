// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.core.oracle.FastPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A function from a power of ten still to be read to a result: finitely many runs of powers with one result each (-1 for none).
 * Immutable, equal by content.
 */
@FastPath(oracle = "DecimalLanguageTest")
final class PowerRuns {

    /** Beyond all powers that matter, either way; small enough to add to. */
    static final long FAR = Long.MAX_VALUE / 4;

    private final long[] from;
    private final int[] results;

    private PowerRuns(long[] from, int[] results) {
        this.from = from;
        this.results = results;
    }

    /**
     * The runs of a function.
     *
     * @param cuts all powers at which the result may differ from that of the power below
     */
    static PowerRuns of(TreeSet<Long> cuts, LongToIntFunction result) {
        List<Long> from = new ArrayList<>(List.of(-FAR));
        List<Integer> results = new ArrayList<>(List.of(result.applyAsInt(cuts.isEmpty() ? 0 : cuts.first() - 1)));
        for (long cut : cuts) {
            int here = result.applyAsInt(cut);
            if (here != results.get(results.size() - 1)) {
                from.add(cut);
                results.add(here);
            }
        }
        return new PowerRuns(
                from.stream().mapToLong(i -> i).toArray(),
                results.stream().mapToInt(i -> i).toArray());
    }

    /** The powers from 0 up; if negative, from 0 down, turned around. */
    PowerRuns half(boolean negative) {
        TreeSet<Long> cuts = new TreeSet<>();
        for (int run = 1; run < from.length; run++) {
            long cut = negative ? 1 - from[run] : from[run];
            if (cut > 0) {
                cuts.add(cut);
            }
        }
        List<Long> starts = new ArrayList<>(List.of(0L));
        List<Integer> found = new ArrayList<>(List.of(at(0)));
        for (long cut : cuts) {
            starts.add(cut);
            found.add(at(negative ? -cut : cut));
        }
        return new PowerRuns(
                starts.stream().mapToLong(i -> i).toArray(),
                found.stream().mapToInt(i -> i).toArray());
    }

    /** The number of runs. */
    int size() {
        return from.length;
    }

    /** The first power of a run. */
    long first(int run) {
        return from[run];
    }

    /** The last power of a run. */
    long last(int run) {
        return run + 1 < from.length ? from[run + 1] - 1 : FAR;
    }

    /** The result of a run; -1 for none. */
    int result(int run) {
        return results[run];
    }

    /** The result of a power; -1 for none. */
    int at(long power) {
        int found = Arrays.binarySearch(from, power);
        return results[found >= 0 ? found : -found - 2];
    }

    /** Whether some power has a result. */
    boolean has(int result) {
        return Arrays.stream(results).anyMatch(found -> found == result);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PowerRuns that
                && Arrays.equals(from, that.from)
                && Arrays.equals(results, that.results);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(from) + Arrays.hashCode(results);
    }
}
