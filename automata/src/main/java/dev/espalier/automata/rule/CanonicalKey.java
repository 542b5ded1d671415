// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.rule;

import dev.espalier.automata.counting.CounterState;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of the minimal automaton that is reachable from a row, callees included, by which equal behaviour is recognised between
 * grammars. Rows that behave alike are merged (partition refinement by Moore, callees may
 * be cyclic), then numbered in the order a breadth-first walk meets them. Bodies of counters are rows as callees are,
 * since a rule may call itself in a counted part. Two equal keys are equal automata; the hash is never trusted alone.
 */
@FastPath(oracle = "CanonicalKeyTest")
final class CanonicalKey {

    /** Larger parts of an automaton are compared by identity. */
    private static final int MAX_ROWS = 512;

    private static final int NONE = -1;

    private final Horizon horizon;
    private final Map<RuleState, Integer> numbers = new HashMap<>();
    private final List<RuleState> rows = new ArrayList<>();
    private final List<Raw> raw = new ArrayList<>();
    private final Map<Object, Integer> foreign = new HashMap<>();
    private final List<Object> foreignKeys = new ArrayList<>();

    private CanonicalKey(Horizon horizon) {
        this.horizon = horizon;
    }

    /** A key of a row; null when too much is reachable from it, or it calls what other grammars do not have. */
    static @Nullable Object of(RuleState start, Horizon horizon) {
        CanonicalKey builder = new CanonicalKey(horizon);
        builder.number(start);
        for (int next = 0; next < builder.rows.size(); next++) {
            RuleState row = builder.rows.get(next);
            if (builder.rows.size() > MAX_ROWS || row.isOnlyHere(horizon) || !builder.visit(row)) {
                return null; // what is reached from a row for which it is too much is reached from here, too
            }
        }
        return builder.serialise(builder.refine());
    }

    private record Key(int[] form, List<Object> foreign) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(form, key.form) && foreign.equals(key.foreign);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(form) * 31 + foreign.hashCode();
        }
    }

    private int number(RuleState row) {
        Integer known = numbers.get(row);
        if (known == null) {
            known = rows.size();
            numbers.put(row, known);
            rows.add(row);
        }
        return known;
    }

    private boolean visit(RuleState row) {
        RuleMoves moves = row.ruleMoves();
        if (!moves.specials().isEmpty()) {
            return false;
        }
        int[] starts = new int[State.SPECIAL];
        int[] targets = new int[State.SPECIAL];
        int size = 0;
        int before = Integer.MIN_VALUE;
        for (int value = 0; value < State.SPECIAL; value++) {
            int next = moves.next(value);
            if (next != before) {
                starts[size] = value;
                targets[size++] = next < 0 ? NONE : number(row.frame().ruleState(next));
                before = next;
            }
        }
        int[][] calls = new int[moves.calls().length][];
        for (int i = 0; i < calls.length; i++) {
            int[] call = call(moves.calls()[i]);
            if (call == null) {
                return false;
            }
            calls[i] = call;
        }
        raw.add(new Raw(row.results().length, Arrays.copyOf(starts, size), Arrays.copyOf(targets, size), calls));
        return true;
    }

    /**
     * The row that a call begins with, what is foreign in it, and the row after it; {@link #NONE} for what it has not. Null where what is
     * foreign is of this grammar alone.
     */
    private int @Nullable [] call(RuleMoves.Call call) {
        List<CounterState.Bounds> bounds = new ArrayList<>();
        State callee = call.callee();
        while (callee instanceof CounterState counter) {
            bounds.add(counter.bounds());
            callee = counter.body();
        }
        int row = callee instanceof RuleState state ? number(state) : NONE;
        if (row == NONE) {
            Object shared = callee.sharedKey(horizon);
            return shared == null
                    ? null
                    : new int[] {NONE, foreign(List.of(bounds, shared)), number(call.returnState())};
        }
        return new int[] {row, bounds.isEmpty() ? NONE : foreign(bounds), number(call.returnState())};
    }

    private int foreign(Object key) {
        Integer known = foreign.putIfAbsent(key, foreignKeys.size());
        if (known == null) {
            known = foreignKeys.size();
            foreignKeys.add(key);
        }
        return known;
    }

    /**
     * What a row does, rows being numbers.
     *
     * @param starts the first byte of each run of bytes that lead to one row
     * @param targets the row of each run, or {@link #NONE}
     * @param calls as {@link #call} has them
     */
    private record Raw(int results, int[] starts, int[] targets, int[][] calls) {

        /** The same with rows written as the classes of a partition: results, calls, then start and class of each run. */
        int[] form(int[] classes) {
            int[] form = new int[2 + 3 * calls.length + 2 * starts.length];
            form[0] = results;
            form[1] = calls.length;
            int size = 2;
            for (int[] call : classed(classes)) {
                for (int part : call) {
                    form[size++] = part;
                }
            }
            int before = Integer.MIN_VALUE;
            for (int i = 0; i < starts.length; i++) {
                int group = targets[i] == NONE ? NONE : classes[targets[i]];
                if (group != before) {
                    form[size++] = starts[i];
                    form[size++] = group;
                    before = group;
                }
            }
            return Arrays.copyOf(form, size);
        }

        private int[][] classed(int[] classes) {
            int[][] classed = new int[calls.length][];
            for (int i = 0; i < calls.length; i++) {
                int row = calls[i][0] == NONE ? NONE : classes[calls[i][0]];
                classed[i] = new int[] {row, calls[i][1], classes[calls[i][2]]};
            }
            Arrays.sort(classed, Arrays::compare);
            return classed;
        }
    }

    /** A row's form with the class it has so far. */
    private record Signature(int own, int[] form) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Signature signature && own == signature.own && Arrays.equals(form, signature.form);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(form) * 31 + own;
        }
    }

    private int[] refine() {
        int[] classes = new int[rows.size()];
        int count = 1;
        while (true) {
            Map<Signature, Integer> seen = new HashMap<>();
            int[] refined = new int[classes.length];
            for (int i = 0; i < classes.length; i++) {
                Signature signature = new Signature(classes[i], raw.get(i).form(classes));
                Integer known = seen.putIfAbsent(signature, seen.size());
                refined[i] = known == null ? seen.size() - 1 : known;
            }
            classes = refined;
            if (seen.size() == count) {
                return classes;
            }
            count = seen.size();
        }
    }

    private Object serialise(int[] classes) {
        int[] example = new int[classes.length];
        Arrays.fill(example, -1);
        for (int i = classes.length - 1; i >= 0; i--) {
            example[classes[i]] = i;
        }
        int[] numbering = new int[classes.length];
        Arrays.fill(numbering, -1);
        List<Integer> order = new ArrayList<>();
        meet(classes[0], numbering, order);
        List<int[]> forms = new ArrayList<>();
        int length = 0;
        for (int next = 0; next < order.size(); next++) {
            int[] form = raw.get(example[order.get(next)]).form(classes);
            int firstRun = 2 + 3 * form[1];
            for (int i = 2; i < firstRun; i += 3) {
                form[i] = form[i] == NONE ? NONE : meet(form[i], numbering, order);
                form[i + 2] = meet(form[i + 2], numbering, order);
            }
            for (int i = firstRun + 1; i < form.length; i += 2) {
                form[i] = form[i] == NONE ? NONE : meet(form[i], numbering, order);
            }
            forms.add(form);
            length += 1 + form.length;
        }
        int[] all = new int[length];
        int at = 0;
        for (int[] form : forms) {
            all[at++] = form.length;
            System.arraycopy(form, 0, all, at, form.length);
            at += form.length;
        }
        return new Key(all, List.copyOf(foreignKeys));
    }

    private static int meet(int group, int[] numbering, List<Integer> order) {
        if (numbering[group] < 0) {
            numbering[group] = order.size();
            order.add(group);
        }
        return numbering[group];
    }
}
