package dev.espalier.automata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What ends at once: frames whose callers may end, too, as soon as they have their results. What was found below a set is kept
 * with it ({@link Endings}). One thread; counted by its stepper.
 */
final class StackEnds {

    /** Ends that lead to ends are followed so far down by recursion. */
    private static final int DEEPEST = 200;

    private final Stepper stepper;

    StackEnds(Stepper stepper) {
        this.stepper = stepper;
    }

    /** The results with which everything down to the bottom may end before the next symbol, sorted. */
    int[] of(StackSet set) {
        return endings(set, DEEPEST);
    }

    /** Looks at each set below once, and remembers in it what ends there; past a depth at each way again. */
    private int[] endings(StackSet set, int depth) {
        if (depth == 0) {
            return longEndings(set);
        }
        int[] found = State.NO_RESULTS;
        for (int i = 0; i < set.tops.length; i++) {
            stepper.count();
            StackSet below = set.belows[i];
            for (int result : set.tops[i].results()) {
                if (below.containsEmpty) {
                    found = with(found, result);
                }
                if (below.tops.length > 0) {
                    for (int end : endingsBelow(below, result, depth - 1)) {
                        found = with(found, end);
                    }
                }
            }
        }
        return found;
    }

    private int[] endingsBelow(StackSet below, int result, int depth) {
        Endings known = result == 0 ? below.endingsAfterZero : null;
        if (known == null) {
            StackSet after = stepper.resumeWithin(below, result);
            if (result != 0) {
                return longEndings(after); // not remembered: each set is to be met once
            }
            known = new Endings(endings(after, depth));
            below.endingsAfterZero = known;
        }
        return known.results();
    }

    private int[] longEndings(StackSet set) {
        List<StackSet> pending = new ArrayList<>();
        pending.add(set);
        StackSet seen = StackSet.NONE;
        int[] found = State.NO_RESULTS;
        while (!pending.isEmpty()) {
            StackSet next = pending.remove(pending.size() - 1);
            StackSet more = stepper.union(seen, next);
            if (more == seen) {
                continue;
            }
            seen = more;
            for (int i = 0; i < next.tops.length; i++) {
                stepper.count();
                StackSet below = next.belows[i];
                for (int result : next.tops[i].results()) {
                    if (below.containsEmpty) {
                        found = with(found, result);
                    }
                    if (below.tops.length > 0) {
                        pending.add(stepper.resumeWithin(below, result));
                    }
                }
            }
        }
        return found;
    }

    private static int[] with(int[] results, int result) {
        int at = Arrays.binarySearch(results, result);
        if (at >= 0) {
            return results;
        }
        if (results.length == 0 && result == 0) {
            return State.RESULT_ZERO;
        }
        int[] more = Arrays.copyOf(results, results.length + 1);
        more[results.length] = result;
        Arrays.sort(more);
        return more;
    }
}
