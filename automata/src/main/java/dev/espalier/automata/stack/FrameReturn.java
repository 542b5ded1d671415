// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.automata.state.State;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** The return from a frame: its callers go on with its result. One thread. */
final class FrameReturn {

    private final StackAlgebra algebra;
    private final StackCollector out;

    /**
     * Returns.
     *
     * @param out scratch space, free whenever {@link #of} is called
     */
    FrameReturn(StackAlgebra algebra, StackCollector out) {
        this.algebra = algebra;
        this.out = out;
    }

    /** The stacks after a frame above a set ended with a result; without the empty stack. */
    StackSet of(StackSet below, int result) {
        if (!below.isPacked()) {
            try {
                out.clear();
                offer(below, result, out::add);
                return out.toSet();
            } catch (StackAlgebra.ExpensiveException expensive) {
                algebra.begin();
            }
        }
        Map<State, StackPacking> after = new LinkedHashMap<>();
        for (StackSet part : below.parts()) {
            offer(part, result, (state, parents) -> {
                algebra.work();
                after.computeIfAbsent(state, unused -> new StackPacking()).add(parents);
            });
        }
        return algebra.packedSet(after);
    }

    /** Offers each state in which a caller goes on, with what lies below it. */
    static void offer(StackSet below, int result, BiConsumer<State, StackSet> target) {
        for (int i = 0; i < below.tops().length; i++) {
            StackSet parents = below.belows()[i];
            below.tops()[i].resume(result, new State.Moves() {
                @Override
                public void stay(State next) {
                    target.accept(next, parents);
                }

                @Override
                public void push(State callee, State returnState) {
                    throw new IllegalStateException("resume offered a push");
                }
            });
        }
    }
}
