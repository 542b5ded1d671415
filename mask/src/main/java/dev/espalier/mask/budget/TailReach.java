// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.budget;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.index.TokenIndex;
import java.util.HashMap;
import java.util.Map;

/**
 * A lower bound on the tokens to the end, from the stacks below the top frames: the token that ends such a frame stops at the set
 * below, or after some tail of a token that is read there. A frame need not be searched if the bound below it settles the question. One
 * thread.
 */
@FastPath(oracle = "LeastTokensTest")
final class TailReach {

    private static final int[] ANYWHERE = new int[0];

    private final LooseAutomaton automaton;
    private final TokenArrivals arrivals;
    private final TokenIndex index;
    private final Stepper stepper;
    private final Map<Integer, int[]> behindTails = new HashMap<>();

    TailReach(LooseAutomaton automaton, TokenArrivals arrivals, TokenIndex index, Stepper stepper) {
        this.automaton = automaton;
        this.arrivals = arrivals;
        this.index = index;
        this.stepper = stepper;
    }

    /** Forgets everything. */
    void clear() {
        behindTails.clear();
    }

    /** A lower bound for a set that cannot end at once, computed only up to {@code enough}. */
    int leastAfter(int number, int enough, LeastTokens tokens) {
        StackSet set = automaton.set(number);
        int least = LeastTokens.NONE;
        for (int i = 0; i < set.size() && least > 1; i++) {
            least = Math.min(
                    least, leastAfter(set.top(i), set.below(i), LooseAutomaton.isExact(number), enough, tokens));
        }
        return Math.max(1, least);
    }

    private int leastAfter(State top, StackSet below, boolean isExact, int enough, LeastTokens tokens) {
        int least = below.isBottom() ? 1 : LeastTokens.NONE;
        if (below.size() == 0 || least == 1) {
            return least;
        }
        for (int result : top.goal()) {
            StackSet after = stepper.resume(below, result);
            if (after.size() > 0 && least > 1) {
                int behind = automaton.of(after, isExact);
                int rest = leastBehindTails(behind, enough - 1, tokens);
                least = Math.min(least, rest == LeastTokens.NONE ? rest : 1 + rest);
                if (contains(top.results(), result)) {
                    least = Math.min(least, tokens.atLeast(behind, enough));
                }
            }
        }
        return least;
    }

    private static boolean contains(int[] results, int result) {
        for (int each : results) {
            if (each == result) {
                return true;
            }
        }
        return false;
    }

    /** The least lower bound over a set and the sets after the tails that are read from it. */
    private int leastBehindTails(int behind, int enough, LeastTokens tokens) {
        if (automaton.mayEnd(behind)) {
            return 0;
        }
        int[] numbers = behindTails.get(behind);
        if (numbers == null) {
            numbers = find(behind);
            behindTails.put(behind, numbers);
        }
        if (numbers == ANYWHERE) {
            return 0;
        }
        int least = tokens.atLeast(behind, enough);
        for (int i = 0; i < numbers.length && least > 0; i++) {
            least = Math.min(least, tokens.atLeast(numbers[i], Math.min(least, enough)));
        }
        return least;
    }

    private int[] find(int behind) {
        ByteSet live = automaton.readable(behind);
        for (int symbol = 0; symbol < 256; symbol++) {
            if (live.contains(symbol) && !TokenIndex.isTail(symbol)) {
                return ANYWHERE;
            }
        }
        TokenArrivals.Distinct distinct = new TokenArrivals.Distinct(behind);
        arrivals.walk(index.tails(), behind, distinct);
        return distinct.toArray();
    }
}
