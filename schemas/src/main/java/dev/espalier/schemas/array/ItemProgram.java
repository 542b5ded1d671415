// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.array;

import dev.espalier.core.collect.IntArrayIndex;
import dev.espalier.core.collect.IntList;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.state.Reach;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A small integer program: choose items among options so that every demand is served often enough and in time, no limit is exceeded,
 * and the bytes are the fewest. Solved by best-first search. The lower bound is a solution of the dual of the linear relaxation: each
 * item's bytes are shared out to the demands that it serves. Used once.
 *
 * <p>Source: Hart, Nilsson, Raphael, "A formal basis for the heuristic determination of minimum cost paths" (1968).
 */
@FastPath(oracle = "CountedItemsTest")
final class ItemProgram {

    /** The number of items of a plan that is tried first. */
    private static final int MAX_TRIED = 1 << 10;

    private final ArrayItems frame;
    private final int index;
    private final List<Integer> lacking = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private final List<Integer> rooms = new ArrayList<>();
    private final List<Integer> firsts = new ArrayList<>();
    private final List<List<Option>> options = new ArrayList<>();
    private final Map<Long, double[]> shares = new HashMap<>();
    private final IntArrayIndex places = new IntArrayIndex();
    /** By place, the fewest bytes found to it. */
    private final IntList best = new IntList();

    private final PriorityQueue<Open> open = new PriorityQueue<>();

    /**
     * An option of one item.
     *
     * @param serves the demands that it serves once, as bits
     * @param uses the limits that it uses once, as bits
     * @param bytes with its comma
     */
    record Option(long serves, long uses, int bytes) {

        static final Comparator<Option> CHEAPEST_FIRST = Comparator.comparingInt(Option::bytes)
                .thenComparing(option -> -Long.bitCount(option.serves))
                .thenComparing(option -> Long.bitCount(option.uses));

        /** True if it serves everything that another option does, for no more bytes and limits. */
        boolean isAsGoodAs(Option other) {
            return (other.serves & ~serves) == 0 && (uses & ~other.uses) == 0 && bytes <= other.bytes;
        }
    }

    /** An open node of the search: index, services lacking, room left; the bytes to it, and a lower bound on those of the whole. */
    private record Open(int[] at, int bytes, int bound) implements Comparable<Open> {
        @Override
        public int compareTo(Open other) {
            return bound != other.bound ? Integer.compare(bound, other.bound) : Integer.compare(other.bytes, bytes);
        }
    }

    /** A program without demands, from an index on. */
    ItemProgram(ArrayItems frame, int index) {
        this.frame = frame;
        this.index = index;
    }

    /** One more demand, by items before an index. */
    void demand(int times, int end) {
        lacking.add(times);
        ends.add(end);
    }

    /** One more limit. */
    void limit(int times) {
        rooms.add(times);
    }

    /** Adds the options of items from an index. */
    void stretch(int first, List<Option> some) {
        firsts.add(first);
        options.add(some);
    }

    private int[] start() {
        int[] start = new int[1 + lacking.size() + rooms.size()];
        start[0] = index;
        for (int i = 0; i < lacking.size(); i++) {
            start[1 + i] = lacking.get(i);
        }
        for (int i = 0; i < rooms.size(); i++) {
            start[1 + lacking.size() + i] = rooms.get(i);
        }
        return start;
    }

    private List<Option> options(int at) {
        int stretch = firsts.size() - 1;
        while (firsts.get(stretch) > at) {
            stretch--;
        }
        return options.get(stretch);
    }

    /** The node after one more item; null if the item is not allowed. */
    private int @Nullable [] after(int[] at, Option option) {
        int[] next = at.clone();
        next[0] = frame.next(at[0]);
        for (int i = 0; i < lacking.size(); i++) {
            if ((option.serves >> i & 1) != 0 && next[1 + i] > 0) {
                next[1 + i]--;
            }
            if (next[1 + i] > 0 && ends.get(i) <= next[0]) {
                return null;
            }
        }
        for (int i = 0; i < rooms.size(); i++) {
            if ((option.uses >> i & 1) != 0 && --next[1 + lacking.size() + i] < 0) {
                return null;
            }
        }
        return next;
    }

    private long pending(int[] at) {
        long pending = 0;
        for (int i = 0; i < lacking.size(); i++) {
            pending |= at[1 + i] > 0 ? 1L << i : 0;
        }
        return pending;
    }

    /** The fewest bytes, for result 0; none if it cannot be done. */
    Reach reach() {
        Reach repeated = repeated();
        return repeated != null ? repeated : search();
    }

    /** True if a greedy choice, of items that serve much and use little, serves all demands. */
    boolean isEasy() {
        int[] at = start();
        for (int items = 0; items < MAX_TRIED && pending(at) != 0; items++) {
            frame.language().deadline().tick();
            long pending = pending(at);
            int[] chosen = null;
            int most = Integer.MIN_VALUE;
            for (Option option : options(at[0])) {
                int served = Long.bitCount(option.serves & pending);
                int score = 4 * served - Long.bitCount(option.uses);
                int[] next = score > most ? after(at, option) : null;
                if (next != null) {
                    most = score;
                    chosen = next;
                }
            }
            if (chosen == null || (Arrays.equals(chosen, at))) {
                return false;
            }
            at = chosen;
        }
        return pending(at) == 0;
    }

    /** The answer where one cheap item, again and again, serves all: nothing is cheaper for the demand that lacks the most. */
    private @Nullable Reach repeated() {
        int most = 0;
        for (int i = 0; i < lacking.size(); i++) {
            most = lacking.get(i) > lacking.get(most) ? i : most;
        }
        long all = lacking.size() == Long.SIZE ? -1L : (1L << lacking.size()) - 1;
        int times = lacking.get(most);
        boolean isAlike = firsts.size() == 1;
        for (Option option : isAlike ? options.get(0) : List.<Option>of()) {
            if ((option.serves >> most & 1) != 0) {
                boolean fits = option.serves == all;
                for (int i = 0; i < rooms.size(); i++) {
                    fits &= (option.uses >> i & 1) == 0 || rooms.get(i) >= times;
                }
                return fits ? Reach.of(0, (int) Math.min(Integer.MAX_VALUE - 1L, (long) times * option.bytes)) : null;
            }
        }
        return null;
    }

    private Reach search() {
        add(start(), 0);
        while (!open.isEmpty()) {
            Open next = open.poll();
            if (next.bytes > best.get(places.find(next.at))) {
                continue;
            }
            if (pending(next.at) == 0) {
                return Reach.of(0, next.bytes);
            }
            for (Option option : options(next.at[0])) {
                frame.language().deadline().tick();
                int[] after = after(next.at, option);
                if (after != null) {
                    add(after, Reach.add(next.bytes, option.bytes));
                }
            }
        }
        return Reach.NONE;
    }

    private void add(int[] at, int bytes) {
        int least = leastBytes(at);
        if (least < Integer.MAX_VALUE && improve(at, bytes)) {
            open.add(new Open(at, bytes, Reach.add(bytes, least)));
        }
    }

    /** Records the bytes to a node if they are fewer than before. True if they are. */
    private boolean improve(int[] at, int bytes) {
        int place = places.add(at);
        if (place == best.size()) {
            best.add(bytes);
            return true;
        }
        boolean isFewer = bytes < best.get(place);
        best.set(place, Math.min(bytes, best.get(place)));
        return isFewer;
    }

    /** A lower bound on the bytes still to be read; the largest number if no item serves some demand. */
    private int leastBytes(int[] at) {
        double[] share = shares.computeIfAbsent(pending(at), this::shares);
        double sum = 0;
        double most = 0;
        for (int i = 0; i < lacking.size(); i++) {
            if (at[1 + i] > 0) {
                sum += at[1 + i] * share[i];
                most = Math.max(most, at[1 + i] * share[lacking.size() + i]);
            }
        }
        double least = Math.ceil(Math.max(sum, most) - 1e-6);
        return Double.isInfinite(least) ? Integer.MAX_VALUE : (int) Math.min(least, Integer.MAX_VALUE - 1L);
    }

    /** By demand the least part of an item's bytes that one service takes, if all demands that it serves share them; then the bytes. */
    private double[] shares(long pending) {
        double[] share = new double[2 * lacking.size()];
        Arrays.fill(share, Double.POSITIVE_INFINITY);
        for (List<Option> stretch : options) {
            for (Option option : stretch) {
                long serves = option.serves & pending;
                double part = option.bytes / (double) Math.max(1, Long.bitCount(serves));
                for (int i = 0; i < lacking.size(); i++) {
                    if ((serves >> i & 1) != 0) {
                        share[i] = Math.min(share[i], part);
                        share[lacking.size() + i] = Math.min(share[lacking.size() + i], option.bytes);
                    }
                }
            }
        }
        return share;
    }
}
