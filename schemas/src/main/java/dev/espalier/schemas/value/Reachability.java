// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.value;

import dev.espalier.core.collect.Memo;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.state.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The results that the goals of a language can reach: the least fixpoint of "a value with this result exists", with the length of the
 * shortest one. Goals that refer to each other are evaluated in rounds until nothing improves.
 */
@FastPath(oracle = "ExactnessTest")
public final class Reachability {

    private final ValueLanguage language;
    private final List<Goal> stamped = new ArrayList<>();
    private boolean open;
    /** True if a value was used since that may still improve. */
    private boolean unsure;

    private boolean improved;
    private int round;

    public Reachability(ValueLanguage language) {
        this.language = language;
    }

    /** True while a fixpoint is being computed. */
    public boolean isOpen() {
        return open;
    }

    /** The results that some value of a goal of this language has; inside a fixpoint, those that are known so far. */
    public Reach of(Goal goal) {
        if (open) {
            return language.deep(() -> evaluate(goal));
        }
        open = true;
        try {
            do {
                round++;
                improved = false;
                stamped.clear();
                language.deep(() -> evaluate(goal));
            } while (improved && !goal.isFinal);
            stamped.forEach(settled -> settled.isFinal = true);
        } finally {
            open = false;
            unsure = false;
            stamped.clear();
        }
        return goal.reach;
    }

    private Reach evaluate(Goal goal) {
        if (goal.isFinal) {
            return goal.reach;
        }
        if (goal.round == round) {
            unsure = true;
            return goal.reach;
        }
        language.deadline().poll();
        goal.round = round;
        stamped.add(goal);
        boolean before = unsure;
        unsure = false;
        Reach now = goal.reach.or(ofAllTypes(goal));
        if (!now.equals(goal.reach)) {
            goal.reach = now;
            improved = true;
        }
        goal.isFinal = !unsure;
        unsure |= before;
        return goal.reach;
    }

    private Reach ofAllTypes(Goal goal) {
        Reach reach = Reach.NONE;
        for (JsonType type : JsonType.values()) {
            reach = reach.or(language.reach(goal, type));
        }
        return reach;
    }

    /** A value computed from reachability, cached unless it was computed from results that may still improve. */
    public <K> Reach remembered(Memo<K, Reach> memo, K key, Supplier<Reach> work) {
        return remembered(memo.get(key), result -> memo.put(key, result), work);
    }

    /**
     * As above, for a caller that caches one value.
     *
     * @param known the cached value; null if there is none
     * @param keep receives the value to cache
     */
    public Reach remembered(@Nullable Reach known, Consumer<Reach> keep, Supplier<Reach> work) {
        if (known != null) {
            return known;
        }
        boolean before = unsure;
        unsure = false;
        Reach result = work.get();
        if (!unsure) {
            keep.accept(result);
        }
        unsure |= before;
        return result;
    }
}
