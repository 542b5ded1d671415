// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.rule;

import dev.espalier.automata.state.State;
import java.util.List;
import java.util.Map;

/** The transitions of one row of a rule: by class of bytes, by special token, by call. Immutable. */
final class RuleMoves {

    /** A call: the callee's start, and the row in which the caller goes on. */
    record Call(State callee, RuleState returnState) {}

    private final byte[] classes;
    private final int[] next;
    private final Map<Integer, RuleState> specials;
    private final Call[] calls;

    RuleMoves(byte[] classes, int[] next, Map<Integer, RuleState> specials, List<Call> calls) {
        this.classes = classes;
        this.next = next;
        this.specials = specials;
        this.calls = calls.toArray(new Call[0]);
    }

    /** The row after a byte, or -1. */
    int next(int symbol) {
        return next[classes[symbol] & 0xff];
    }

    Map<Integer, RuleState> specials() {
        return specials;
    }

    Call[] calls() {
        return calls;
    }

    /** Whether nothing is read here at all. */
    boolean isEmpty() {
        if (calls.length > 0 || !specials.isEmpty()) {
            return false;
        }
        for (int row : next) {
            if (row >= 0) {
                return false;
            }
        }
        return true;
    }
}
