package dev.espalier.automata;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds all states that are about to read at a set of stacks of rules, whatever comes next. A state that is met again is taken
 * again only for stacks that it was not met with. One thread.
 */
final class StackOpening {

    private final Stepper stepper;
    private final Map<State, StackSet> belows = new LinkedHashMap<>();
    private final ArrayDeque<Met> pending = new ArrayDeque<>();

    private record Met(State state, StackSet below) {}

    StackOpening(Stepper stepper) {
        this.stepper = stepper;
    }

    StackSet of(StackSet from) {
        for (int i = 0; i < from.tops().length; i++) {
            meet(from.tops()[i], from.belows()[i]);
        }
        while (!pending.isEmpty()) {
            Met met = pending.remove();
            if (met.state instanceof RuleState rule) {
                follow(rule, met.below);
            }
        }
        return new StackSet(
                belows.keySet().toArray(State[]::new), belows.values().toArray(StackSet[]::new), false);
    }

    private void meet(State state, StackSet below) {
        stepper.count();
        StackSet known = belows.get(state);
        StackSet total = known == null ? below : stepper.merge(known, below);
        if (total != known) {
            belows.put(state, total);
            pending.add(new Met(state, below));
        }
    }

    private void follow(RuleState rule, StackSet below) {
        if (rule.results().length > 0) {
            StackSet after = stepper.resumeWithin(below, 0);
            for (int i = 0; i < after.tops().length; i++) {
                meet(after.tops()[i], after.belows()[i]);
            }
        }
        for (RuleMoves.Call call : rule.ruleMoves().calls()) {
            meet(call.callee(), call.returnState().handsResultOn() ? below : stepper.above(call.returnState(), below));
        }
    }
}
