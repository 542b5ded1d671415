// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.counting;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.Family;
import dev.espalier.automata.state.State;
import dev.espalier.core.WorkMeter;
import dev.espalier.core.oracle.FastPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular language with bounded repetitions that are counted, not written out, read deterministically: a {@link CountingState} is the
 * set of all <em>configurations</em> that a text may lead to. A configuration is a place in the graph, with an interval for each
 * repetition around it: how many more iterations may follow the one at hand. Intervals instead of numbers, and configurations that
 * others include left out ({@link Configurations}), keep these sets small where many ways lead to the same place: of
 * {@code ([a-z]{1,63}\.?){1,100}} a text of any length has three or four.
 *
 * <p>A configuration may be <em>symbolic</em>: how many more iterations are needed and possible of the repetitions around the place
 * where it began is left open, and it carries its <em>costs</em> instead, the least numbers with which it is alive. So all
 * configurations that differ in those numbers are read at once ({@link Family.Counting}).
 *
 * <p>After Turoňová et al., Regex Matching with Counting-Set Automata (OOPSLA 2020). Immutable and thread-safe. Two automata with equal
 * tables are equal.
 */
@FastPath(oracle = "CountingAutomatonTest")
public final class CountingAutomaton {

    /** The target of a step to the end of everything. */
    public static final int END = -1;

    /** No greatest number. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** As many iterations as the numbers of a symbolic configuration say, less those that it has had: see {@link #parts}. */
    static final int OPEN = -1;

    private static final int CHEAP = 8;
    private static final int SMALL = 128;

    /** How often a part is repeated; {@code max} may be {@link #UNLIMITED}. */
    public record Bounds(int min, int max) {

        int neededAfterOne() {
            return Math.max(0, min - 1);
        }

        int possibleAfterOne() {
            return max == UNLIMITED ? UNLIMITED : max - 1;
        }
    }

    /**
     * Where a byte leads from a place.
     *
     * @param target a place, or {@link #END}
     * @param left how many repetitions are left, the inner ones first: no more iterations may be needed of them
     * @param isAgain whether the next iteration begins of the innermost repetition that is not left: it must be possible
     * @param entered counters of the repetitions that begin then, the outermost first
     */
    public record Step(int target, int left, boolean isAgain, List<Integer> entered) {}

    private final byte[] classes;
    /** By place and class of bytes. */
    private final Step[][][] steps;

    private final Step[] beginning;
    /** Of each place the counters around it, the outermost first. */
    private final int[][] counters;

    private final Bounds[] bounds;
    /** Of each counter the least symbols of an iteration. */
    private final int[] iterations;
    /** Of each place the least symbols to the end where no more iterations are needed. */
    private final long[] least;

    private final ByteSet[] members;
    private final int hash;

    public CountingAutomaton(
            byte[] classes,
            Step[][][] steps,
            Step[] beginning,
            int[][] counters,
            Bounds[] bounds,
            int[] iterations,
            long[] least) {
        this.classes = classes;
        this.steps = steps;
        this.beginning = beginning;
        this.counters = counters;
        this.bounds = bounds;
        this.iterations = iterations;
        this.least = least;
        this.members = new ByteSet[1 + (classes[State.SPECIAL - 1] & 0xff)];
        for (int group = 0; group < members.length; group++) {
            int own = group;
            members[group] = ByteSet.of(symbol -> (classes[symbol] & 0xff) == own);
        }
        this.hash = Arrays.deepHashCode(steps) * 31 + Arrays.hashCode(bounds);
    }

    /** The start, which cannot end before something was read; null where there is no text but the empty one. */
    @Nullable
    public CountingState start() {
        Configurations found = new Configurations(0);
        for (Step step : beginning) {
            found.add(moved(step, new int[1], 0, 0));
        }
        int[] set = found.toArray();
        return set.length == 0 ? null : new CountingState(this, 0, set, null);
    }

    /** The state after a byte; null where it is dead. */
    @Nullable
    CountingState next(int costs, int[] set, int symbol) {
        Configurations found = new Configurations(costs);
        Configurations ends = new Configurations(costs);
        int group = classes[symbol] & 0xff;
        for (int at = 0; at < set.length; at += length(costs, set[at])) {
            for (Step step : steps[set[at]][group]) {
                if (!isOpen(step, costs, set, at)) {
                    continue;
                } else if (step.target == END) {
                    ends.add(Arrays.copyOfRange(set, at, at + 1 + costs));
                } else {
                    found.add(moved(step, set, at, costs));
                }
            }
        }
        if (found.size() > CHEAP) {
            WorkMeter running = WorkMeter.running();
            if (running != null) {
                running.spend(found.size() / CHEAP);
            }
        }
        if (found.size() + ends.size() == 0) {
            return null;
        }
        return new CountingState(this, costs, found.toArray(), ends.size() == 0 ? null : ends.least());
    }

    /** The numbers that a configuration at a place takes: the place, its costs, then needed and possible iterations of each counter. */
    private int length(int costs, int place) {
        return 1 + costs + 2 * counters[place].length;
    }

    private boolean isOpen(Step step, int costs, int[] set, int at) {
        int last = at + length(costs, set[at]) - 2;
        for (int i = 0; i < step.left; i++) {
            if (set[last - 2 * i] > 0) {
                return false;
            }
        }
        return !step.isAgain || set[last - 2 * step.left + 1] != 0;
    }

    private int[] moved(Step step, int[] set, int at, int costs) {
        int[] moved = new int[length(costs, step.target)];
        int kept = moved.length - 2 * step.entered.size();
        System.arraycopy(set, at, moved, 0, kept);
        moved[0] = step.target;
        if (step.isAgain) {
            if (moved[kept - 2] == OPEN) {
                moved[cost(moved, 0, costs, kept - 2)]--;
            } else if (moved[kept - 2] > 0) {
                moved[kept - 2]--;
            }
            if (moved[kept - 1] == OPEN) {
                moved[cost(moved, 0, costs, kept - 1)]++;
            } else if (moved[kept - 1] != UNLIMITED) {
                moved[kept - 1]--;
            }
        }
        for (int counter : step.entered) {
            moved[kept++] = bounds[counter].neededAfterOne();
            moved[kept++] = bounds[counter].possibleAfterOne();
        }
        return moved;
    }

    /** Where the cost of an open number is in the configuration that begins somewhere: those of the repetitions further out come first. */
    private static int cost(int[] set, int at, int costs, int open) {
        int cost = 1;
        for (int i = at + 1 + costs; i < open; i++) {
            cost += set[i] == OPEN ? 1 : 0;
        }
        return cost;
    }

    /**
     * The configurations of a set one by one, each as the symbolic one in which it is left open how many more iterations are needed and
     * possible of some repetitions, those further out first. What is not needed any more, or has no greatest number, stays so. What
     * is possible is a number of the part, and costs one for each iteration. What is needed is a negative number, and costs one less for
     * each, or nothing at all while the repetition may go on.
     *
     * @param most of how many repetitions numbers may be left open
     */
    List<Family.Part> parts(int[] set, int most) {
        List<Family.Part> parts = new ArrayList<>();
        for (int at = 0; at < set.length; at += length(0, set[at])) {
            int length = length(0, set[at]);
            int end = at + 1;
            int costs = 0;
            for (int left = most; end < at + length && left > 0; end += 2) {
                int numbers = openNumbers(set[end], set[end + 1]);
                costs += numbers;
                left -= numbers == 0 ? 0 : 1;
            }
            int[] open = new int[length + costs];
            int[] room = new int[costs];
            open[0] = set[at];
            System.arraycopy(set, at + 1, open, 1 + costs, length - 1);
            int next = 0;
            for (int i = at + 1; i < end; i += 2) {
                if (set[i] != 0) {
                    room[next++] = -set[i];
                    open[i - at + costs] = OPEN;
                }
                if (set[i + 1] != UNLIMITED) {
                    room[next++] = set[i + 1];
                    open[i + 1 - at + costs] = OPEN;
                }
            }
            parts.add(new Family.Part(new CountingState(this, costs, open, null), room));
        }
        return parts;
    }

    private static int openNumbers(int needed, int possible) {
        return (needed == 0 ? 0 : 1) + (possible == UNLIMITED ? 0 : 1);
    }

    /** The bytes that are live. */
    ByteSet readable(int costs, int[] set) {
        boolean[] live = new boolean[members.length];
        for (int at = 0; at < set.length; at += length(costs, set[at])) {
            for (int group = 0; group < live.length; group++) {
                for (Step step : steps[set[at]][group]) {
                    live[group] |= isOpen(step, costs, set, at);
                }
            }
        }
        ByteSet all = ByteSet.NONE;
        for (int group = 0; group < live.length; group++) {
            all = live[group] ? all.or(members[group]) : all;
        }
        return all;
    }

    /** The costs of a set of symbolic configurations that are not more than others in all. */
    int[] leastCosts(int costs, int[] set, int @Nullable [] ends) {
        Configurations all = new Configurations(costs);
        for (int at = 0; at < set.length; at += length(costs, set[at])) {
            int[] one = Arrays.copyOfRange(set, at, at + 1 + costs);
            for (int i = at + 1 + costs; costs > 0 && i < at + length(costs, set[at]); i += 2) {
                if (set[i] == OPEN) {
                    one[cost(set, at, costs, i)] = Integer.MIN_VALUE;
                }
            }
            all.add(one);
        }
        for (int at = 0; ends != null && at < ends.length; at += costs) {
            int[] end = new int[1 + costs];
            System.arraycopy(ends, at, end, 1, costs);
            all.add(end);
        }
        return all.least();
    }

    /** The bytes that no place tells from one. */
    ByteSet alike(int symbol) {
        return members[classes[symbol] & 0xff];
    }

    /** The least symbols to the end. */
    int distance(int costs, int[] set) {
        long best = Integer.MAX_VALUE - 1;
        for (int at = 0; at < set.length; at += length(costs, set[at])) {
            int place = set[at];
            long sum = least[place];
            for (int i = 0; i < counters[place].length; i++) {
                sum += (long) Math.max(0, set[at + 1 + costs + 2 * i]) * iterations[counters[place][i]];
            }
            best = Math.min(best, sum);
        }
        return (int) best;
    }

    /** Whether it is so small that masks of its states may keep it alive when its grammar is gone. */
    boolean isSmall() {
        return counters.length <= SMALL;
    }

    /** No set is further from the end. */
    int farthest() {
        long most = 0;
        for (int place = 0; place < counters.length; place++) {
            long sum = least[place];
            for (int counter : counters[place]) {
                sum += (long) bounds[counter].neededAfterOne() * iterations[counter];
            }
            most = Math.max(most, sum);
        }
        return (int) Math.min(most, Integer.MAX_VALUE - 1);
    }

    /** The set with all counters that are further from their bounds than some bytes can tell at the same distance; itself if none is. */
    int[] within(int costs, int[] set, int bytes) {
        Configurations near = new Configurations(costs);
        boolean isSame = true;
        for (int at = 0; at < set.length; at += length(costs, set[at])) {
            int[] counted = counters[set[at]];
            int[] one = Arrays.copyOfRange(set, at, at + length(costs, set[at]));
            for (int i = 0; i < counted.length; i++) {
                int most = bytes / Math.max(1, iterations[counted[i]]) + 1;
                int needed = 1 + costs + 2 * i;
                if (one[needed] > most) {
                    one[needed] = most;
                    isSame = false;
                }
                if (one[needed + 1] > most && one[needed + 1] != UNLIMITED) {
                    one[needed + 1] = UNLIMITED;
                    isSame = false;
                }
            }
            near.add(one);
        }
        return isSame ? set : near.toArray();
    }

    /** A set in words, for a look at it. */
    List<String> describe(int costs, int[] set) {
        List<String> all = new ArrayList<>();
        for (int at = 0; at < set.length; at += length(costs, set[at])) {
            StringBuilder one = new StringBuilder("place " + set[at]);
            for (int i = at + 1; i <= at + costs; i++) {
                one.append(" cost ").append(set[i]);
            }
            for (int i = at + 1 + costs; i < at + length(costs, set[at]); i += 2) {
                one.append(' ').append(number(set[i])).append("..").append(number(set[i + 1]));
            }
            all.add(one.toString());
        }
        return all;
    }

    private static String number(int number) {
        return number == UNLIMITED ? "∞" : number == OPEN ? "?" : Integer.toString(number);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof CountingAutomaton that
                        && hash == that.hash
                        && Arrays.equals(classes, that.classes)
                        && Arrays.equals(beginning, that.beginning)
                        && Arrays.deepEquals(counters, that.counters)
                        && Arrays.equals(bounds, that.bounds)
                        && Arrays.deepEquals(steps, that.steps));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
