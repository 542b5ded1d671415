package dev.espalier.automata;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * The least number of symbols until a whole set of stacks may end: shortest ends of the frames, added up along each
 * stack. Works with an explicit stack, since text may be nested deeply.
 */
@SuppressWarnings("ReferenceEquality") // the bottom and the entries of the stack are one object each
final class StackDistance {

    private record Ended(StackSet below, int result) {}

    /** Any result at the bottom will do. */
    static final int ANY = -1;

    private final Stepper stepper;
    private final int wanted;
    private final Map<Ended, Integer> known = new HashMap<>();
    private final ArrayDeque<Ended> pending = new ArrayDeque<>();

    /** Distances to one result of the bottom frame, or to {@link #ANY}. */
    StackDistance(Stepper stepper, int wanted) {
        this.stepper = stepper;
        this.wanted = wanted;
    }

    int of(StackSet set) {
        int best = measure(set);
        while (!pending.isEmpty()) {
            Ended next = pending.peek();
            if (lookUp(next) < 0) {
                int after = next.below.containsEmpty ? atBottom(next.result) : Integer.MAX_VALUE;
                if (next.below.tops.length > 0) {
                    int rest = measure(stepper.resume(next.below, next.result));
                    if (pending.peek() != next) {
                        continue;
                    }
                    after = Math.min(after, rest);
                }
                known.put(next, after);
                if (next.result == 0 && wanted == ANY) {
                    next.below.distanceAfterZero = after;
                }
            }
            pending.pop();
            if (pending.isEmpty()) {
                best = measure(set);
            }
        }
        return best;
    }

    /** The distance of a set, or a guess after pushing what must be known first. */
    private int measure(StackSet set) {
        int best = Integer.MAX_VALUE;
        for (int i = 0; i < set.tops.length; i++) {
            State top = set.tops[i];
            for (int result : top.goal()) {
                int own = top.distance(result);
                if (own == Integer.MAX_VALUE) {
                    continue;
                }
                Ended ended = new Ended(set.belows[i], result);
                int after = lookUp(ended);
                if (after < 0) {
                    pending.push(ended);
                } else if (after != Integer.MAX_VALUE) {
                    best = Math.min(best, add(own, after));
                }
            }
        }
        return best;
    }

    private int lookUp(Ended ended) {
        if (ended.below == StackSet.BOTTOM) {
            return atBottom(ended.result);
        }
        if (ended.result == 0 && wanted == ANY && ended.below.distanceAfterZero >= 0) {
            return ended.below.distanceAfterZero;
        }
        return known.getOrDefault(ended, -1);
    }

    private int atBottom(int result) {
        return wanted == ANY || wanted == result ? 0 : Integer.MAX_VALUE;
    }

    private static int add(int a, int b) {
        int sum = a + b;
        return sum < 0 ? Integer.MAX_VALUE - 1 : sum;
    }
}
