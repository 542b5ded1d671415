// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.value;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.Horizon;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stepper for frames that run inside the state of another frame. It keeps one {@link Stepper} between uses, since a new one costs
 * more than most steps; a nested step makes its own. Guarded by the language's lock.
 */
public final class InnerStepper {

    private final Supplier<Stepper> source;
    private @Nullable Stepper idle;

    public InnerStepper(Supplier<Stepper> source) {
        this.source = source;
    }

    private Stepper take() {
        Stepper stepper = idle;
        idle = null;
        return stepper == null ? source.get() : stepper;
    }

    /** As {@link Stepper#step}. */
    public StackSet step(StackSet from, int symbol) {
        Stepper stepper = take();
        StackSet next = stepper.step(from, symbol);
        idle = stepper;
        return next;
    }

    /** As {@link Stepper#results}. */
    public int[] results(StackSet set) {
        Stepper stepper = take();
        int[] results = stepper.results(set);
        idle = stepper;
        return results;
    }

    /** As {@link Stepper#within}. */
    public StackSet within(StackSet set, Horizon horizon) {
        Stepper stepper = take();
        StackSet near = stepper.within(set, horizon);
        idle = stepper;
        return near;
    }

    /** As {@link Stepper#distance(StackSet, int)}. */
    public int distance(StackSet set, int result) {
        Stepper stepper = take();
        int distance = stepper.distance(set, result);
        idle = stepper;
        return distance;
    }
}
