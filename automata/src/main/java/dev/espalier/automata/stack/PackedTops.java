// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.automata.counting.CounterState;
import dev.espalier.automata.state.RowState;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A reduction of the top states of a packed step. Above one and the same part, rows of one rule are one row, that of all their automaton's
 * states; and of counters of one body that are above it only those are kept whose iterations are not among another's. One thread.
 */
@FastPath(oracle = "PackedStepTest")
final class PackedTops {

    /** So many states of one rule, or counters of one body, are left as they are: to look at each part costs more. */
    private static final int FEW = 12;

    private final StackAlgebra algebra;

    PackedTops(StackAlgebra algebra) {
        this.algebra = algebra;
    }

    private record Kind(State body, boolean started) {}

    /** Entries for the same stacks. May return the same map, changed. */
    Map<State, StackPacking> merged(Map<State, StackPacking> tops) {
        if (tops.size() <= FEW) {
            return tops;
        }
        Map<RowState.Frame, List<RowState>> rows = new LinkedHashMap<>();
        Map<Kind, List<CounterState>> counters = new LinkedHashMap<>();
        for (State top : tops.keySet()) {
            if (top instanceof RowState row) {
                rows.computeIfAbsent(row.frame(), unused -> new ArrayList<>()).add(row);
            } else if (top instanceof CounterState counter) {
                Kind kind = new Kind(counter.body(), counter.bounds().started());
                counters.computeIfAbsent(kind, unused -> new ArrayList<>()).add(counter);
            }
        }
        rows.forEach((frame, group) -> {
            if (group.size() > FEW) {
                uniteRows(frame, group, tops);
            }
        });
        counters.values().stream().filter(group -> group.size() > FEW).forEach(group -> dropIncluded(group, tops));
        return tops;
    }

    private void uniteRows(RowState.Frame frame, List<RowState> group, Map<State, StackPacking> tops) {
        Map<StackSet, List<RowState>> byPart = new IdentityHashMap<>();
        List<StackSet> order = new ArrayList<>();
        for (RowState row : group) {
            for (StackSet part : removed(row, tops)) {
                algebra.work();
                List<RowState> known = byPart.get(part);
                if (known == null) {
                    known = new ArrayList<>(1);
                    byPart.put(part, known);
                    order.add(part);
                }
                known.add(row);
            }
        }
        Map<List<RowState>, RowState> unions = new LinkedHashMap<>();
        for (StackSet part : order) {
            List<RowState> above = byPart.getOrDefault(part, List.of());
            RowState union =
                    above.size() == 1 ? above.get(0) : unions.computeIfAbsent(above, some -> united(frame, some));
            tops.computeIfAbsent(union, unused -> new StackPacking()).add(part);
        }
    }

    private RowState united(RowState.Frame frame, List<RowState> rows) {
        rows.forEach(row -> algebra.work(row.core().length));
        return frame.union(rows);
    }

    private void dropIncluded(List<CounterState> group, Map<State, StackPacking> tops) {
        group.sort(Comparator.comparingInt(
                        (CounterState counter) -> counter.bounds().needed())
                .thenComparing(counter -> counter.bounds().possible(), Comparator.reverseOrder()));
        Map<StackSet, Integer> most = new IdentityHashMap<>();
        for (CounterState counter : group) {
            int possible = counter.bounds().possible();
            for (StackSet part : removed(counter, tops)) {
                algebra.work();
                if (most.getOrDefault(part, -1) < possible) {
                    most.put(part, possible);
                    tops.computeIfAbsent(counter, unused -> new StackPacking()).add(part);
                }
            }
        }
    }

    private static StackSet[] removed(State top, Map<State, StackPacking> tops) {
        StackPacking below = tops.remove(top);
        return below == null ? new StackSet[0] : below.toSet().parts();
    }
}
